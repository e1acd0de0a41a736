"""`/attendance/<event>/…`: ask the video services at once; fetch a recording from one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.backstage import edge
from integrations.harvest import commands, fetches


@require_POST
def try_now(request: HttpRequest, event_id: int) -> HttpResponse:
    """Ask at once what is left of the meetings of an event."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        if commands.try_now(event_id, by=by, at=at):
            messages.success(
                request, _("The video service is being asked. Look again in a moment.")
            )
        return reverse("board", args=[event_id])

    return edge.once(request, deed)


@require_POST
def fetch_recording(request: HttpRequest, event_id: int, held_id: int) -> HttpResponse:
    """Fetch a recording that lies at its service, or try again."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        fetches.begin(held_id, event_id=event_id, by=by, at=at)
        messages.success(request, _("The recording is being fetched. Look again in a moment."))
        return reverse("board", args=[event_id])

    return edge.once(request, deed)
