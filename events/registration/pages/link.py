"""`/r/<token>/`: what the mail's buttons open. Reading changes nothing; one button commits."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import addresses, edge, limits, post
from events.invitations import entries, writer
from events.invitations.parts import CalendarPart
from events.kernel.errors import DomainError, Missing
from events.notices.sheets import tongue
from events.programme import pages as programme_pages
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event, Part
from events.registration import commands, links, queries, readers, recorded, wishing
from events.registration.models import PersonalLink, Registration, Way
from events.registration.standing import NOT_COMING, standing
from events.registration.wishing import RECORDING

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

GUESSES, GUESS_WINDOW = 30, 600
DEEDS, DEED_WINDOW = 30, 600


def kept_private(view: View[P]) -> View[P]:
    """Keep a page whose address is a secret out of stores, search engines and referrers."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def opened(request: HttpRequest, token: str) -> PersonalLink:
    """The link of a token whose event is public by now; failed tries are counted per address."""
    try:
        link = links.opened(token)
    except Missing:
        key = f"link-guess:{request.META.get('REMOTE_ADDR', '')}"
        limits.hit(key, limit=GUESSES, seconds=GUESS_WINDOW, at=edge.moment(request))
        raise
    if link.event.state == states.DRAFT:
        raise Missing
    return link


# The address itself is the proof, so a forged form could do no more than its sender already can;
# mail programs that open links without cookies can press the button.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@kept_private
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one person's place at one event; POST `way` (room, online, recording, no) takes it."""
    link = opened(request, token)
    language = request.COOKIES.get("django_language") or tongue(link.person.language)
    with translation.override(language):
        response = _commit(request, link) if request.method == "POST" else _show(request, link)
    response.headers["Content-Language"] = language
    return response


def _show(
    request: HttpRequest, link: PersonalLink, *, refusal: DomainError | None = None
) -> HttpResponse:
    others = readers.sharers(link)
    wish = request.GET.get("way", "")
    if len(others) > 1 and "me" not in request.GET and refusal is None:
        choices = [(item.person.name, _address(item, wish)) for item in others]
        return render(request, "registration/who.html", {"event": link.event, "choices": choices})
    at = edge.moment(request)
    event = programme.event_for_work(link.event_id)
    place = standing(event, link.person, link, wish=wish, at=at)
    reader = edge.actor(request).person_id
    values = {
        "place": place,
        "by_link": True,
        "somebody_else": reader is not None and reader != link.person_id,
        "sign_in": addresses.first("sign_in", "account_login"),
        "file": addresses.first("personal_ics", args=(links.token_of(link),)),
        "programme": links.programme_of(link),
        "refusal": edge.sentence(refusal) if refusal else "",
    }
    return render(request, "registration/place.html", values, status=_status(place.ask, refusal))


def _status(ask: str, refusal: DomainError | None) -> int:
    if refusal is not None:
        return refusal.status
    return 410 if ask == "ended" else 200


def _address(link: PersonalLink, wish: str) -> str:
    path = addresses.first("personal_link", args=(links.token_of(link),))
    known = wish if wish in {"room", "online", NOT_COMING, RECORDING} else ""
    return f"{path}?me=1&way={known}" if known else f"{path}?me=1"


def _commit(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    at = edge.moment(request)
    limits.hit(f"link:{link.pk}", limit=DEEDS, seconds=DEED_WINDOW, at=at)
    held = queries.standing_of(link.event_id, link.person_id)
    way = request.POST.get("way", "")
    answers = recorded.only_answers(request.POST, held, way)
    try:
        if not answers:
            decide(link, way, at=at)
        recorded.keep_answer(
            request.POST, link.event, person_id=link.person_id,
            where="page" if answers else "register", by=links.holder(link), at=at,
        )  # fmt: skip
        if way == NOT_COMING:
            say_given_back(request, held)
    except Missing:
        raise
    except DomainError as refusal:
        return _show(request, link, refusal=refusal)
    return HttpResponseRedirect(_address(link, ""))


def say_given_back(request: HttpRequest, before: Registration | None) -> None:
    """Say on the next page that a place was given back, to whoever had one."""
    if before is not None and before.state == Registration.State.REGISTERED:
        messages.success(request, _("Your place is given back."))


def decide(link: PersonalLink, way: str, *, at: datetime) -> None:
    """Carry out what the holder of a link chose. Repeating it changes nothing, so no nonce is needed."""
    by = links.holder(link)
    if way == RECORDING:
        wishing.ask(link.event_id, person_id=link.person_id, by=by, at=at)
    elif way == NOT_COMING:
        commands.decline(link.event_id, person_id=link.person_id, by=by, at=at)
    else:
        commands.register(link.event_id, person_id=link.person_id, way=way, by=by, at=at)


@require_safe
@kept_private
def personal_programme(request: HttpRequest, token: str) -> HttpResponse:
    """What is planned, for the holder of a link who is not signed in; nothing about persons' places."""
    link = opened(request, token)
    event = programme.event_for_work(link.event_id)
    language = request.COOKIES.get("django_language") or tongue(link.person.language)
    dates = "personal_dates" if event.series_id else ""
    with translation.override(language):
        values = {
            **programme_pages.shown_of(event), "by_link": True,
            "phase": event.phase(edge.moment(request)), "own": _address(link, ""),
            "dates": addresses.first(dates, args=(links.token_of(link),)) if dates else "",
        }  # fmt: skip
        response = render(request, "registration/programme.html", values)
    response.headers["Content-Language"] = language
    return response


@require_safe
@kept_private
def personal_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file of one person's place, to download."""
    link = opened(request, token)
    event = programme.event_for_work(link.event_id)
    row = queries.standing_of(event.pk, link.person_id)
    with translation.override(tongue(link.person.language)):
        return calendar_file(event, row)


def calendar_file(event: Event, row: Registration | None) -> HttpResponse:
    """An event as a file for a calendar, with one person's own changes if there are any."""
    sender = post.sender_address()
    found = [_entry(event, part, row, sender) for part in programme.parts_of(event.pk)]
    return HttpResponse(
        writer.publish_file(*found),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{event.slug}.ics"'},
    )


def _entry(event: Event, part: Part, row: Registration | None, sender: str) -> CalendarPart:
    taking_part = row is not None and row.state == Registration.State.REGISTERED
    online = row is not None and queries.way_in(part, row.way) == Way.ONLINE
    return entries.entry_of(
        event, part, raised=row.sequence if row else 0, changed_at=row.changed_at if row else None,
        organiser_name=event.organiser.name, organiser_address=sender,
        online=not taking_part or online,
    )  # fmt: skip
