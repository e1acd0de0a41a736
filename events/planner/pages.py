"""The planner, the new event, and the change of one."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.zones import wall
from events.kinds import queries as kinds
from events.kinds.models import Kind
from events.planner import commands, desk, effects, month, queries
from events.planner.forms import WARNINGS, EventForm, Offer, present_values, starting_values
from events.planner.queries import Scope
from events.programme import states
from events.programme.catalogue import Pages
from events.programme.models import Event, Part
from events.registration import queries as registration

CARDS = 4
COMING_UP = 5
VIEWS = ("month", "agenda")
SCREEN_ONLY = frozenset({"csrfmiddlewaretoken", edge.NONCE, "_confirmed", "_seen", "_back"})


@require_safe
@desk.signed_in
def planner(request: HttpRequest) -> HttpResponse:
    """Month or agenda of one scope, with the form for a new event."""
    by, at = edge.actor(request), edge.moment(request)
    last = queries.last_of_organiser(by.person_id)
    scope, scopes = desk.scope_for(request, by, last)
    today = wall(at, scope.zone).date()
    first = month.first_of(request.GET.get("month", ""), today)
    on_desk = queries.on_desk(scope, by=by)
    coming = on_desk.filter(ends_at__gt=at)
    view = request.GET.get("view", "")
    context = {"view": view if view in VIEWS else "month", "scope": scope, "scopes": scopes}
    if context["view"] == "month":
        begin, end = month.around(first)
        days = on_desk.filter(starts_at__gte=begin, starts_at__lt=end)
        context["month"] = month.table(first, days, today=today)
        rows = list(coming[:COMING_UP])
    else:
        listed = Pages(coming, coming.count()).get_page(request.GET.get("page"))
        context["page_of_list"] = listed
        rows = list(listed)
    counts = registration.counts([part.event_id for part in rows])
    context["coming"] = [(part, counts.get(part.event_id)) for part in rows]
    form = _empty_form(request, scope, last, by)
    return render(request, "planner/planner.html", {**context, **_form_context(request, form)})


def _empty_form(request: HttpRequest, scope: Scope, last: Part | None, by: Actor) -> EventForm:
    offer = _offer(request, scope)
    asked = request.GET.get("kind", "")
    first = next((kind for kind in offer.kinds if kind.code == asked), None) or next(
        iter(offer.kinds), None
    )
    start = starting_values(offer, kind=first, last=last, own_schools=by.home_schools)
    return EventForm(offer=_with_times(request, offer, first), initial=start)


def _offer(request: HttpRequest, scope: Scope) -> Offer:
    return Offer(scope, kinds.offered(), queries.hosts(scope, at=edge.moment(request)))


def _with_times(request: HttpRequest, offer: Offer, kind: Kind | None) -> Offer:
    if kind is None:
        return offer
    times = queries.suggestions(offer.scope, kind, at=edge.moment(request))
    return Offer(offer.scope, offer.kinds, offer.hosts, times)


def _form_context(request: HttpRequest, form: EventForm) -> dict[str, object]:
    offer, kind = form.offer, form.chosen_kind
    cards = list(offer.kinds[:CARDS])
    if kind is not None and kind not in cards and form.event is None:
        cards.append(kind)
    to_publish = form.event is None or form.event.state == states.DRAFT
    at = edge.moment(request)
    return {
        "form": form,
        "kind": kind,
        "scope": offer.scope,
        "kind_cards": cards,
        "kind_more": [item for item in offer.kinds if item not in cards],
        "suggestions": offer.suggestions,
        "chosen": "" if form.event else form["when"].value() or "",
        "to_publish": to_publish,
        "guests": queries.guests(offer.scope, at=at) if to_publish else None,
        "warnings": [WARNINGS[code] for code in form.warnings],
        "seen": " ".join(form.warnings),
        "more_open": form.is_bound and form.more_wrong,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new event, saved as a draft or published at once."""
    by, at = edge.actor(request), edge.moment(request)
    last = queries.last_of_organiser(by.person_id)
    scope, scopes = desk.scope_for(request, by, last)
    if request.method != "POST":
        form = _empty_form(request, scope, last, by)
        return _form_page(request, form, "planner/new.html", scopes=scopes)
    form = EventForm(request.POST, offer=_offer(request, scope))
    publish = request.POST.get("do") == "publish"

    def save() -> Event:
        return commands.plan(form.wish(), publish=publish, by=by, at=at)

    answer = _checked(request, form) or _saved(request, form, save)
    return answer or _refused(request, form)


def _checked(request: HttpRequest, form: EventForm) -> HttpResponse | None:
    """Stop at mistakes, and once at things that look wrong; None means go on."""
    seen = request.POST.get("_seen", "")
    valid = form.is_valid()
    if "_back" in request.POST:
        return _form_page(request, form, _template(form))
    if valid and seen == " ".join(form.warnings):
        return None
    return _refused(request, form)


def _template(form: EventForm) -> str:
    return "planner/edit.html" if form.event else "planner/new.html"


def _saved(request: HttpRequest, form: EventForm, save: Callable[[], Event]) -> HttpResponse | None:
    """Carry the form out once and go to the event's page; None when it was refused."""

    def do() -> str:
        event = save()
        if event.state == states.DRAFT:
            messages.success(request, _("Saved as a draft."))
        elif form.event is not None and form.event.state != states.DRAFT:
            messages.success(request, _("Saved."))
        return reverse("event", args=[event.slug])

    try:
        return edge.once(request, do)
    except DomainError as error:
        edge.refuse_in(form, error)
        return None


def _refused(request: HttpRequest, form: EventForm) -> HttpResponse:
    if form.event is None:
        form.offer = _with_times(request, form.offer, form.chosen_kind)
    return _form_page(request, form, _template(form), status=422)


def _form_page(
    request: HttpRequest, form: EventForm, template: str, *, status: int = 200,
    scopes: Sequence[Scope] = (),
) -> HttpResponse:  # fmt: skip
    context = {**_form_context(request, form), "scopes": scopes, "event": form.event}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def edit(request: HttpRequest, event_id: int) -> HttpResponse:
    """Change an event; when people are registered, the effects are shown before anything is saved."""
    by, at = edge.actor(request), edge.moment(request)
    event, part = desk.event_to_run(event_id, by)
    offer = _offer(request, queries.scope_of(event))
    offer = Offer(offer.scope, kinds.known(), offer.hosts)
    if request.method != "POST":
        values = present_values(event, part, registration.places_of(event.pk))
        form = EventForm(offer=offer, event=event, initial=values)
        return _form_page(request, form, "planner/edit.html")
    form = EventForm(request.POST, offer=offer, event=event)
    publish = request.POST.get("do") == "publish"

    def save() -> Event:
        return commands.change(event_id, form.wish(), publish=publish, by=by, at=at)

    answer = (
        _checked(request, form)
        or _told_first(request, form, event, part)
        or _saved(request, form, save)
    )
    return answer or _refused(request, form)


def _told_first(
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
