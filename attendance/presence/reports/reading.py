"""The one door: bytes of an attendance report of any known service, format found from content."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attendance.presence.reports import (
    bbb,
    bbb_dashboard,
    table,
    teams,
    teams_list,
    text,
    wide,
    zoom_totals,
)
from attendance.presence.reports.shapes import Asked, Report, ReportRefused

_WINDOW_LINES = 2
LARGEST_BYTES = 20 * 1024 * 1024


def read_report(
    data: bytes,
    *,
    file_name: str = "",
    zone: str,
    hint_date: date | None = None,
    date_order: str | None = None,
    waiting_column: str | None = None,
) -> Report:
    """People and their stays in UTC.

    `zone` is the IANA zone of printed times without offset; `hint_date` the day of the event;
    `date_order` and `waiting_column` are answers to an earlier NeedsAnswer. The file name is not
    evidence. Raises ReportRefused where anything is not understood, NeedsAnswer where the file has
    two readings; what is merely doubtful stands in `Report.warnings`.
    """
    del file_name
    if len(data) > LARGEST_BYTES:
        raise ReportRefused("file_too_large", {"megabytes": LARGEST_BYTES // 1024 // 1024})
    asked = Asked(_zone(zone), hint_date, date_order, waiting_column)
    if data.startswith(b"PK\x03\x04"):
        raise ReportRefused("spreadsheet_given")
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if not start:
        raise ReportRefused("file_empty")
    if start == b"<":
        return bbb.read_events(data)
    if start == b"{":
        return bbb_dashboard.read_dashboard(data)
    return _read_rows(data, asked)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ReportRefused("zone_unknown", {"zone": name}) from error


def _read_rows(data: bytes, asked: Asked) -> Report:
    grid = text.grid(text.decode(data))
    text.refuse_swallowed(grid)
    parts = teams.sections(grid)
    if parts is not None:
        return teams.read_sections(parts, asked)
    if teams_list.matches(grid):
        return teams_list.read(grid, asked)
    loose, found = table.tables(grid.rows)
    if len(found) == 1 and sum(map(table.has_stamp, loose)) == _WINDOW_LINES:
        return teams.read_first_form(grid, asked)
    if found and not table.has_times(found[-1]):
        return zoom_totals.read_totals(grid, asked)
    return wide.read(grid, asked)
