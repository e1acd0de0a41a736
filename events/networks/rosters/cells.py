"""The cells of a workbook as the text a person sees."""

from datetime import date, datetime, time
from typing import Any


def _zero_format(cell: Any) -> int:
    """How many digits a format such as `00000` shows; 0 for any other format."""
    shown = str(getattr(cell, "number_format", "") or "")
    return len(shown) if shown and set(shown) == {"0"} and len(shown) > 1 else 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def lost_text(cell: Any) -> bool:
    """Whether a number may have lost leading zeros."""
    return _is_number(cell.value) and not _zero_format(cell)


def text_of(cell: Any) -> str:
    """What the cell shows; "" for a broken one."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004  exact below
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value).zfill(_zero_format(cell))
    return str(value)
