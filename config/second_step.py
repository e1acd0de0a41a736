"""Ministry officers and administrators act only in a session that gave a code of their app."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from config.embedded import greeting
from events.backstage import addresses, edge, installation
from events.kernel.actors import GUARDED, Actor
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.networks import queries as networks

ROLES = GUARDED
PLACES = ("/ministry/", "/system/", "/admin/", "/certificates/", "/connections/")


def apply(request: HttpRequest, actor: Actor) -> Actor:
    """The actor as this session may act: ROLES are dormant until the second step."""
    if not actor.is_a(*ROLES) or _given(request) or _first_run(request) or _invented(request):
        return actor
    return asleep(actor)


def asleep(actor: Actor) -> Actor:
    """The actor without the second step; where none is asked for, the same."""
    if not settings.SECOND_STEP or not actor.is_a(*ROLES):
        return actor
    return actor.without(ROLES)


def _given(request: HttpRequest) -> bool:
    if not isinstance(request.user, AbstractBaseUser):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _invented(request: HttpRequest) -> bool:
    """Whether this is somebody of the demo network, whom everybody may be: no code would keep anyone out.

    Production refuses to start with KOLEGA_DEMO, and mail to these addresses reaches nobody.
    """
    address = getattr(request.user, "email", "")
    return settings.KOLEGA_DEMO and address in {address for _, address in greeting.DEMO_PEOPLE}


def relaxed(request: HttpRequest, actor: Actor) -> bool:
    """Whether a role that elsewhere asks for a code acts without one, because this is the demo."""
    asked = settings.SECOND_STEP and actor.is_a(*ROLES)
    return bool(asked and not _given(request) and _invented(request))


def _first_run(request: HttpRequest) -> bool:
    """Whether this is a first-run page of an installation that is not open yet."""
    setup = addresses.first("setup")
    if not setup or not request.path.startswith(setup):
        return False
    return not installation.is_open()


def before(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """After signing in: the page of the second step first, when a role waits for it."""
    target = response.headers.get("Location", "/")
    actor = apply(request, networks.actor_of_user(request.user, at=edge.moment(request)))
    if not actor.dormant or target.startswith(reverse("second_step")):
        return response
    return HttpResponseRedirect(f"{reverse('second_step')}?{urlencode({'next': target})}")


def may_help(request: HttpRequest, error: DomainError) -> bool:
    """Whether a refusal may be due to a role that waits for its second step."""
    if not edge.actor(request).dormant:
        return False
    inside = request.path.startswith(PLACES) and isinstance(error, Missing)
    return inside or isinstance(error, NotAllowed)


def needed(request: HttpRequest) -> HttpResponse:
    """Instead of a refusal: what to do so that the role counts."""
    values = {"next": request.get_full_path() if request.method == "GET" else "/"}
    return render(request, "people/second_step.html", values, status=403)
