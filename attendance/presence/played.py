"""The rows of evidence of what somebody played or answered questions about, kept in step with it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from attendance.presence import intervals
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.intervals import Line, Pair, as_ms
from attendance.presence.models import SightingRow
from events.kernel.actors import Actor

if TYPE_CHECKING:
    from recordings.library.models import Recording

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVIDENCE = {
    SightingRow.Source.RECORDING: Evidence.MEASURED,
    SightingRow.Source.QUESTIONS: Evidence.ATTESTED,
}


def keep_in_step(
    recording: "Recording", wanted: Line, *, source: SightingRow.Source, person_id: int, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Make a person's rows of one source at the recording's part cover just these instants (ms).

    New parts are added as recorded at `at`. Where rows cover what is no longer wanted, all are
    written anew, and each keeps the moment at which as much was recorded before: to say that a
    recording began at another time does not make anything watched later.
    """
    there = SightingRow.objects.filter(
        part_id=recording.part_id, person_id=person_id, source=source, withdrawn_at__isnull=True
    )
    before = [row for row in there.order_by("starts_at", "pk") if row.ends_at]
    held = intervals.union(_span(row) for row in before)
    if intervals.subtract(held, wanted):
        there.update(withdrawn_at=at)
        new = list(_dated(wanted, before, at=at))
    else:
        new = [(span, at) for span in intervals.subtract(wanted, held)]
    SightingRow.objects.bulk_create(
        SightingRow(
            event_id=recording.event_id, part_id=recording.part_id, person_id=person_id,
            mode=Mode.RECORDING, starts_at=_instant(start), ends_at=_instant(end),
            evidence=EVIDENCE[source], source=source, by_id=by.person_id, recorded_at=recorded_at,
        )
        for (start, end), recorded_at in new
    )  # fmt: skip


def _dated(
    wanted: Line, before: Iterable[SightingRow], *, at: datetime
) -> Iterator[tuple[Pair, datetime]]:
    """The wanted spans with when they were recorded; as much as each row held keeps its moment."""
    rest = wanted
    for row in before:
        start, end = _span(row)
        mine = intervals.take(rest, at_most=end - start)
        rest = intervals.subtract(rest, mine)
        yield from ((span, row.recorded_at) for span in mine)
    yield from ((span, at) for span in rest)


def _span(row: SightingRow) -> Pair:
    return as_ms(row.starts_at), as_ms(row.ends_at or row.starts_at)


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
