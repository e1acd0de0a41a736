"""Where somebody stands with the meeting of a part, and going on to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core import signing
from django.db import transaction

from attendance.doors.facts import JoinOpened
from events.backstage import contributed
from events.backstage.commands import record
from events.invitations import entries
from events.programme import queries as programme
from events.programme import states
from events.registration import queries as registration
from events.registration import recorded

if TYPE_CHECKING:
    from events.programme.models import Event, Part
    from events.registration.models import PersonalLink

OPENS = timedelta(minutes=10)
PASS_SECONDS = 300
SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True)
class Standing:
    """What the wait page shows. `ask` names the part of it to draw.

    `ask`: cancelled, ended, apart (no place), waiting (on the list), room, nolink, recorded (to be
    asked first whether one may be in the recording), early, open. `recorded`: yes, no, ask or nothing.
    """

    event: "Event"
    part: "Part"
    ask: str
    name: str
    way: str
    place: str
    opens_at: datetime
    other: str
    recorded: str = ""


def standing(link: "PersonalLink", *, at: datetime) -> Standing:
    """Where the holder of a link stands with the event's meeting at an instant."""
    event = programme.event_for_work(link.event_id)
    part = programme.part_near(programme.parts_of(event.pk), at=at)
    row = registration.standing_of(event.pk, link.person_id)
    held = row if row is not None and row.state != "cancelled" else None
    way = registration.way_in(part, held.way) if held else ""
    said = recorded.said(event, link.person_id) if held else ""
    ask = _over(event, at=at) or _place(held.state if held else "", way) or _meeting(part, at=at)
    if said == "ask" and ask in {"early", "open"}:
        ask = "recorded"
    return Standing(
        event=event, part=part, ask=ask, name=link.person.name, way=way,
        place=entries.place_of(part.venue) or (event.host_school.name if event.host_school else ""),
        opens_at=part.starts_at - OPENS,
        recorded=said,
        other={"room": "online", "online": "room"}.get(way, "") if part.mode == "hybrid" else "",
    )  # fmt: skip


def _over(event: "Event", *, at: datetime) -> str:
    if event.state == states.CANCELLED:
        return "cancelled"
    return "ended" if event.state == states.CLOSED or at >= event.ends_at else ""


def _place(state: str, way: str) -> str:
    if not state:
        return "apart"
    if state != "registered":
        return "waiting"
    return "room" if way == "room" else ""


def _meeting(part: "Part", *, at: datetime) -> str:
    if not leads_to_a_meeting(part.join_url):
        return "nolink"
    return "open" if at >= part.starts_at - OPENS else "early"


def leads_to_a_meeting(address: str) -> bool:
    """Whether the stored address is one a browser may be sent to."""
    found = urlsplit(address)
    return found.scheme in SCHEMES and bool(found.hostname)


def pass_for(link: "PersonalLink") -> str:
    """Proof that the wait page was opened inside the window: good for five minutes, for one link."""
    return signing.dumps(link.pk, salt="join")


def holds_pass(link: "PersonalLink", given: str) -> bool:
    """Whether a request brings the pass of its own wait page."""
    try:
        known: object = signing.loads(given, salt="join", max_age=PASS_SECONDS)
    except signing.BadSignature:
        return False
    return known == link.pk


@transaction.atomic
def go_on(link: "PersonalLink", part: "Part", *, at: datetime) -> str:
    """Note that somebody goes on to the meeting; gives its address, as the organiser entered it.

    Where the link is an address of ours, a room further out makes the way on from it.
    """
    record(JoinOpened(part_id=part.pk, person_id=link.person_id), at=at)
    return contributed.onward(part.join_url, part_id=part.pk, person_id=link.person_id, at=at)
