"""`/me/busy-times/`: say yes to a calendar, or take it back."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.availability import commands, queries
from events.availability.models import BusyConsent
from events.backstage import addresses, contributed, edge
from events.kernel.errors import Missing
from events.people import queries as people

DIGITS = 18


@dataclass(frozen=True)
class Choice:
    """One calendar; `given_at` only with a yes, `offered` while it can still be asked."""

    source_id: int
    name: str
    given_at: datetime | None
    fetched_at: datetime | None
    asked: bool
    offered: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def busy_times(request: HttpRequest) -> HttpResponse:
    """The calendars that could tell when I am busy, and what I said to each."""
    by, at = edge.actor(request), edge.moment(request)
    person = people.active(by.person_id) if by.person_id else None
    if person is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    if request.method == "POST":
        return edge.once(request, partial(_answer, request))
    values = {
        "choices": _choices(person.pk, at=at), "address": person.email,
        "zone": person.zone or "UTC",
    }  # fmt: skip
    return render(request, "availability/busy_times.html", values)


def _answer(request: HttpRequest) -> str:
    by, at = edge.actor(request), edge.moment(request)
    text = request.POST.get("calendar", "")
    if not (text.isascii() and text.isdecimal()) or len(text) > DIGITS:
        raise Missing
    if request.POST.get("do") == "agree":
        commands.agree(int(text), by=by, at=at)
        messages.success(request, _("Your yes is kept. You can take it back here at any time."))
    else:
        commands.withdraw(int(text), by=by, at=at)
        messages.success(request, _("Your yes is taken back, and your busy times are deleted."))
    return request.path


def _choices(person_id: int, *, at: datetime) -> list[Choice]:
    given = queries.given(person_id)
    offered = {one.source_id: one.name for one in contributed.busy_sources(person_id, at=at)}
    left = {pk: row.source_name for pk, row in given.items() if pk not in offered}
    return [
        _choice(pk, name, given.get(pk), offered=pk in offered, at=at)
        for pk, name in {**offered, **left}.items()
    ]


def _choice(
    source_id: int, name: str, row: BusyConsent | None, *, offered: bool, at: datetime
) -> Choice:
    if row is None:
        return Choice(source_id, name, None, None, asked=False, offered=offered)
    return Choice(
        source_id, name, row.given_at, row.fetched_at, asked=queries.is_asked(row, at=at),
        offered=offered,
    )  # fmt: skip
