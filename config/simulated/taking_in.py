"""Accounts the simulators do not know yet: their calendars are made from our own rows of them.

So it is after the demo was loaded, and where the file of the simulators is missing: nothing of ours
is lost over there, and nobody is asked about it.
"""

import hashlib
import re
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from config.simulated.board import Board
from integrations.accounts import queries as accounts
from integrations.accounts.simulated import is_marked
from integrations.providers.google import payloads as google
from integrations.providers.microsoft import payloads as microsoft
from integrations.simulators.google.calls import stamp
from integrations.simulators.google.tokens import Grant
from integrations.simulators.google.world import MEET, Book, Entry
from integrations.simulators.microsoft import times
from integrations.simulators.microsoft.world import Event
from integrations.sync import channels, standing
from integrations.sync.standing import Standing

if TYPE_CHECKING:
    from integrations.accounts.models import Account

ETAG = re.compile(r'W/"([0-9a-f]{8})([0-9]{6})AAA=="')
REFRESH = "refresh"


def acquaint(board: Board, *, at: datetime) -> int:
    """Take in the calendars of marked accounts that the board does not know; returns how many."""
    new = [one for one in simulated() if take_in(board, one)]
    for account in new:
        if account.provider in {"microsoft", "google"}:
            channels.lost(account.pk, at=at)
    return len(new)


def take_in(board: Board, account: "Account") -> bool:
    """Let the board know an account, with its entries where it is new; whether it was."""
    if account.provider == "google":
        scopes = frozenset(board.google.tokens.granted)
        board.google.tokens.refresh[REFRESH] = Grant(account.calendar, scopes)
    if mark(account) in board.known:
        return False
    entries = standing.entries(account.pk)
    if account.provider == "microsoft":
        _take_in_microsoft(board, account, entries)
    elif account.provider == "google":
        _take_in_google(board, account, entries)
    board.known.add(mark(account))
    return True


def simulated() -> "list[Account]":
    """The accounts that stand at the simulators, oldest first."""
    return [one for one in accounts.working() if is_marked(one.options)]


def mark(account: "Account") -> str:
    """Names an account of this database and of no other: its credentials are sealed but once."""
    return f"{account.pk}-{hashlib.sha256(bytes(account.sealed or b'')).hexdigest()[:16]}"


def _take_in_microsoft(board: Board, account: "Account", entries: list[Standing]) -> None:
    world = board.microsoft.world
    world.mailboxes = [box for box in world.mailboxes if box.address != account.calendar]
    box = world.add_mailbox(account.calendar, account.name)
    for entry in entries:
        event = _event(entry, box.tick())
        box.events[entry.remote_id] = event
        box.transactions[event.transaction] = entry.remote_id
        box.contents[event.transaction] = ""
    box.ticks = max([box.ticks, *(one.number for one in box.events.values())])


def _event(entry: Standing, tick: int) -> Event:
    match = ETAG.fullmatch(entry.etag)
    values: dict[str, Any] = {
        "subject": entry.title, "location": {"displayName": entry.place},
        "start": times.write(entry.starts_at), "end": times.write(entry.ends_at),
        "body": {"contentType": "html", "content": entry.join_url},
    }  # fmt: skip
    return Event(
        entry.remote_id, int(match[1], 16) if match else tick, entry.starts_at, entry.ends_at,
        values, {microsoft.PROPERTY: entry.key}, str(uuid.UUID(hex=entry.key)),
        entry.starts_at if entry.join_url else None, entry.join_url,
        version=int(match[2]) if match else 1, changed=tick,
    )  # fmt: skip


def _take_in_google(board: Board, account: "Account", entries: list[Standing]) -> None:
    world = board.google.world
    book = world.books[account.calendar] = Book(account.calendar)
    for entry in entries:
        digits = entry.etag.strip('"')
        changed = int(digits) // 2000 if digits.isdecimal() else 0
        world.change = max(world.change, changed)
        book.entries[entry.remote_id] = Entry(_google_event(board, account, entry), changed)


def _google_event(board: Board, account: "Account", entry: Standing) -> dict[str, Any]:
    zone = {"timeZone": entry.zone}
    person = {"email": account.calendar, "self": True}
    event: dict[str, Any] = {
        "kind": "calendar#event", "id": entry.remote_id, "status": "confirmed", "sequence": 0,
        "etag": entry.etag, "iCalUID": f"{entry.remote_id}@google.com", "summary": entry.title,
        "location": entry.place, "creator": person, "organizer": person, "eventType": "default",
        "start": {"dateTime": entry.starts_at.isoformat(), **zone},
        "end": {"dateTime": entry.ends_at.isoformat(), **zone},
        "created": stamp(board.clock()), "updated": stamp(board.clock()),
        "extendedProperties": {"private": {google.PROPERTY: entry.key}},
        "reminders": {"useDefault": True},
    }  # fmt: skip
    return event | (_conference(board, entry.join_url) if entry.join_url else {})


def _conference(board: Board, link: str) -> dict[str, Any]:
    spaces = board.google.world.spaces
    code, name = link.rpartition("/")[2], f"spaces/Sp{len(spaces) + 1:06d}"
    spaces[name] = {"name": name, "meetingUri": link, "meetingCode": code}
    return {
        "hangoutLink": link,
        "conferenceData": {
            "conferenceId": code, "entryPoints": [{"entryPointType": "video", "uri": link}],
            "conferenceSolution": {"key": {"type": MEET}, "name": "Google Meet"},
        },
    }  # fmt: skip
