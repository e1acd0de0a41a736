"""The lines above the people in a Teams report, and where they contradict the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.presence.reports import durations, stamps
from attendance.presence.reports.clocks import Clock
from attendance.presence.reports.shapes import (
    Notice,
    ReportRefused,
    SeenPerson,
)
from attendance.presence.reports.stamps import Stamp
from attendance.presence.reports.text import Row

_SUMMARY_CELLS = 2
_AVERAGE_SLACK = 5
_WINDOW_STAMPS = 2
_COUNT_DIGITS = 5


@dataclass(frozen=True)
class Summary:
    """The lines above the people: what the file says of itself."""

    title: str
    count: int | None
    stamps: tuple[Stamp, ...]
    lengths: tuple[durations.Stated, ...]

    def window(self, clock: Clock) -> tuple[datetime | None, datetime | None]:
        """Start and end of the meeting, where both are printed."""
        if len(self.stamps) != _WINDOW_STAMPS:
            return None, None
        start = clock.instant(self.stamps[0])
        end = clock.instant(self.stamps[1], after=start)
        if end < start:
            raise ReportRefused("end_before_start", {"text": self.stamps[1].text})
        return start, end


def summary_of(rows: Sequence[Row]) -> Summary:
    """Title, count, start, end and lengths are told apart by what their cells are."""
    pairs = [row for row in rows if row.filled == _SUMMARY_CELLS]
    values = [row.cells[1] if row.cell(1) else "" for row in pairs]
    dated = [found for value in values if (found := stamps.parse(value)) is not None]
    count = [int(value) for value in values if value.isdecimal() and len(value) <= _COUNT_DIGITS]
    timed = [v for v in values if not v.isdecimal() and stamps.parse(v) is None]
    # The title is printed first, so that a meeting called "30 min" stays a title.
    title = next((value for value in timed if not _length_line(value, timed)), "")
    lengths = [length for one in timed if (length := durations.parse(one)) is not None]
    plain = "" if title == "null" else title
    return Summary(plain, count[0] if count else None, tuple(dated), tuple(lengths[-2:]))


def _length_line(value: str, values: list[str]) -> bool:
    return durations.parse(value) is not None and value in values[1:]


def contradictions(
    summary: Summary,
    everybody: tuple[SeenPerson, ...],
    start: datetime | None,
    end: datetime | None,
    *,
    rows: int,
    stated: bool = True,
) -> list[Notice]:
    """Where the summary says something else than its own table."""
    found = []
    if summary.count is not None and summary.count != len(everybody):
        values = {"stated": summary.count, "people": len(everybody), "rows": rows}
        found.append(Notice("count_differs", values))
    if start and end and summary.lengths:
        length = (end - start).total_seconds()
        if not summary.lengths[0].agrees(length):
            found.append(Notice("meeting_length_differs", {"measured": int(length)}))
    lengths = [one.stated_seconds for one in everybody if one.stated_seconds is not None]
    if stated and len(summary.lengths) > 1 and lengths:
        mean = sum(lengths) / len(lengths)
        if abs(summary.lengths[1].nearest(mean) - mean) > _AVERAGE_SLACK:
            found.append(Notice("average_differs", {"measured": int(mean)}))
    return found
