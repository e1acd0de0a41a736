"""My events, my calendar, and the calendar itself."""

import hashlib
from datetime import UTC, datetime
from functools import partial
from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import addresses, edge, limits
from events.invitations.parts import Entry, master_of
from events.invitations.writer import feed
from events.kernel.errors import Missing
from events.mydays import commands, queries
from events.notices.sheets import tongue
from events.people import shown

GUESSES, GUESS_WINDOW = 60, 600
PAGE = 25


@require_safe
def my_events(request: HttpRequest) -> HttpResponse:
    """What I am registered for, and where I have been."""
    person_id = edge.actor(request).person_id
    if person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    coming, past = queries.my_events(person_id, at=edge.moment(request))
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    return render(request, "mydays/events.html", {"coming": coming, "past": page})


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Make or end the secret address of my calendar; it is shown once, when it is made."""
    actor = edge.actor(request)
    if actor.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    if request.method == "POST":
        return edge.once(request, partial(_renew_or_end, request))
    held = queries.feed_in_force(actor.person_id)
    values = {"shown": shown.take(request, "calendar"), "held": held}
    response = render(request, "mydays/calendar.html", values)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _renew_or_end(request: HttpRequest) -> str:
    actor, at = edge.actor(request), edge.moment(request)
    if request.POST.get("do") == "renew":
        token = commands.renew_feed(by=actor, at=at)
        address = addresses.absolute(addresses.first("personal_feed", args=(token,)))
        shown.keep(request, "calendar", address)
    else:
        commands.revoke_feed(by=actor, at=at)
    return request.path


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """One person's calendar for programs that ask now and then; 304 while nothing changed."""
    at = edge.moment(request)
    owner = queries.owner_of(token)
    if owner is None:
        key = f"feed-guess:{request.META.get('REMOTE_ADDR', '')}"
        limits.hit(key, limit=GUESSES, seconds=GUESS_WINDOW, at=at)
        raise Missing
    with translation.override(tongue(owner.language)):
        entries = queries.calendar_of(owner.pk, at=at)
        body = feed(entries, name=_("Kolega: %(name)s") % {"name": owner.name})
    return _conditional(request, body, _changed(entries))


def _changed(entries: list[Entry]) -> datetime:
    return max(
        (master_of(entry).changed_at for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC)
    )


def _conditional(request: HttpRequest, body: bytes, changed: datetime) -> HttpResponse:
    # Entries leave the window without changing, so the digest decides and the date is only told.
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    fresh = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response = cast("HttpResponse", get_conditional_response(request, etag=etag, response=fresh))
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
