"""What notices tell of a Zoom meeting, as sittings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from integrations.ports import Attendee, Sitting
from integrations.ports.spans import pair
from integrations.providers.zoom.events import Event


def sittings(told: Iterable[Event]) -> Sequence[Sitting]:
    """The sittings of one meeting, in order of their start.

    Notices may come late, twice and in any order; a join belongs to a leave of the same `session`. Who
    did not leave was there up to the end, or up to the last notice while the meeting goes on.
    """
    by_uuid: dict[str, list[Event]] = defaultdict(list)
    for event in set(told):
        if event.at is not None and event.kind in {"joined", "left", "ended"}:
            by_uuid[event.uuid].append(event)
    found = [_sitting(uuid, events) for uuid, events in by_uuid.items()]
    return sorted(found, key=lambda sitting: sitting.started_at)


def _sitting(uuid: str, told: Sequence[Event]) -> Sitting:
    instants = [event.at for event in told if event.at is not None]
    ended = max((event.at for event in told if event.at and event.kind == "ended"), default=None)
    sessions: dict[str, list[Event]] = defaultdict(list)
    for event in told:
        if event.person is not None:
            sessions[event.person.session].append(event)
    people = [_attendee(events, end=ended or max(instants)) for events in sessions.values()]
    return Sitting(
        record_id=uuid, started_at=min(instants), ended_at=ended,
        people=[person for person in people if person.spans],
    )  # fmt: skip


def _attendee(told: Sequence[Event], *, end: datetime) -> Attendee:
    instants = {
        kind: [event.at for event in told if event.at is not None and event.kind == kind]
        for kind in ("joined", "left")
    }
    person = next(event.person for event in told if event.person is not None)
    return Attendee(
        name=person.name, email=person.email, ours=person.ours, remote_person=person.remote_person,
        spans=pair(instants["joined"], instants["left"], end=end),
    )  # fmt: skip
