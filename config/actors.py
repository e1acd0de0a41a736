"""Middleware: who asks, when, in which language, and what a refusal looks like."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from config import second_step
from config.api import callers
from events.backstage import edge
from events.kernel import clock
from events.kernel.actors import Actor, Role
from events.kernel.errors import DomainError, Missing
from events.networks import queries as networks
from events.notices.sheets import tongue

SIGN_IN = "sign-in"
# Segments of recordings have no words, and asking who reads them would cost two queries each.
WORDLESS = "/m/"


class Actors:
    """Puts `actor` and `moment` on the request and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the reader as a frozen actor, expanded when first asked for."""
        at = clock.now()
        request.moment = at  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        _speak(request)
        return _or_sign_in(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, _view: object, _args: Any, _values: Any
    ) -> HttpResponse | None:
        """Django's admin asks nobody's policy: a role that is over or dormant opens nothing there."""
        actor = edge.actor(request)
        if not request.path.startswith("/admin/") or actor.is_a(Role.ADMINISTRATOR):
            return None
        if Role.ADMINISTRATOR in actor.dormant:
            return second_step.needed(request)
        return None if actor.person_id is None else edge.refuse(request, Missing())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refusals become pages; everything else is a bug and stays one."""
        if not isinstance(error, DomainError):
            return None
        if second_step.may_help(request, error):
            return second_step.needed(request)
        return edge.refuse(request, error)


def _or_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where nothing is found, the page's own link leads to signing in and back to the same address.

    The link names no address, so a hidden page and a missing one stay equal byte for byte.
    """
    asked = SIGN_IN in request.GET and request.method == "GET"
    if response.status_code != HTTPStatus.NOT_FOUND or not asked or request.user.is_authenticated:
        return response
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': request.path})}")


def _actor(request: HttpRequest) -> Actor:
    if callers.by_token(request):
        return callers.actor(request)
    actor = networks.actor_of_user(request.user, at=edge.moment(request))
    return second_step.apply(request, actor)


def _speak(request: HttpRequest) -> None:
    """Use the person's language; a language chosen on this device goes first."""
    cookies = request.COOKIES
    if settings.LANGUAGE_COOKIE_NAME in cookies or settings.SESSION_COOKIE_NAME not in cookies:
        return
    if request.path.startswith(WORDLESS):
        return
    if spoken := getattr(request.user, "language", ""):
        language = tongue(spoken)
        translation.activate(language)
        request.LANGUAGE_CODE = language
