"""Who comes to the planner: signed in, with somewhere to plan."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed
from events.planner import queries
from events.planner.queries import Scope
from events.programme import policies as may
from events.programme import queries as programme
from events.programme.models import Event, Part

Page = Callable[..., HttpResponse]
SIGN_IN = ("sign_in", "account_login")


def signed_in(page: Page) -> Page:
    """Send strangers to the sign-in page first, whatever they asked for."""

    @wraps(page)
    def guarded(request: HttpRequest, **kwargs: int) -> HttpResponse:
        if edge.actor(request).person_id is None:
            return HttpResponseRedirect(_sign_in(request))
        return page(request, **kwargs)

    return guarded


def _sign_in(request: HttpRequest) -> str:
    target = request.get_full_path() if request.method == "GET" else reverse("planner")
    for name in SIGN_IN:
        try:
            return f"{reverse(name)}?{urlencode({'next': target})}"
        except NoReverseMatch:
            continue
    return "/"


def scope_for(request: HttpRequest, by: Actor, last: Part | None) -> tuple[Scope, list[Scope]]:
    """The scope asked for, else the one planned in last, else the reader's own cluster.

    Raises NotAllowed when there is nowhere to plan, or not there.
    """
    found = queries.scopes(by)
    asked = request.POST.get("scope") or request.GET.get("scope", "")
    if asked:
        found_here = [scope for scope in found if scope.key == asked]
        if not found_here:
            raise NotAllowed
        return found_here[0], found
    if not found:
        raise NotAllowed
    return max(found, key=lambda scope: _nearness(scope, by, last)), found


def _nearness(scope: Scope, by: Actor, last: Part | None) -> int:
    if last is not None and scope.cluster_id and scope.cluster_id == last.event.cluster_id:
        return 2
    return int(scope.cluster_id in by.home_clusters)


def event_to_run(event_id: int, by: Actor) -> tuple[Event, Part]:
    """An event the reader runs, with its first part; raises Missing or NotAllowed."""
    event = programme.seen(event_id, by=by)
    may.require_may_run(by, event)
    return event, programme.parts_of(event_id)[0]
