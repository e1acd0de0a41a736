"""A secret that a page shows once, carried over the redirect after the form that made it.

It waits sealed in the session of the person who made it, at most ten minutes, and leaves with the
page that shows it; so loading that page again neither makes a second one nor shows the first.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest

from events.backstage import edge
from events.people import keyring, sealing

KEPT = timedelta(minutes=10)


def keep(request: HttpRequest, purpose: str, secret: str) -> None:
    """Let the next page with this purpose show the secret."""
    sealed = keyring.seal(secret, bound_to=_spot(request, purpose))
    until = (edge.moment(request) + KEPT).timestamp()
    request.session[_name(purpose)] = {"sealed": sealed.hex(), "until": until}


def take(request: HttpRequest, purpose: str) -> str:
    """The secret to show now, or nothing; it is gone afterwards. Looking at headers takes nothing."""
    if request.method == "HEAD" or not (held := request.session.pop(_name(purpose), None)):
        return ""
    if datetime.fromtimestamp(held["until"], edge.moment(request).tzinfo) <= edge.moment(request):
        return ""
    try:
        return keyring.unseal(bytes.fromhex(held["sealed"]), bound_to=_spot(request, purpose))
    except sealing.SealBroken:
        return ""


def _name(purpose: str) -> str:
    return f"shown:{purpose}"


def _spot(request: HttpRequest, purpose: str) -> str:
    return sealing.place("session", purpose, edge.actor(request).person_id or 0)
