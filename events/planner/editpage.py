"""The change of an event, with its effects told first."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.kinds import queries as kinds
from events.planner import commands, desk, meanwhile, past, queries, series
from events.planner.filling import (
    checked,
    form_page,
    offer_of,
    refused_page,
    roomed_form,
    saved,
    told_first,
)
from events.planner.forms import EventForm
from events.planner.repeatform import THIS
from events.planner.seriesfilling import effects_first
from events.planner.values import present_values
from events.programme import queries as programme
from events.programme.models import Event, Part
from events.programme.revision import Outcome
from events.registration import queries as registration


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def edit(request: HttpRequest, event_id: int) -> HttpResponse:
    """Change an event; when people are registered, the effects are shown before anything is saved."""
    by, at = edge.actor(request), edge.moment(request)
    event, part = desk.event_to_run(event_id, by)
    offer = offer_of(request, queries.scope_of(event))
    offer = replace(offer, kinds=kinds.known())
    if request.method != "POST":
        values = present_values(event, part, registration.places_of(event.pk))
        form = EventForm(offer=offer, event=event, initial=values)
        if past.PAST in request.GET:
            form = past.told(values, offer, event)
        return form_page(request, form, "planner/edit.html")
    if request.POST.get("do") == "room":
        return form_page(request, roomed_form(request, offer, event), "planner/edit.html")
    form = EventForm(request.POST, offer=offer, event=event)
    form.link_before, form.line_before = part.join_url, part.dial_in
    publish = request.POST.get("do") == "publish"

    def several() -> Outcome:
        return series.change(
            event_id, form.wish(), scope=form.chosen_scope, repeat=form.repeat(),
            reason=request.POST.get("reason", ""), publish=publish, by=by, at=at,
        )  # fmt: skip

    def save() -> Event:
        if form.chosen_scope != THIS:
            several()
            return programme.event_for_work(event_id)
        return commands.change(event_id, form.wish(), publish=publish, by=by, at=at)

    def unless_changed() -> Event:
        return meanwhile.saving(request, event_id, save)

    answer = (
        checked(request, form)
        or _told(request, form, event, part, several)
        or (None if form.errors else saved(request, form, unless_changed))
    )
    return answer or refused_page(request, form)


def _told(
    request: HttpRequest, form: EventForm, event: Event, part: Part, several: Callable[[], Outcome]
) -> HttpResponse | None:
    if form.chosen_scope == THIS:
        answer = told_first(request, form, event, part)
    else:
        answer = effects_first(request, form, event, several)
    return None if answer and meanwhile.told(request, form) else answer
