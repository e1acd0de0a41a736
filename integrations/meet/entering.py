"""Into the room of a part: whose it is, who the visitor is there, and what its server says."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.cache import cache

from events.networks import queries as networks
from events.people import queries as people
from events.programme import policies
from events.registration import queries as registration
from integrations.accounts import health, noticing
from integrations.accounts import queries as accounts
from integrations.ports import Denied, Gone, Room, Rooms, Temporary, Visitor
from integrations.providers.bigbluebutton import callbacks
from integrations.sync import rooms

if TYPE_CHECKING:
    from events.programme.models import Part
    from integrations.sync.models import MeetingRoom

SECONDS = 3.0  # a person waits
# A server that did not answer is left alone, and a slow one holds up no more than these threads:
# the other pages stay as quick as ever.
AWAY_SECONDS, AT_ONCE, TURN_SECONDS = 5, 2, 0.3
_turns = threading.BoundedSemaphore(AT_ONCE)
NOTICES = ("ended", "report", "recording", "happened")


@dataclass(frozen=True)
class NoWay:
    """Nobody can be let in now. `again`: trying again may help; else a person has to act."""

    again: bool


def enter(part: "Part", person_id: int, *, at: datetime) -> str | NoWay:
    """The address at the server that lets a person in, made within three seconds."""
    room = rooms.room_of(part.pk, event_id=part.event_id, at=at)
    if room is None:
        return NoWay(again=False)
    try:
        with _turn(room):
            address = _asked(room, part, _visitor(part, person_id, at=at), at=at)
    except (Temporary, Gone):
        # A room that ended between two calls is made again by the next try.
        return NoWay(again=True)
    except Denied as trouble:
        health.note_trouble(room.account_id, trouble, at=at)
        return NoWay(again=False)
    if room.account.state != room.account.State.FINE:
        health.note_good(room.account_id, at=at)
    return address


@contextmanager
def _turn(room: "MeetingRoom") -> Iterator[None]:
    """One of few at a time, and nobody for some seconds after the server did not answer."""
    away = f"meet-away:{room.account_id}"
    if cache.get(away) or not _turns.acquire(timeout=TURN_SECONDS):
        code = "busy"
        raise Temporary(code)
    try:
        yield
    except Temporary:
        cache.set(away, 1, AWAY_SECONDS)
        raise
    finally:
        _turns.release()


def _asked(room: "MeetingRoom", part: "Part", visitor: Visitor, *, at: datetime) -> str:
    door: Rooms = accounts.adapter_of(room.account).rooms
    event = part.event
    wish = Room(
        key=room.key, name=event.title, recorded=event.recorded, notices=_notices(room)
    )  # fmt: skip
    return door.way_in(wish, visitor, at=at, within=SECONDS)


def _notices(room: "MeetingRoom") -> Mapping[str, str]:
    """Where the server tells of this room: each address has our mark, and is this room's alone."""
    if room.account.provider != "bigbluebutton":
        return {}
    secret = accounts.secrets_of(room.account).get("secret", "")
    return {
        about: noticing.address(
            room.account, about=about, meeting=room.key,
            mark=callbacks.mark(about, room.key, secret=secret),
        )
        for about in NOTICES
    }  # fmt: skip


def may_enter(part: "Part", person_id: int, *, at: datetime) -> bool:
    """Whether a person still has a place, or runs the event."""
    row = registration.standing_of(part.event_id, person_id)
    return (row is not None and row.state == "registered") or _leads(part, person_id, at=at)


def _leads(part: "Part", person_id: int, *, at: datetime) -> bool:
    person = people.active(person_id)
    return policies.may_run(networks.actor_for(person, at=at), part.event)


def _visitor(part: "Part", person_id: int, *, at: datetime) -> Visitor:
    """Who enters: known by their registration, so that what is told later finds them."""
    person = people.person(person_id)
    row = registration.standing_of(part.event_id, person_id)
    ours = str(row.pk) if row is not None else f"person-{person_id}"
    return Visitor(ours=ours, name=person.name, leads=_leads(part, person_id, at=at))
