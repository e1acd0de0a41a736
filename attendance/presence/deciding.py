"""Decide the borderline cases: a correction of just the minutes that make the decision true."""

from datetime import UTC, datetime, timedelta

from attendance.presence import board, commands, policies, rules
from attendance.presence.board import Board, Row
from attendance.presence.evidence import Mode, Status
from attendance.presence.models import SightingRow
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
    starts_at, ends_at = _span(event_id, row, verdict, at=at)
    return commands.correct(
        event_id, person_id=person_id, mode=_mode(row), starts_at=starts_at, ends_at=ends_at,
        reason=reason, by=by, at=at,
    )  # fmt: skip


def _span(event_id: int, row: Row, verdict: str, *, at: datetime) -> tuple[datetime, datetime]:
    setting = board.setting_of(event_id, at=at)
    _, needed = rules.asked_and_needed(timetable=setting.timetable, rule=setting.rule)
    counted = row.verdict.counted_ms
    length = max(counted, needed) if verdict == CREDIT else min(counted, needed - 60_000)
    first = min(one.start for one in row.verdict.spans)
    start = min(first, setting.end - length)
    return instant(start), instant(start + length)


def instant(milliseconds: int) -> datetime:
    """Milliseconds since 1970 UTC as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _mode(row: Row) -> Mode:
    mostly_online = row.verdict.minutes_online > row.verdict.minutes_room
    return Mode.ONLINE if mostly_online else Mode.ROOM


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
