"""What each deed on a series says to one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from events.backstage.post import Draft
from events.invitations.parts import CalendarPart
from events.invitations.seriesentries import was_entry
from events.kernel.zones import instant
from events.programme.models import Part, Series
from events.registration import occasions
from events.registration.models import Registration
from events.registration.readers import Reader
from events.registration.series import calendars, letters, readers
from events.registration.series.letters import Told

REGISTERED = Registration.State.REGISTERED
Was = Sequence[object]


@dataclass(frozen=True)
class Deed:
    """An edit as its letters need it: which dates it touched, and how calendars knew them."""

    row: Series
    prefix: str
    event_ids: frozenset[int]
    cancelled: frozenset[int]
    before: datetime
    former: Series | None = None
    was: dict[int, Was] = field(default_factory=dict)

    @property
    def all_ids(self) -> frozenset[int]:
        """Every date somebody may hold."""
        return self.event_ids | self.cancelled


def drafts(deed: Deed, reader: Reader, *, at: datetime) -> list[Draft]:
    """The letters of one edit to one person: one, or two when dates went over to a new series."""
    rows = readers.rows_on(deed.all_ids, reader.address.person_id)
    told = readers.told(deed.row, reader, rows[0].event_id, at=at)
    on = [one for one in rows if one.event_id not in deed.cancelled]
    off = [one for one in rows if one.event_id in deed.cancelled]
    if not deed.event_ids:
        return [_called_off(deed, told, off, at=at)]
    if deed.former is None:
        return [_changed(deed, told, on, off, at=at)]
    return _gone_over(deed, told, on, off, at=at)


def _purpose(deed: Deed, told: Told, what: str) -> str:
    return f"{deed.prefix}{told.reader.address.person_id}:{what}"


def _called_off(deed: Deed, told: Told, off: Sequence[Registration], *, at: datetime) -> Draft:
    enclosed = calendars.gone(_entries(off, told), told.reader, at=at)
    reason, parts = off[0].event.cancel_reason, readers.parts_of(off)
    purpose = _purpose(deed, told, "off")
    return letters.called_off(told, parts, reason, enclosed, purpose=purpose)


def _entries(rows: Sequence[Registration], told: Told) -> list[CalendarPart]:
    return [calendars.entry_of(one, told.this) for one in rows if one.state == REGISTERED]


def _changed(
    deed: Deed, told: Told, on: Sequence[Registration], off: Sequence[Registration], *, at: datetime
) -> Draft:
    enclosed = calendars.request(deed.row, told.reader, told.this, at=at)
    if not enclosed.ics:
        enclosed = calendars.gone(_entries(off, told), told.reader, at=at)
    parts = readers.parts_of(on), readers.parts_of(off)
    return letters.changed(told, *parts, enclosed, purpose=_purpose(deed, told, "changed"))


def _gone_over(
    deed: Deed, told: Told, on: Sequence[Registration], off: Sequence[Registration], *, at: datetime
) -> list[Draft]:
    """First what leaves the calendar, then what stands there instead: a message has one method."""
    found = []
    old = [*_old_entries(deed, told, on), *_entries(off, told)]
    if old:
        enclosed = calendars.gone(old, told.reader, at=at)
        lines = [_line(entry) for entry in old]
        found.append(letters.left(told, lines, enclosed, purpose=_purpose(deed, told, "left")))
    if on or not old:
        found.append(_changed(deed, told, on, off, at=at))
    return found


def _old_entries(deed: Deed, told: Told, on: Sequence[Registration]) -> list[CalendarPart]:
    if deed.former is None:
        return []
    return [
        was_entry(
            deed.former, calendars.entry_of(one, told.this), deed.was[one.event_id],
            raised=one.sequence,
        )
        for one in on
        if one.state == REGISTERED and one.event_id in deed.was
    ]  # fmt: skip


def _line(entry: CalendarPart) -> str:
    start = instant(entry.start_local, entry.zone)
    length: timedelta = entry.end_local - entry.start_local
    return occasions.when(Part(starts_at=start, ends_at=start + length, zone=entry.zone))
