"""The calendars at the simulators as their pages show them, and what a hand does to an entry."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.simulated.board import Board
from config.simulated.taking_in import simulated
from integrations.providers.google import payloads as google
from integrations.providers.microsoft import payloads as microsoft
from integrations.simulators.google.events import moment
from integrations.sync import standing

NAMES = {"microsoft": "Microsoft Outlook", "google": "Google Calendar"}
PAST = timedelta(days=7)


@dataclass(frozen=True)
class Book:
    """One calendar."""

    account_id: int
    provider: str
    product: str
    name: str
    calendar: str


@dataclass(frozen=True)
class Row:
    """One entry: instants in UTC, `zone` for showing them; `event_id` is 0 for one that is not Kolega's."""

    entry: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    link: str
    key: str
    zone: str = "Europe/Zagreb"
    event_id: int = 0


def books() -> list[Book]:
    """The calendars of all accounts that stand here."""
    return [
        Book(one.pk, one.provider, NAMES[one.provider], one.name, one.calendar)
        for one in simulated() if one.provider in NAMES
    ]  # fmt: skip


def rows(board: Board, book: Book) -> list[Row]:
    """The entries of a calendar from a week ago on, by time."""
    found = _of_google(board, book) if book.provider == "google" else _of_microsoft(board, book)
    late = [one for one in found if one.ends_at > board.clock() - PAST]
    places = standing.places(one.key for one in late if one.key)
    made = [
        replace(one, event_id=places[one.key][0], zone=places[one.key][1])
        if one.key in places else one
        for one in late
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.starts_at, one.entry))


def _of_microsoft(board: Board, book: Book) -> list[Row]:
    box = board.microsoft.world.mailbox(book.calendar)
    return [
        Row(
            event.event_id, str(event.values.get("subject", "")),
            str(event.values.get("location", {}).get("displayName", "")), event.starts_at,
            event.ends_at, event.join_url, event.extended.get(microsoft.PROPERTY, ""),
        )
        for event in (box.events.values() if box else ())
    ]  # fmt: skip


def _of_google(board: Board, book: Book) -> list[Row]:
    kept = board.google.world.books.get(book.calendar)
    return [
        Row(
            event["id"], event.get("summary", ""), event.get("location", ""),
            moment(event["start"]), moment(event["end"]), event.get("hangoutLink", ""),
            event.get("extendedProperties", {}).get("private", {}).get(google.PROPERTY, ""),
            event["start"].get("timeZone", "UTC"),
        )
        for event in (kept.standing() if kept else ())
    ]  # fmt: skip


def carry_out(board: Board, book: Book, entry: str, deed: str) -> None:
    """Move or delete an entry as somebody in that calendar would; an unknown one is left alone."""
    row = next((one for one in rows(board, book) if one.entry == entry), None)
    if row is None:
        return
    hand = board.google.hand if book.provider == "google" else board.microsoft.hand
    if deed == "remove":
        hand.remove(entry)
    elif deed in MOVES:
        starts_at, ends_at = (MOVES[deed](at, row.zone) for at in (row.starts_at, row.ends_at))
        hand.move(entry, starts_at, ends_at)


def _on_the_wall(at: datetime, zone: str, by: timedelta) -> datetime:
    """The same time by the clock on the wall, a while later."""
    place = ZoneInfo(zone)
    wall = at.astimezone(place).replace(tzinfo=None) + by
    return wall.replace(tzinfo=place).astimezone(at.tzinfo)


Move = Callable[[datetime, str], datetime]
MOVES: dict[str, Move] = {
    "hour": lambda at, _: at + timedelta(hours=1),
    "day": lambda at, zone: _on_the_wall(at, zone, timedelta(days=1)),
}
