"""Places and registrations as the API answers them."""

from collections.abc import Sequence
from datetime import datetime

from events.interface.shapes import Moment, Shape, link
from events.networks.models import School
from events.registration import queries
from events.registration.colleagues import Preview
from events.registration.matching import Line
from events.registration.models import RecordingWish, Registration
from events.registration.queries import Places


class PlacesShape(Shape):
    """The places of one way; null stands for no limit."""

    way: str
    capacity: int | None
    taken: int
    waiting: int
    free: int | None


class RegistrationShape(Shape):
    """One person's place, or wait for one; `position` counts those who wait from 1."""

    event_id: int
    person_id: int
    name: str
    way: str
    state: str
    position: int | None
    walk_in: bool
    registered_at: datetime
    links: dict[str, str]


class EntryShape(Shape):
    """One line of a roster."""

    person_id: int
    name: str
    school_id: int | None
    school: str
    way: str
    state: str
    walk_in: bool


class WatcherShape(Shape):
    """Somebody who asked for the recording alone."""

    person_id: int
    name: str
    school_id: int | None
    asked_at: datetime


class MineShape(Shape):
    """One of my registrations with its event."""

    event_id: int
    title: str
    starts: Moment
    way: str
    state: str
    links: dict[str, str]


class CandidateShape(Shape):
    """Somebody a pasted name may mean."""

    person_id: int
    name: str


class NameShape(Shape):
    """A pasted name: known, new, or doubtful with the people it may mean."""

    number: int
    name: str
    email: str
    fit: str
    candidates: list[CandidateShape]


class NamesShape(Shape):
    """What registering a pasted list would do, and what cannot be read."""

    names: list[NameShape]
    problems: list[str]


class RegisteredShape(Shape):
    """What was done with a list, by person ids."""

    registered: list[int]
    waiting: list[int]
    added: list[int]


def places(rows: Sequence[Places]) -> list[PlacesShape]:
    """The ways an event offers."""
    return [
        PlacesShape(
            way=row.way, capacity=row.capacity, taken=row.taken, waiting=row.waiting, free=row.free
        )
        for row in rows
    ]


def registration(row: Registration) -> RegistrationShape:
    """One registration."""
    waits = row.state == Registration.State.WAITING
    return RegistrationShape(
        event_id=row.event_id, person_id=row.person_id, name=row.person.name, way=row.way,
        state=row.state, position=queries.position_of(row) if waits else None,
        walk_in=row.walk_in, registered_at=row.registered_at,
        links={"event": link("events", row.event_id)},
    )  # fmt: skip


def entries(rows: Sequence[Registration]) -> list[EntryShape]:
    """Lines of a roster with their schools, in one more query."""
    schools = School.objects.in_bulk({row.school_id for row in rows if row.school_id})
    return [
        EntryShape(
            person_id=row.person_id, name=row.person.name, school_id=row.school_id,
            school=schools[row.school_id].name if row.school_id in schools else "",
            way=row.way, state=row.state, walk_in=row.walk_in,
        )
        for row in rows
    ]  # fmt: skip


def watchers(rows: Sequence[RecordingWish]) -> list[WatcherShape]:
    """Who asked for the recording alone."""
    return [
        WatcherShape(
            person_id=row.person_id, name=row.person.name, school_id=row.school_id,
            asked_at=row.asked_at,
        )
        for row in rows
    ]  # fmt: skip


def mine(rows: Sequence[Registration]) -> list[MineShape]:
    """My registrations with their events."""
    return [
        MineShape(
            event_id=row.event_id, title=row.event.title,
            starts=Moment.of(row.event.starts_at, next(iter(row.event.parts.all())).zone),
            way=row.way, state=row.state, links={"event": link("events", row.event_id)},
        )
        for row in rows
    ]  # fmt: skip


def names(found: Preview, problems: list[str]) -> NamesShape:
    """A preview of a pasted list."""
    return NamesShape(names=[_name(line) for line in found.lines], problems=problems)


def _name(line: Line) -> NameShape:
    return NameShape(
        number=line.pasted.number, name=line.pasted.name, email=line.pasted.email,
        fit=line.fit.value,
        candidates=[
            CandidateShape(person_id=one.person_id, name=one.name) for one in line.candidates
        ],
    )  # fmt: skip
