"""`/meet/…`: the way in, and the page where one waits for a server that does not answer."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from events.backstage import edge, limits
from events.kernel.errors import Missing
from events.notices.sheets import tongue
from events.people import queries as people
from events.programme import queries as programme
from events.programme import states
from integrations.meet import entering, tickets, ways
from integrations.meet.tickets import Ticket

if TYPE_CHECKING:
    from events.programme.models import Part

TRIES, WINDOW = 120, 600
AGAIN_SECONDS, LATER_SECONDS = 5, 60


@require_safe
def part_page(request: HttpRequest, part_id: int) -> HttpResponse:
    """The join link itself, opened without a ticket: asks who it is, as every shared link does."""
    del request
    return _private(HttpResponseRedirect(reverse("go", args=[part_id])))


@require_safe
def meet(request: HttpRequest, ticket: str) -> HttpResponse:
    """Lead the holder of a ticket into the meeting of its part."""
    held = tickets.read(ticket)
    part = programme.find_part(held.part_id) if held is not None else None
    person = people.active(held.person_id) if held is not None else None
    if held is None or part is None or person is None:
        raise Missing
    with translation.override(request.COOKIES.get("django_language") or tongue(person.language)):
        response = _answer(request, held, part)
        response.headers["Content-Language"] = translation.get_language()
    return _private(response)


def _answer(request: HttpRequest, held: Ticket, part: "Part") -> HttpResponse:
    at = edge.moment(request)
    if not _open(part, at=at):
        return HttpResponseRedirect(reverse("go", args=[part.pk]))
    if held.old:
        return _shown(request, part, again=None, onward=reverse("go", args=[part.pk]))
    if not entering.may_enter(part, held.person_id, at=at):
        return HttpResponseRedirect(reverse("go", args=[part.pk]))
    limits.hit(f"meet:{part.pk}:{held.person_id}", limit=TRIES, seconds=WINDOW, at=at)
    found = entering.enter(part, held.person_id, at=at)
    if isinstance(found, str):
        return HttpResponseRedirect(found)
    onward = ways.onward(part_id=part.pk, person_id=held.person_id, at=at)
    response = _shown(request, part, again=found.again, onward=onward)
    seconds = AGAIN_SECONDS if found.again else LATER_SECONDS
    response.headers["Refresh"] = f"{seconds}; url={onward}"
    return response


def _open(part: "Part", *, at: datetime) -> bool:
    event = part.event
    return part.cancelled_at is None and event.state == states.PUBLISHED and at < event.ends_at


def _shown(
    request: HttpRequest, part: "Part", *, again: bool | None, onward: str
) -> HttpResponse:  # fmt: skip
    """The page that tries again by itself with a fresh ticket; `again` None: the old one is over."""
    values = {"part": part, "event": part.event, "again": again, "onward": onward}
    return render(request, "meet/wait.html", values)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
