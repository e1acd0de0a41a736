"""Days and times in words: weekday, day and month name, 24 hours, the zone named.

Every format is a message of its own, because word order and points differ between languages.
"""

from datetime import date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

DASH = "\N{EN DASH}"


class Timed(Protocol):
    """Anything with a span and an IANA zone, as parts of events are."""

    @property
    def starts_at(self) -> datetime:
        """First instant."""

    @property
    def ends_at(self) -> datetime:
        """First instant after it."""

    @property
    def zone(self) -> str:
        """IANA name of the zone it is planned in."""


def local(at: date, zone: str = "") -> date:
    """The instant on the wall clock of `zone` (else the current zone); a plain date stays."""
    if isinstance(at, datetime) and timezone.is_aware(at):
        clock: tzinfo = ZoneInfo(zone) if zone else timezone.get_current_timezone()
        return at.astimezone(clock)
    return at


def day(at: date, zone: str = "") -> str:
    """As in "Thursday 26 November 2026"."""
    # Translators: Django date format of a day with weekday and year; E is the month as in a date.
    return written(local(at, zone), pgettext("date format", "l j E Y"))


def short_day(at: date, zone: str = "") -> str:
    """As in "Thu 26 November"."""
    # Translators: Django date format of a day with short weekday, without the year.
    return written(local(at, zone), pgettext("date format", "D j E"))


def plain_day(at: date, zone: str = "") -> str:
    """As in "26 November 2026"."""
    # Translators: Django date format of a day without weekday.
    return written(local(at, zone), pgettext("date format", "j E Y"))


def month(at: date) -> str:
    """As in "November 2026"."""
    # Translators: Django date format of a month standing alone.
    return written(at, pgettext("date format", "F Y"))


def weekday(at: date) -> str:
    """As in "Thu"."""
    return written(at, "D")


def clock(at: date, zone: str = "") -> str:
    """As in "16:30" and "08:05"."""
    # Translators: Django date format of a time of day, 24 hours with two digits.
    return written(local(at, zone), pgettext("date format", "H:i"))


def moment(at: date, zone: str = "") -> str:
    """As in "Thursday 26 November 2026, 16:30"."""
    words = {"day": day(at, zone), "time": clock(at, zone)}
    return _("%(day)s, %(time)s") % words


def exact_moment(at: date, zone: str = "") -> str:
    """As in "Thursday 26 November 2026, 16:30:05"."""
    # Translators: Django date format of a time of day to the second.
    time = written(local(at, zone), pgettext("date format", "H:i:s"))
    return _("%(day)s, %(time)s") % {"day": day(at, zone), "time": time}


def span(starts: datetime, ends: datetime, zone: str = "") -> str:
    """As in "Thursday 26 November 2026, 16:30–19:00", or from one day to another."""
    if local(starts, zone).timetuple()[:3] == local(ends, zone).timetuple()[:3]:
        words = {"day": day(starts, zone), "from": clock(starts, zone), "to": clock(ends, zone)}
        return _("%(day)s, %(from)s–%(to)s") % words
    words = {"from": moment(starts, zone), "to": moment(ends, zone)}
    return _("%(from)s to %(to)s") % words


def day_span(first: date, last: date) -> str:
    """Days of a week or term: "16–22 November", or "30 November – 6 December"."""
    if (first.year, first.month) == (last.year, last.month):
        words = {"from": str(first.day), "to": short_date(last)}
        # Translators: two days of one month, as in 16–22 November.
        return _("%(from)s–%(to)s") % words
    words = {"from": short_date(first), "to": short_date(last)}
    # Translators: days of two months, as in 30 November – 6 December.
    return _("%(from)s – %(to)s") % words


def short_date(at: date, zone: str = "") -> str:
    """As in "26 November"."""
    # Translators: Django date format of a day without weekday and year.
    return written(local(at, zone), pgettext("date format", "j E"))


def zone_words(zone: str) -> str:
    """As in "Zagreb time": the zone by the name people use for it."""
    known = {
        "Europe/Zagreb": _("Zagreb time"),
        "Europe/Tirane": _("Tirana time"),
        "Europe/Skopje": _("Skopje time"),
        "Europe/Belgrade": _("Belgrade time"),
        "Europe/Budapest": _("Budapest time"),
        "Europe/Prague": _("Prague time"),
        "Europe/Rome": _("Rome time"),
        "Europe/Lisbon": _("Lisbon time"),
        "Europe/Brussels": _("Brussels time"),
    }
    city = zone.rpartition("/")[2].replace("_", " ")
    return known.get(zone) or _("%(city)s time") % {"city": city}


def elsewhere(part: Timed, zone: str) -> str:
    """The start on the reader's clock, or nothing when it reads the same there."""
    if not zone or local(part.starts_at, zone).timetuple()[:5] == _wall(part):
        return ""
    words = {"time": moment(part.starts_at, zone), "zone": zone_words(zone)}
    return _("For you: %(time)s, %(zone)s.") % words


def _wall(part: Timed) -> tuple[int, ...]:
    return local(part.starts_at, part.zone).timetuple()[:5]
