"""Who was there, as the API answers it."""

from datetime import datetime

from attendance.presence.board import Board, Row
from attendance.presence.models import ReportImport, SightingRow
from events.interface.shapes import Shape, link


class ReasonShape(Shape):
    """One fact behind a verdict: a code and its values."""

    code: str
    values: dict[str, int | str]


class VerdictShape(Shape):
    """What somebody's evidence amounts to now. Status: present, partial, absent, excused, review."""

    person_id: int
    name: str
    school: str
    way: str
    registered: bool
    walk_in: bool
    status: str
    evidence: str
    minutes_counted: int
    minutes_planned: int
    minutes_room: int
    minutes_online: int
    percent: int
    reasons: list[ReasonShape]


class BoardShape(Shape):
    """Everybody of an event under its rule; a settled one was judged when it was closed."""

    event_id: int
    rule: str
    minutes_planned: int
    minutes_needed: int
    settled_at: datetime | None
    version: int
    items: list[VerdictShape]
    links: dict[str, str]


class SightingShape(Shape):
    """Somebody of a report who waits to be named."""

    id: int
    name: str
    email: str
    mode: str
    starts_at: datetime
    ends_at: datetime | None
    matched_by: str


class OptionShape(Shape):
    """An answer to the question of a report, with what it would mean."""

    value: str
    sample: str


class ReportShape(Shape):
    """A report that was handed in. State: asked (a question is open), ready, taken."""

    id: int
    file_name: str
    sha256: str
    state: str
    format: str
    people: int
    warnings: list[str]
    question: str
    options: list[OptionShape]
    at: datetime
    links: dict[str, str]


class Marked(Shape):
    """How many people a deed was for."""

    people: int


def board(event_id: int, found: Board) -> BoardShape:
    """The board of an event."""
    settled = found.settlement
    own = link("events", event_id)
    return BoardShape(
        event_id=event_id, rule=found.rule.version, minutes_planned=found.planned,
        minutes_needed=found.needed, settled_at=settled.settled_at if settled else None,
        version=settled.version if settled else 0, items=[_row(row) for row in found.rows],
        links={"self": f"{own}/board", "event": own, "reports": f"{own}/reports"},
    )  # fmt: skip


def _row(row: Row) -> VerdictShape:
    it = row.verdict
    return VerdictShape(
        person_id=row.person_id, name=row.name, school=row.school, way=row.way,
        registered=row.registered, walk_in=row.walk_in, status=it.status.value,
        evidence=it.evidence.value, minutes_counted=it.minutes_counted,
        minutes_planned=it.minutes_planned, minutes_room=it.minutes_room,
        minutes_online=it.minutes_online, percent=it.percent,
        reasons=[ReasonShape(code=one.code, values=dict(one.values)) for one in it.reasons],
    )  # fmt: skip


def sighting(row: SightingRow) -> SightingShape:
    """A sighting nobody has named yet."""
    return SightingShape(
        id=row.pk, name=row.seen_name, email=row.seen_email, mode=row.mode,
        starts_at=row.starts_at, ends_at=row.ends_at, matched_by=row.matched_by,
    )  # fmt: skip


def report(
    row: ReportImport, *, warnings: list[str], question: str, options: list[OptionShape]
) -> ReportShape:
    """A report with what was understood of it, in words."""
    return ReportShape(
        id=row.pk, file_name=row.file_name, sha256=row.sha256, state=row.state, format=row.format,
        people=row.people, warnings=warnings, question=question, options=options, at=row.at,
        links={"self": link("events", row.event_id, "reports", row.pk)},
    )  # fmt: skip
