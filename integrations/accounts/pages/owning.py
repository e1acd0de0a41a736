"""`/connections/google/own/`: one's own Google calendar, by consent (RFC 6749 with PKCE, RFC 7636)."""

import secrets
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.backstage import addresses, edge
from integrations.accounts import commands, owning, policies, words
from integrations.accounts.refusals import AnotherCalendar
from integrations.ports import Trouble

HELD = "google-consent"
KEPT = timedelta(minutes=15)


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """What is asked for, and the way to Google; `state` and verifier stay in the session."""
    policies.require_connects(edge.actor(request))
    address = _begin(request) if owning.is_offered() else ""
    return render(request, "accounts/own.html", {"address": address})


def _begin(request: HttpRequest) -> str:
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    until = (edge.moment(request) + KEPT).timestamp()
    request.session[HELD] = {"state": state, "verifier": verifier, "until": until}
    return owning.page(redirect=_back(), state=state, verifier=verifier)


def _back() -> str:
    return addresses.absolute(reverse("connection_back"))


@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """From Google, with a code or a no. Whoever comes without the state of their session is sent away."""
    by, at = edge.actor(request), edge.moment(request)
    policies.require_connects(by)
    verifier = _verifier(request, at)
    code = request.GET.get("code", "")
    if not verifier:
        return _again(request, _("This way is over. Begin once more."))
    if not code:
        return _again(request, _("Google gave no access. Nothing was connected."))
    try:
        found = owning.redeem(code=code, verifier=verifier, redirect=_back())
    except Trouble as trouble:
        said = words.said(trouble.code)
        return _again(request, f"{said.wrong} {said.todo}")
    name = _("My Google calendar")
    try:
        account = owning.connect_google(name=name, own=found, by=by, at=at)
    except AnotherCalendar as refused:
        return _again(request, edge.sentence(refused))
    commands.test(account.pk, by=by, at=at)
    return HttpResponseRedirect(reverse("connection", args=[account.pk]))


def _verifier(request: HttpRequest, at: datetime) -> str:
    """The verifier of the session if the state is the one that was sent along; good once."""
    held = request.session.pop(HELD, None) if owning.is_offered() else None
    if held is None or at.timestamp() >= held["until"]:
        return ""
    given = request.GET.get("state", "").encode()
    same = secrets.compare_digest(given, held["state"].encode())
    return str(held["verifier"]) if same else ""


def _again(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return HttpResponseRedirect(reverse("connection_own"))
