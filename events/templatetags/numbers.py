"""Numbers and their units, written for the reader's language.

Thousands stand apart by a narrow no-break space (ISO 80000-1), so 1 234 cannot be read as a
decimal in any of the languages; the decimal sign is the language's own.
"""

from decimal import Decimal

from django.utils import formats
from django.utils.numberformat import format as grouped
from django.utils.translation import gettext as _

NARROW = "\N{NARROW NO-BREAK SPACE}"

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


def percent(value: Number, decimals: int = 0) -> str:
    """As in "89 %"; `value` is already in percent and is cut, never rounded up over a threshold."""
    step = Decimal(10) ** -decimals
    cut = (Decimal(str(value)) // step) * step
    return _("%(number)s %%") % {"number": number(cut, decimals)}
