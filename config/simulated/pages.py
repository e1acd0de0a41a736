"""The pages on which a visitor plays the far side: calendars, meetings and rooms."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from config.simulated import calendars, meetings, web
from config.simulated.board import Board
from integrations.accounts import words
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.messages import Answer, Request

Page = Callable[[Board, Request, str], Answer]
MEET = re.compile(r"/([a-z]{3}-[a-z]{4}-[a-z]{3})")


@dataclass(frozen=True)
class Here:
    """Which path leads to which page; the first group of the pattern is handed on."""

    pattern: re.Pattern[str]
    page: Page


def answer(board: Board, request: Request) -> Answer:
    """Answer a request that is for no simulator."""
    if not web.is_from_here(board, request):
        return web.page(board, request, "missing", {}, status=403)
    if request.path.startswith(web.STATIC):
        return web.static(request) or _missing(board, request)
    for here in TABLE:
        match = here.pattern.fullmatch(request.path)
        if match and request.method in {"GET", "POST"}:
            return here.page(board, request, match[1] if match.groups() else "")
    return _missing(board, request)


def _missing(board: Board, request: Request) -> Answer:
    return web.page(board, request, "missing", {}, status=404)


def _index(board: Board, request: Request, _: str) -> Answer:
    return web.page(board, request, "index", {"books": calendars.books()})


def _calendar(board: Board, request: Request, number: str) -> Answer:
    book = next((one for one in calendars.books() if str(one.account_id) == number), None)
    if book is None:
        return _missing(board, request)
    if request.method == "POST":
        return _deed(board, request, book)
    values = {"book": book, "rows": calendars.rows(board, book), "now": board.clock()}
    return web.page(board, request, "calendar", values)


def _deed(board: Board, request: Request, book: calendars.Book) -> Answer:
    form = request.form()
    calendars.carry_out(board, book, form.get("entry", ""), form.get("do", ""))
    return web.see_other(request.path)


def _meeting(board: Board, request: Request, _: str) -> Answer:
    """The way into a meeting of Teams or Meet: nobody is there, but it can be held."""
    link = _link(board, request)
    found, now = meetings.occasion_at(link), board.clock()
    if found is None:
        return _missing(board, request)
    begun, held = found.starts_at < now, meetings.is_held(board, link)
    if request.method == "POST":
        if begun and not held:
            end = min(found.ends_at, now)
            guests = meetings.guests_of(found.event_id, starts_at=found.starts_at, ends_at=end)
            meetings.hold(board, link, guests, start=found.starts_at, end=end)
        return web.see_other(_path(request))
    service = "Google Meet" if MEET.fullmatch(request.path) else "Microsoft Teams"
    values = {
        "found": found,
        "begun": begun,
        "held": held,
        "product": service,
        "path": _path(request),
    }
    return web.page(board, request, "meeting", values)


def _path(request: Request) -> str:
    return quote(request.path, safe="/") + (f"?{request.raw_query}" if request.raw_query else "")


def _link(board: Board, request: Request) -> str:
    """The link as it was given out; its query is part of it."""
    return f"{board.home}{_path(request)}"


def _room(board: Board, request: Request, _: str) -> Answer:
    """A room of BigBlueButton as somebody who came in sees it; who ends it lets the report be sent."""
    token, server = request.query.get("sessionToken", ""), board.bigbluebutton
    server.tidy()
    everywhere = [*server.rooms.meetings.values(), *server.past.values()]
    pairs = ((room, seat) for room in everywhere for seat in room.seats if seat.token == token)
    room, seat = next(pairs, (None, None))
    if room is None or seat is None:
        return _missing(board, request)
    open_ = room.key in server.rooms.meetings and not room.ended
    if request.method == "POST" and open_:
        _leave(server, room.key, seat.user_id, ends=request.form().get("do") == "end")
    if request.method == "POST":
        return web.see_other(_path(request))
    values = {
        "room": room, "seat": seat, "open": open_, "product": words.PROVIDERS["bigbluebutton"],
        "path": _path(request), "name": room.values["name"],
    }  # fmt: skip
    return web.page(board, request, "room", values)


def _leave(server: BigBlueButton, key: str, user_id: str, *, ends: bool) -> None:
    hand = Hand(server)
    if ends:
        hand.end(key)
        hand.report(key)
    else:
        hand.leave(key, user_id=user_id)


TABLE = (
    Here(re.compile(r"/"), _index),
    Here(re.compile(r"/calendars/(\d{1,18})/"), _calendar),
    Here(re.compile(r"/l/meetup-join/(.+)"), _meeting),
    Here(MEET, _meeting),
    Here(re.compile(r"/html5client/"), _room),
)
