"""Where a school lies, as a row says it."""

import re

from events.networks.rosters.problems import RowReader
from events.networks.rosters.sniffing import degrees

_SHOWN = 40
_HIGHEST = {"latitude": 90.0, "longitude": 180.0}


def coordinates(reader: RowReader) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, or None for both."""
    both = reader.text("coordinates")
    if parts := re.fullmatch(r"([-+]?\d+\.\d+)[\s,;]+([-+]?\d+\.\d+)", both):
        pair = _degree(reader, "latitude", parts[1]), _degree(reader, "longitude", parts[2])
    else:
        written = (reader.text("latitude", _SHOWN), reader.text("longitude", _SHOWN))
        if bool(written[0]) != bool(written[1]):
            reader.note("latitude", "coordinate_alone")
        pair = (
            _degree(reader, "latitude", written[0]),
            _degree(reader, "longitude", written[1]),
        )
    return pair if None not in pair else (None, None)


def _degree(reader: RowReader, field: str, written: str) -> float | None:
    if not written:
        return None
    value = degrees(written)
    if value is None or abs(value) > _HIGHEST[field]:
        reader.note(field, "coordinate_odd", value=written, field=field)
        return None
    return value
