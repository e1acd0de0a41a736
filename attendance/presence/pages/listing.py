"""`/attendance/`: the events one runs, those that ask for attention first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.presence import attention, policies
from events.backstage import addresses, edge
from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed


def _require_keeper(by: Actor) -> None:
    if not policies.keeps(by):
        raise NotAllowed


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Events to close, events that run now or soon, and those closed last."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return _sign_in(request)
    _require_keeper(by)
    return render(request, "presence/list.html", {"found": attention.of(by, at=at)})


def _sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        status=302, headers={"Location": addresses.sign_in(request.get_full_path())}
    )
