"""`/attendance/<event>/fetch/`: ask the video services at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.backstage import edge
from integrations.harvest import commands


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
