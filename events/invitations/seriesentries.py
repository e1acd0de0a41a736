"""A series as one calendar object: a rule, what does not take place, what differs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from events.backstage import addresses
from events.invitations.entries import ALARM_MINUTES, original_start, place_of
from events.invitations.parts import CalendarPart, CalendarSeries
from events.places.models import Venue
from events.programme import occurrences, recurrence
from events.programme.models import Part, Series

Held = Sequence[tuple[Part, CalendarPart]]


def page_of(row: Series) -> str:
    """The path of a series' page."""
    return addresses.first("series", args=(row.slug,))


def series_of(
    row: Series, held: Held, *, organiser_name: str = "", organiser_address: str = "",
    online: bool = True,
) -> CalendarSeries:  # fmt: skip
    """The dates of a series that somebody holds, as a rule with exceptions.

    `held` pairs each of those dates with its own entry. Dates of the rule that are not held become
    EXDATE. A date that was moved or changed by hand, or has another way to take part, is an
    override; all others say what the master says. `online` tells whether the master has the
    online side.
    """
    master = _master(row, held, organiser_name, organiser_address, online=online)
    entries = {part.recurrence_id: (part, entry) for part, entry in held}
    starts = recurrence.starts(row.rrule, row.first)
    return CalendarSeries(
        master=master,
        rrule=row.rrule,
        overrides=tuple(
            replace(entry, recurrence_id=occurrences.original_of(part))
            for part, entry in entries.values()
            if _differs(row, part, entry, master)
        ),
        exdates=tuple(one for one in starts if occurrences.stamp(one) not in entries),
    )


def _master(
    row: Series, held: Held, organiser_name: str, organiser_address: str, *, online: bool
) -> CalendarPart:
    wish = occurrences.wish_for(row, row.first)
    venue = Venue.objects.filter(pk=wish.venue_id or 0).first()
    joined = online and wish.mode != "room" and bool(wish.join_url)
    page = addresses.absolute(page_of(row))
    return CalendarPart(
        uid=row.uid,
        sequence=row.sequence,
        summary=wish.title,
        description=wish.summary,
        start_local=row.first,
        end_local=row.first + timedelta(minutes=row.minutes),
        zone=row.zone,
        location=place_of(venue) if wish.mode != "online" else "",
        url=page,
        join_url=_way_in(row, wish.join_url) if joined else "",
        organizer_name=organiser_name,
        organizer_address=organiser_address,
        status="CONFIRMED",
        created_at=row.created_at,
        changed_at=max([row.changed_at, *(entry.changed_at for _, entry in held)]),
        language=wish.language,
        alarm_minutes=ALARM_MINUTES,
    )


def _way_in(row: Series, url: str) -> str:
    """One address for all dates; it opens the date that is on or next."""
    return addresses.absolute(addresses.first("series_go", args=(row.slug,))) or url


def _differs(row: Series, part: Part, entry: CalendarPart, master: CalendarPart) -> bool:
    if part.starts_wall != part.recurrence_id or part.zone != row.zone:
        return True
    plain = replace(
        entry, sequence=0, description="", recurrence_id=None, url="", join_url="",
        start_local=master.start_local, end_local=master.start_local + _length(entry),
        created_at=master.created_at, changed_at=master.changed_at,
    )  # fmt: skip
    same = replace(master, sequence=0, description="", url="", join_url="")
    return plain != same or bool(entry.join_url) != bool(master.join_url)


def _length(entry: CalendarPart) -> timedelta:
    return entry.end_local - entry.start_local


def was_entry(
    row: Series, entry: CalendarPart, was: Sequence[object], *, raised: int
) -> CalendarPart:
    """A date as calendars knew it under its former series; `was` as in `SeriesSplit`."""
    _, original, starts, zone, minutes, sequence = was
    start = datetime.fromisoformat(str(starts))
    known = Part(recurrence_id=str(original), zone=str(zone))
    return replace(
        entry,
        uid=row.uid,
        sequence=int(str(sequence)) + raised + 1,
        start_local=start,
        end_local=start + timedelta(minutes=int(str(minutes))),
        zone=str(zone),
        recurrence_id=original_start(known, row.zone),
    )
