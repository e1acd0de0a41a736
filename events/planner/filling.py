"""Filling in the form of an event: what it offers, where it stops, and how it is carried out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.availability import commands as asking
from events.availability import queries as availability
from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kinds import queries as kinds
from events.kinds.models import Kind, Mode
from events.networks import groups
from events.networks import queries as networks
from events.people.models import Person
from events.planner import effects, meanwhile, meetings, past, queries, suggesting
from events.planner.forms import EventForm
from events.planner.offers import Offer, audience_of, audiences
from events.planner.queries import Scope
from events.planner.values import starting_values
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event, Part

CARDS = 4
BIGINT_DIGITS = 18
SCREEN_ONLY = frozenset({"csrfmiddlewaretoken", edge.NONCE, "_confirmed", "_seen", "_back"})


def empty_form(request: HttpRequest, scope: Scope, last: Part | None, by: Actor) -> EventForm:
    """The form for a new event, filled with what the reader did last."""
    offer = offer_of(request, scope)
    asked = request.GET.get("kind", "")
    first = next((kind for kind in offer.kinds if kind.code == asked), None) or next(
        iter(offer.kinds), None
    )
    start = starting_values(offer, kind=first, last=last, own_schools=by.home_schools)
    return EventForm(offer=_with_times(request, offer, first), initial=start)


def moved_form(request: HttpRequest, scope: Scope, by: Actor) -> EventForm:
    """The form for another scope with everything typed so far; what does not exist there is left."""
    offer, typed = offer_of(request, scope), _typed(request)
    kind = next((item for item in offer.kinds if item.code == typed["kind"]), None)
    start = starting_values(offer, kind=kind, last=None, own_schools=by.home_schools)
    for name, known in (
        ("host", [str(card.school_id) for card in offer.hosts]),
        ("audience", [value for value, _label in audiences(offer)]),
    ):
        typed[name] = typed[name] if typed[name] in known else start[name]
    return EventForm(offer=_with_times(request, offer, kind), initial=typed)


def _typed(request: HttpRequest) -> dict[str, object]:
    return {name: request.POST.get(name, "") for name in EventForm.base_fields}


def roomed_form(request: HttpRequest, offer: Offer, event: Event | None = None) -> EventForm:
    """The form with everything typed so far, and a new room where this installation makes them."""
    typed = _typed(request)
    if meetings.host():
        typed["join_url"] = meetings.room(str(typed["title"]))
    form = EventForm(offer=offer, event=event, initial=typed)
    if event is None:
        form.offer = _with_times(request, offer, form.chosen_kind)
    return form


def offer_of(request: HttpRequest, scope: Scope) -> Offer:
    """What can be chosen where the event is planned."""
    at = edge.moment(request)
    return Offer(
        scope, kinds.offered(), queries.hosts(scope, at=at),
        communities=groups.offered_in(scope.country_id, on=at.date()),
    )  # fmt: skip


def _with_times(request: HttpRequest, offer: Offer, kind: Kind | None) -> Offer:
    if kind is None:
        return offer
    at = edge.moment(request)
    people = queries.teachers(offer.scope, at=at)
    calendars = availability.calendars_of(people, at=at)
    if calendars is not None and asking.ask(people, at=at):
        calendars = replace(calendars, asked=True)
    times = suggesting.suggestions(offer.scope, kind, at=at, calendars=calendars)
    return replace(offer, suggestions=times, calendars=calendars)


def form_context(request: HttpRequest, form: EventForm) -> dict[str, object]:
    """What the pages around the form show."""
    offer, kind = form.offer, form.chosen_kind
    cards = list(offer.kinds[:CARDS])
    if kind is not None and kind not in cards and form.event is None:
        cards.append(kind)
    to_publish = form.event is None or form.event.state == states.DRAFT
    at = edge.moment(request)
    return {
        "form": form,
        "family": asked_family(request),
        "kind": kind,
        "scope": offer.scope,
        "kind_cards": cards,
        "kind_more": [item for item in offer.kinds if item not in cards],
        "suggestions": offer.suggestions,
        "calendars": offer.calendars,
        "chosen": "" if form.event else form["when"].value() or "",
        "to_publish": to_publish,
        "no_link": to_publish and form["mode"].value() != "room" and not form["join_url"].value(),
        "guests": queries.guests(_invited(form, at=at), at=at) if to_publish else None,
        "warnings": form.warned,
        "room_host": meetings.host(),
        "seen": " ".join(form.warnings),
        "more_open": form.is_bound and form.more_wrong,
    }


def _invited(form: EventForm, *, at: datetime) -> QuerySet[Person]:
    """Those a published event would invite: the chosen community, else the people of the scope."""
    offered = [value for value, _label in audiences(form.offer)]
    value = str(form["audience"].value() or "")
    audience, community_id = audience_of(value) if value in offered else ("", None)
    if audience == Event.Audience.SCHOOLS:
        return networks.teachers_of_schools(_schools(form), on=at.date())
    if community_id is not None:
        return groups.members(community_id, on=at.date())
    return queries.teachers(form.offer.scope, at=at)


def _schools(form: EventForm) -> frozenset[int]:
    """The host school as it is typed, and the schools chosen to come."""
    host = str(form["host"].value() or "")
    visiting = form.event.visitors if form.event else []
    return frozenset([*visiting, *([int(host)] if host.isascii() and host.isdigit() else [])])


def asked_family(request: HttpRequest) -> int | None:
    """The family that a new event is planned for."""
    text = request.POST.get("family") or request.GET.get("family", "")
    return int(text) if text.isdecimal() and len(text) < BIGINT_DIGITS else None


def checked(
    request: HttpRequest, form: EventForm, scopes: Sequence[Scope] = ()
) -> HttpResponse | None:
    """Stop at mistakes, and once at things that look wrong; None means go on."""
    seen = request.POST.get("_seen", "")
    valid = form.is_valid()
    if "_back" in request.POST:
        return form_page(request, form, _template(form), scopes=scopes)
    if valid:
        past.look(form, publish=request.POST.get("do") == "publish", at=edge.moment(request))
        # An event just made would be told that it uses its own link.
        if not edge.sent_before(request):
            form.doubt(meetings.doubts(form, by=edge.actor(request)))
    if not form.errors and seen == " ".join(form.warnings):
        return None
    return refused_page(request, form, scopes)


def _template(form: EventForm) -> str:
    return "planner/edit.html" if form.event else "planner/new.html"


def saved(request: HttpRequest, form: EventForm, save: Callable[[], Event]) -> HttpResponse | None:
    """Carry the form out once and go to the event's page; None when it was refused."""

    def do() -> str:
        event = save()
        _say_saved(request, form, event)
        if form.event is None and event.kind.is_visit:
            return reverse("visit_schools", args=[event.pk])
        return reverse("event", args=[event.slug])

    try:
        return edge.once(request, do)
    except DomainError as error:
        edge.refuse_in(form, error)
        return None


def _say_saved(request: HttpRequest, form: EventForm, event: Event) -> None:
    if event.state == states.DRAFT:
        messages.success(request, _("Saved as a draft."))
    elif form.event is not None and form.event.state != states.DRAFT:
        messages.success(request, _("Saved."))
    elif _lacks_link(event):
        messages.warning(request, _("No video link yet: people get it when you add it."))


def _lacks_link(event: Event) -> bool:
    parts = programme.parts_of(event.pk)
    lacking = any(part.mode != Mode.ROOM and not part.join_url for part in parts)
    return lacking and not meetings.coming(event.pk)


def refused_page(
    request: HttpRequest, form: EventForm, scopes: Sequence[Scope] = ()
) -> HttpResponse:
    """The form again with its mistakes."""
    if form.event is None:
        form.offer = _with_times(request, form.offer, form.chosen_kind)
    return form_page(request, form, _template(form), status=422, scopes=scopes)


def form_page(
    request: HttpRequest, form: EventForm, template: str, *, status: int = 200,
    scopes: Sequence[Scope] = (),
) -> HttpResponse:  # fmt: skip
    """The page with the form."""
    several = form.event is not None and len(programme.parts_of(form.event.pk)) > 1
    context = {
        **form_context(request, form), "scopes": scopes, "event": form.event, "several": several,
        "version": meanwhile.version(request, form),
    }  # fmt: skip
    return render(request, template, context, status=status)


def told_first(
    request: HttpRequest, form: EventForm, event: Event, part: Part
) -> HttpResponse | None:
    """The page that lists effects; None when nobody is affected or they were shown."""
    if "_confirmed" in request.POST:
        return None
    found = effects.of_change(event, part, form.wish())
    if not found.matter:
        return None
    carried = [
        (name, value)
        for name in request.POST
        if name not in SCREEN_ONLY
        for value in request.POST.getlist(name)
    ]
    context = {
        "event": event,
        "effects": found,
        "carried": carried,
        "seen": " ".join(form.warnings),
    }
    return render(request, "planner/confirm.html", context)
