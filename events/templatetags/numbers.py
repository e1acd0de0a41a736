"""Numbers and their units, written for the reader's language.

Thousands stand apart by a narrow no-break space (ISO 80000-1), so 1 234 cannot be read as a
decimal in any of the languages; the decimal sign is the language's own.
"""

from decimal import Decimal

from django.utils import formats
from django.utils.numberformat import format as grouped
from django.utils.translation import gettext as _

NARROW = "\N{NARROW NO-BREAK SPACE}"
KILO, MEGA, GIGA = 10**3, 10**6, 10**9
SECOND, MINUTE = 1000, 60  # in milliseconds, in seconds
TEN = 100  # in tenths

Number = int | float | Decimal


def number(value: Number, decimals: int | None = None) -> str:
    """The number with the language's decimal sign; without `decimals`, as many as it has."""
    places = decimals
    if places is None and isinstance(value, float):
        value = Decimal(repr(value)).normalize()
    sign = formats.get_format("DECIMAL_SEPARATOR", use_l10n=True)
    return grouped(
        value, sign, places, grouping=3, thousand_sep=NARROW, force_grouping=True, use_l10n=False
    )


def minutes(value: int) -> str:
    """As in "133 min"."""
    return _("%(number)s min") % {"number": number(value)}


def hours(value: Number) -> str:
    """As in "2.5 h"; `value` is in hours."""
    return _("%(number)s h") % {"number": number(value)}


def duration(value: int) -> str:
    """A planned length given in minutes: "45 min", "2 h", "2 h 30 min"."""
    whole, rest = divmod(value, 60)
    if not whole:
        return minutes(value)
    if not rest:
        return hours(whole)
    words = {"hours": number(whole), "minutes": number(rest)}
    return _("%(hours)s h %(minutes)s min") % words


def lasting(ms: int) -> str:
    """A measured length given in milliseconds: "10 s" below a minute, else as `duration` says it.

    A second or minute that has begun counts as one.
    """
    seconds = -(-ms // SECOND)
    if seconds < MINUTE:
        return _("%(number)s s") % {"number": number(seconds)}
    return duration(-(-seconds // MINUTE))


def percent(value: Number, decimals: int = 0) -> str:
    """As in "89 %"; `value` is already in percent and is cut, never rounded up over a threshold."""
    step = Decimal(10) ** -decimals
    cut = (Decimal(str(value)) // step) * step
    return _("%(number)s %%") % {"number": number(cut, decimals)}


def file_size(value: int) -> str:
    """Bytes in units of 1000, as networks count them: "861 kB", "2 MB", "9.5 MB", "1.4 GB"."""
    if _tenths(value, KILO) < KILO * 10:
        return _("%(number)s kB") % {"number": _told(value, KILO)}
    if _tenths(value, MEGA) < KILO * 10:
        return _("%(number)s MB") % {"number": _told(value, MEGA)}
    return _("%(number)s GB") % {"number": _told(value, GIGA)}


def _told(value: int, unit: int) -> str:
    """To the nearest whole, below ten to the nearest tenth; what is there is never told as nothing."""
    tenths = max(_tenths(value, unit), 1 if value else 0)
    return number(tenths // 10) if tenths % 10 == 0 else number(Decimal(tenths) / 10, 1)


def _tenths(value: int, unit: int) -> int:
    tenths = (value * 10 + unit // 2) // unit
    return tenths if tenths < TEN else (value + unit // 2) // unit * 10
