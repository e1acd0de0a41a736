"""Tickets for readers: who may watch is asked once, when a page is made; files then ask the ticket."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from recordings.library import standing
from recordings.library.models import Recording
from recordings.media import tickets


def folder(request: HttpRequest, recording: Recording, *, at: datetime) -> str:
    """The path below which the reader of this request finds the files; callers ask the policy."""
    grant = tickets.Grant(
        recording.pk, recording.revision, standing.epoch(recording), holder(request)
    )
    ticket = tickets.issue(grant, duration_ms=recording.length_ms, at=at)
    return reverse("recording_file", args=[ticket, recording.pk, recording.revision, "x"])[:-1]


def seconds_left(
    request: HttpRequest, ticket: str, recording_id: int, revision: int, *, at: datetime
) -> int:
    """For how long this request's ticket still opens the folder; 0 when it does not."""
    epoch = standing.epoch_of(recording_id)
    if epoch == standing.GONE:
        return 0
    grant = tickets.Grant(recording_id, revision, epoch, holder(request))
    return tickets.seconds_left(ticket, grant, at=at)


def holder(request: HttpRequest) -> str:
    """Whose ticket: the session as its cookie names it, looked up nowhere; empty without one."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
