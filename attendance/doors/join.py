"""`/j/<token>/` and `/go/<part>/`: the wait page, which opens the meeting by itself.

Mail programs fetch every link of a mail once. So the first request only shows the page; the second,
which brings the pass of the first, goes on to the meeting.
"""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from attendance.doors import joining
from events.backstage import addresses, contributed, edge, limits
from events.kernel.errors import DomainError, Missing
from events.notices.sheets import tongue
from events.programme import policies, states
from events.programme import queries as programme
from events.registration import commands, links, recorded
from events.registration import queries as registration

if TYPE_CHECKING:
    from events.programme.models import Part
    from events.registration.models import PersonalLink

GUESSES, WINDOW = 30, 600
WAIT_SECONDS, OPEN_SECONDS = 30, 3
WAYS = frozenset({"room", "online"})


def _opened(request: HttpRequest, token: str) -> "PersonalLink":
    """The link of a token; failed tries are counted per address."""
    try:
        link = links.opened(token)
    except Missing:
        key = f"link-guess:{request.META.get('REMOTE_ADDR', '')}"
        limits.hit(key, limit=GUESSES, seconds=WINDOW, at=edge.moment(request))
        raise
    if link.event.state == states.DRAFT:
        raise Missing
    return link


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


# The address itself is the proof, so a forged form could do no more than its sender already can.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """One person's way into a meeting; POST `way` switches between room and online."""
    link = _opened(request, token)
    language = request.COOKIES.get("django_language") or tongue(link.person.language)
    with translation.override(language):
        response = _switch(request, link) if request.method == "POST" else _show(request, link)
    response.headers["Content-Language"] = language
    return _private(response)


def _address(link: "PersonalLink") -> str:
    return reverse("join", args=[links.token_of(link)])


def _switch(request: HttpRequest, link: "PersonalLink") -> HttpResponse:
    way, at = request.POST.get("way", ""), edge.moment(request)
    limits.hit(f"join:{link.pk}", limit=GUESSES, seconds=WINDOW, at=at)
    if recorded.ASKED in request.POST:
        return _answer(request, link)
    try:
        if way not in WAYS or not _has_place(link):
            raise commands.WayNotOffered
        commands.register(
            link.event_id, person_id=link.person_id, way=way, by=links.holder(link), at=at
        )
    except Missing:
        raise
    except DomainError as refusal:
        return _show(request, link, refusal=refusal)
    return HttpResponseRedirect(_address(link))


def _answer(request: HttpRequest, link: "PersonalLink") -> HttpResponse:
    """Keep whether the person may be in the recording; then the page goes on to the meeting."""
    if _has_place(link):
        recorded.keep_answer(
            request.POST, link.event, person_id=link.person_id, where="join",
            by=links.holder(link), at=edge.moment(request),
        )  # fmt: skip
    return HttpResponseRedirect(_address(link))


def _has_place(link: "PersonalLink") -> bool:
    row = registration.standing_of(link.event_id, link.person_id)
    return row is not None and row.state == "registered"


def _show(
    request: HttpRequest, link: "PersonalLink", *, refusal: DomainError | None = None
) -> HttpResponse:
    at = edge.moment(request)
    here = joining.standing(link, at=at)
    second = request.method == "GET" and joining.holds_pass(link, request.GET.get("go", ""))
    if here.ask == "open" and second:
        return HttpResponseRedirect(joining.go_on(link, here.part, at=at))
    address = _address(link)
    onward = f"{address}?go={joining.pass_for(link)}" if here.ask == "open" else ""
    values = {
        "here": here,
        "onward": onward,
        "note": _note(here.part) if here.ask in {"early", "open"} else "",
        "place_page": reverse("personal_link", args=[links.token_of(link)]),
        "event_page": addresses.page_of(here.event.slug),
        "refusal": edge.sentence(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    response = render(request, "doors/join/page.html", values, status=status)
    if onward and refusal is None:
        response.headers["Refresh"] = f"{OPEN_SECONDS}; url={onward}"
    elif here.ask == "early":
        response.headers["Refresh"] = str(WAIT_SECONDS)
    return response


def _note(part: "Part") -> str:
    """What has to be said about where the link leads, in the reader's language."""
    said: str = contributed.link("note")(part.join_url, event_id=part.event_id)
    return said


@require_safe
def go(request: HttpRequest, part_id: int) -> HttpResponse:
    """The way in from a shared calendar: asks once who it is, then leads to the personal page."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        values = {"sign_in": addresses.sign_in(request.get_full_path())}
        return _private(render(request, "doors/join/who.html", values))
    part = programme.find_part(part_id)
    if part is None or not policies.may_see(by, part.event):
        raise Missing
    row = registration.standing_of(part.event_id, by.person_id)
    if row is None or row.state == "cancelled":
        return HttpResponseRedirect(reverse("register", args=[part.event.slug]))
    link = links.link_for(event_id=part.event_id, person_id=by.person_id, at=at)
    return _private(HttpResponseRedirect(_address(link)))
