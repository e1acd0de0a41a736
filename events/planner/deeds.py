"""Publish, undo, cancel: one button each."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from events.kernel.errors import DomainError
from events.planner import desk, queries
from events.planner.forms import CancelForm
from events.planner.past import PAST
from events.planner.repeatform import SCOPES, THIS
from events.planner.seriesfilling import people_on
from events.programme import commands as programme
from events.programme import series, seriesdates, states
from events.programme.models import Event
from events.programme.refusals import TooLateToPublish


@dataclass(frozen=True)
class Reach:
    """How many dates and people a scope reaches."""

    scope: str
    label: str | Promise
    dates: int
    people: int


@require_POST
@desk.signed_in
def publish(request: HttpRequest, event_id: int) -> HttpResponse:
    """Publish a draft as it is."""
    by, at = edge.actor(request), edge.moment(request)
    event, _part = desk.event_to_run(event_id, by)

    def do() -> str:
        if event.series_id is not None:
            series.publish(event.series_id, by=by, at=at)
        else:
            programme.publish(event_id, by=by, at=at)
        return reverse("event", args=[event.slug])

    try:
        return edge.once(request, do)
    except TooLateToPublish:
        return HttpResponseRedirect(f"{reverse('plan_edit', args=[event_id])}?{PAST}=1")


@require_POST
@desk.signed_in
def unpublish(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take publishing back while no mail has left."""
    by, at = edge.actor(request), edge.moment(request)
    event, _part = desk.event_to_run(event_id, by)
    row = event.series

    def do() -> str:
        if row is not None and row.published_at == event.published_at:
            series.unpublish(row.pk, by=by, at=at)
        else:
            programme.unpublish(event_id, by=by, at=at)
        messages.success(request, _("Back to a draft. No mail has left."))
        return reverse("plan_edit", args=[event_id])

    return edge.once(request, do)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def cancel(request: HttpRequest, event_id: int) -> HttpResponse:
    """Cancel for good, with the reason that registered people read."""
    by, at = edge.actor(request), edge.moment(request)
    event, _part = desk.event_to_run(event_id, by)
    form = CancelForm(request.POST if request.method == "POST" else None)
    status = 200

    def do() -> str:
        scope, reason = form.cleaned_data["reach"] or THIS, form.cleaned_data["reason"]
        if scope != THIS and event.series_id is not None:
            series.cancel(event_id, scope=scope, reason=reason, by=by, at=at)
        else:
            programme.cancel(event_id, reason=reason, by=by, at=at)
        return reverse("event", args=[event.slug])

    if request.method == "POST":
        try:
            if form.is_valid():
                return edge.once(request, do)
        except DomainError as error:
            if error.status == 422:  # noqa: PLR2004  HTTP: the form can be corrected
                form.add_error("reason", edge.sentence(error))
            else:
                return edge.refuse(request, error)
        status = 422
    registered, waiting = queries.affected(event_id)
    context = {
        "form": form, "event": event, "registered": registered, "waiting": waiting,
        "draft": event.state == states.DRAFT, "reached": _reached(event, at=at),
    }  # fmt: skip
    return render(request, "planner/cancel.html", context, status=status)


def _reached(event: Event, *, at: datetime) -> list[Reach]:
    """What each scope would cancel; nothing for an event that is no date of a series."""
    if event.series_id is None:
        return []
    reached = {
        scope: [part.event_id for part in seriesdates.touched(event, scope, at=at)]
        for scope in (series.FOLLOWING, series.ALL)
    }
    scopes = {THIS: [event.pk], **reached}
    words = dict(SCOPES)
    return [Reach(scope, words[scope], len(ids), people_on(ids)) for scope, ids in scopes.items()]
