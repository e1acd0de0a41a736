"""What hooks tell of a meeting while it goes on, as sittings: the way to minutes without a report."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from integrations.ports import Attendee, Denied, Sitting
from integrations.ports.spans import pair
from integrations.providers.bigbluebutton.reports import NOT_OURS
from integrations.providers.bigbluebutton.times import of_millis

KINDS = frozenset({"meeting-created", "meeting-ended", "user-joined", "user-left"})


@dataclass(frozen=True)
class Happening:
    """One event of a meeting. `person` is the server's id of one browser in one session."""

    kind: str
    at: datetime
    meeting: str
    record: str
    person: str = ""
    ours: str = ""
    name: str = ""
    leads: bool = False


@dataclass
class _Seat:
    """One person's joins and leaves in one session."""

    name: str = ""
    ours: str = ""
    leads: bool = False
    joins: list[datetime] = field(default_factory=list)
    leaves: list[datetime] = field(default_factory=list)


def read(body: bytes) -> Sequence[Happening]:
    """The events in the body of a hook; those of other kinds are left out.

    Raises Denied for a body that is none of a hook.
    """
    code = "request_refused"
    try:
        fields = parse_qs(body.decode(), strict_parsing=True)
        found = [_happening(item["data"]) for item in _list(json.loads(fields["event"][0]))]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as trouble:
        raise Denied(code, "The body is none of a hook.") from trouble
    return [item for item in found if item is not None]


def _list(told: object) -> list[Any]:
    if not isinstance(told, list):
        raise TypeError(type(told).__name__)
    return told


def _happening(data: Mapping[str, Any]) -> Happening | None:
    meeting = data["attributes"].get("meeting", {})
    at = of_millis(data.get("event", {}).get("ts"))
    if data.get("id") not in KINDS or at is None:
        return None
    user = data["attributes"].get("user", {})
    given = str(user.get("external-user-id") or "")
    return Happening(
        kind=data["id"], at=at, meeting=str(meeting["external-meeting-id"]),
        record=str(meeting["internal-meeting-id"]), person=str(user.get("internal-user-id") or ""),
        ours="" if given.startswith(NOT_OURS) else given, name=str(user.get("name") or ""),
        leads=user.get("role") == "MODERATOR",
    )  # fmt: skip


def sittings(told: Iterable[Happening]) -> Sequence[Sitting]:
    """The sittings that events tell of, in order of their start.

    Events may come late, twice and in any order. While a meeting goes on, who is still in was there
    up to the last event that is known.
    """
    by_record: dict[str, list[Happening]] = defaultdict(list)
    for item in set(told):
        by_record[item.record].append(item)
    found = [_sitting(record, items) for record, items in by_record.items()]
    return sorted(found, key=lambda sitting: sitting.started_at)


def _sitting(record: str, told: Sequence[Happening]) -> Sitting:
    known = sorted(told, key=lambda item: item.at)
    ended = next((item.at for item in known if item.kind == "meeting-ended"), None)
    seats: dict[str, _Seat] = defaultdict(_Seat)
    for item in known:
        if item.person:
            _note(seats[item.person], item)
    last = ended or known[-1].at
    return Sitting(
        record_id=record, started_at=known[0].at, ended_at=ended,
        people=[
            Attendee(
                name=seat.name, ours=seat.ours, host=seat.leads,
                spans=pair(seat.joins, seat.leaves, end=last),
            )
            for seat in seats.values()
        ],
    )  # fmt: skip


def _note(seat: _Seat, item: Happening) -> None:
    seat.name = seat.name or item.name
    seat.ours = seat.ours or item.ours
    seat.leads = seat.leads or item.leads
    (seat.joins if item.kind == "user-joined" else seat.leaves).append(item.at)
