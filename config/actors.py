"""Middleware: who asks, when, and what a refusal looks like."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from events.backstage import edge
from events.kernel import clock
from events.kernel.errors import DomainError
from events.networks import queries as networks


class Actors:
    """Puts `actor` and `moment` on the request and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the reader as a frozen actor, expanded when first asked for."""
        at = clock.now()
        request.moment = at  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: networks.actor_of_user(request.user, at=at))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refusals become pages; everything else is a bug and stays one."""
        return edge.refuse(request, error) if isinstance(error, DomainError) else None
