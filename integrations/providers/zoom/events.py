"""Zoom's notices as plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from integrations.ports import Denied, RecordingFile
from integrations.providers.zoom import recordings
from integrations.providers.zoom.values import instant, text

VALIDATION = "endpoint.url_validation"
JOINED = frozenset({"meeting.participant_joined", "webinar.participant_joined"})
LEFT = frozenset({"meeting.participant_left", "webinar.participant_left"})
ENDED = frozenset({"meeting.ended", "webinar.ended"})
RECORDED = frozenset({"recording.completed"})
KINDS = {
    **dict.fromkeys(JOINED, "joined"), **dict.fromkeys(LEFT, "left"),
    **dict.fromkeys(ENDED, "ended"), **dict.fromkeys(RECORDED, "recorded"),
    VALIDATION: "validation",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Who joined or left. `session` is the id of one browser, `registrant` that of a registration."""

    session: str
    name: str
    email: str = ""
    registrant: str = ""
    remote_person: str = ""
    ours: str = ""


@dataclass(frozen=True)
class Event:
    """A notice. `kind`: joined, left, ended, recorded, validation or other.

    `key` is the same for a notice that is sent again. `plain` is what a validation asks back, `files`
    are the recordings of a meeting that was recorded.
    """

    kind: str
    key: str
    account: str = ""
    meeting: str = ""
    uuid: str = ""
    at: datetime | None = None
    person: Person | None = None
    plain: str = ""
    files: tuple[RecordingFile, ...] = ()


def read(body: bytes) -> Event:
    """The notice in a body whose signature is true; raises Denied for a body of another form."""
    code = "request_refused"
    try:
        told = json.loads(body)
        name, payload = str(told["event"]), dict(told["payload"])
        thing = dict(payload.get("object") or {})
        person = _person(thing["participant"]) if "participant" in thing else None
        files = recordings.files(thing) if name in RECORDED else ()
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise Denied(code, "The body is no notice of Zoom.") from trouble
    session = person.session if person else ""
    uuid = text(thing.get("uuid"))
    return Event(
        kind=KINDS.get(name, "other"), account=text(payload.get("account_id")),
        key=f"{name}:{text(told.get('event_ts'))}:{uuid}:{session}", meeting=text(thing.get("id")),
        uuid=uuid, at=_at(thing, told), person=person, plain=text(payload.get("plainToken")),
        files=files,
    )  # fmt: skip


def _person(found: Mapping[str, object]) -> Person:
    return Person(
        session=text(found.get("participant_uuid")) or text(found.get("user_id")),
        name=text(found.get("user_name")), email=text(found.get("email")),
        registrant=text(found.get("registrant_id")),
        remote_person=text(found.get("participant_user_id")) or text(found.get("id")),
        ours=text(found.get("customer_key")),
    )  # fmt: skip


def _at(thing: Mapping[str, object], told: Mapping[str, object]) -> datetime | None:
    """When it happened: as the person's or the meeting's own time, else when it was told."""
    person = thing.get("participant")
    nearest = person if isinstance(person, Mapping) else thing
    for name in ("join_time", "leave_time", "end_time"):
        found = instant(nearest.get(name))
        if found is not None:
            return found
    millis = told.get("event_ts")
    return datetime.fromtimestamp(millis / 1000, tz=UTC) if isinstance(millis, int) else None
