"""Publish, undo, cancel: one button each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from events.kernel.errors import DomainError
from events.planner import desk, queries
from events.planner.forms import CancelForm
from events.programme import commands as programme
from events.programme import states


@require_POST
@desk.signed_in
def publish(request: HttpRequest, event_id: int) -> HttpResponse:
    """Publish a draft as it is."""
    by, at = edge.actor(request), edge.moment(request)
    desk.event_to_run(event_id, by)

    def do() -> str:
        event = programme.publish(event_id, by=by, at=at)
        return reverse("event", args=[event.slug])

    return edge.once(request, do)


@require_POST
@desk.signed_in
def unpublish(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take publishing back while no mail has left."""
    by, at = edge.actor(request), edge.moment(request)
    desk.event_to_run(event_id, by)

    def do() -> str:
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
        done = programme.cancel(event_id, reason=form.cleaned_data["reason"], by=by, at=at)
        return reverse("event", args=[done.slug])

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
        "draft": event.state == states.DRAFT,
    }  # fmt: skip
    return render(request, "planner/cancel.html", context, status=status)
