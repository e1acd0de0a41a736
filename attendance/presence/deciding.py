"""Decide the borderline cases: a correction of just the minutes that make the decision true."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from attendance.presence import board, commands, intervals, policies, queries, rules
from attendance.presence.board import Board, Row
from attendance.presence.evidence import Mode, Status
from attendance.presence.intervals import MINUTE_MS, Line, Pair
from attendance.presence.models import ReportImport, SightingRow
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing
from events.kernel.words import gettext_noop
from events.programme import commands as programme
from events.programme import queries as events
from events.programme import states

CREDIT, REFUSE = "credit", "refuse"


class NothingToDecide(DomainError):
    """Only borderline cases are decided by a press of a button."""

    code = "nothing_to_decide"
    status = 409
    sentence = gettext_noop("This is no longer borderline. Correct the time instead.")


def decide(
    event_id: int, *, person_id: int, verdict: str, reason: str, by: Actor, at: datetime
) -> SightingRow:
    """Credit a borderline person, or not, as a correction of their time with a reason.

    Credited: at least the minutes that are needed, from when they were first seen. Not credited:
    at most one minute less than needed. Raises NothingToDecide where it is not borderline.
    """
    event = events.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    found = board.board(event_id, at=at)
    row = next((one for one in found.rows if one.person_id == person_id), None)
    if row is None or verdict not in {CREDIT, REFUSE}:
        raise Missing
    if row.verdict.status is not Status.REVIEW:
        raise NothingToDecide
    spans = _spans(event_id, row, verdict, at=at)
    made = [
        commands.correct(
            event_id, person_id=person_id, mode=_mode(row), starts_at=instant(start),
            ends_at=instant(end), reason=reason, by=by, at=at, part_id=part_id,
        )
        for part_id, (start, end) in spans.items()
    ]  # fmt: skip
    return made[-1]


def _spans(event_id: int, row: Row, verdict: str, *, at: datetime) -> dict[int, Pair]:
    """Stays that make the decision true, by part, the fewest parts that will do."""
    setting = board.setting_of(event_id, at=at)
    _, needed = rules.asked_and_needed(timetables=setting.timetables.values(), rule=setting.rule)
    missing = max(0, needed - row.verdict.counted_ms)
    if verdict == REFUSE:
        missing = min(0, needed - MINUTE_MS - row.verdict.counted_ms)
    line = intervals.union((one.start, one.end) for one in row.verdict.spans)
    stays = [
        (part_id, plan, intervals.clip(line, start=plan[0], end=plan[1]))
        for part_id, plan in zip(setting.timetables, setting.parts, strict=True)
    ]
    return _mended(sorted(stays, key=lambda stay: not stay[2]), missing)


def _mended(stays: list[tuple[int, Pair, Line]], missing: int) -> dict[int, Pair]:
    """Stays made longer (or shorter) by `missing` milliseconds in all, each within its part."""
    found: dict[int, Pair] = {}
    for part_id, plan, there in stays:
        if found and not missing:
            break
        counted = intervals.length(there)
        length = max(0, min(plan[1] - plan[0], counted + missing))
        missing -= length - counted
        start = min(there[0][0] if there else plan[0], plan[1] - length)
        found[part_id] = (start, start + length)
    return found


def instant(milliseconds: int) -> datetime:
    """Milliseconds since 1970 UTC as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _mode(row: Row) -> Mode:
    mostly_online = row.verdict.minutes_online > row.verdict.minutes_room
    return Mode.ONLINE if mostly_online else Mode.ROOM


@dataclass(frozen=True)
class LooseEnds:
    """What is open before closing: people to name, reports not taken over, no evidence at all.

    `missing` says that a part was held online and no report of it is there.
    """

    unmatched: int
    reports: tuple[ReportImport, ...]
    nothing: bool
    missing: bool

    @property
    def any(self) -> bool:
        """Whether the organiser is asked once more."""
        return bool(self.unmatched or self.reports or self.nothing or self.missing)


def loose_ends(event_id: int) -> LooseEnds:
    """What is open at an event whose attendance is to be closed."""
    reports = list(queries.reports_of(event_id))
    online = any(part.join_url for part in events.parts_of(event_id))
    return LooseEnds(
        unmatched=queries.waiting(event_id),
        reports=tuple(one for one in reports if one.state != ReportImport.State.TAKEN),
        nothing=not queries.sightings_of(event_id), missing=online and not reports,
    )  # fmt: skip


def close(event_id: int, *, by: Actor, at: datetime) -> None:
    """Close the attendance of an event; closing again changes nothing."""
    event = events.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    if event.state != states.CLOSED:
        programme.close(event_id, by=by, at=at)


def being_counted(found: Board, *, state: str) -> bool:
    """Whether the organiser has closed but the verdicts are still to be written."""
    settlement = found.settlement
    return state == states.CLOSED and (settlement is None or settlement.state != "settled")
