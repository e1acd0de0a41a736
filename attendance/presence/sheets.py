"""The board as a table for a spreadsheet: exactly what is shown, formulas neutralised."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from django.utils import formats
from django.utils.translation import gettext as _

from attendance.presence import wording
from attendance.presence.board import Row
from events.kernel.cells import safe

Cells = Sequence[str | int]


def header() -> list[str]:
    """The names of the columns in the reader's language."""
    return [
        _("Name"), _("School"), _("Registered for"), _("Minutes in the room"), _("Minutes online"),
        _("Minutes counted"), _("Minutes planned"), _("Percent"), _("Result"), _("Evidence"),
        _("Remarks"),
    ]  # fmt: skip


def cells(row: Row) -> list[str | int]:
    """One person as a line."""
    verdict = row.verdict
    ways = {"room": _("the room"), "online": _("online")}
    return [
        row.name, row.school, ways.get(row.way, ""), verdict.minutes_room, verdict.minutes_online,
        verdict.minutes_counted, verdict.minutes_planned, verdict.percent, wording.result(row)[2],
        wording.evidence_of(row), " ".join(wording.remarks_of(row)),
    ]  # fmt: skip


def as_csv(lines: Iterable[Cells]) -> bytes:
    """UTF-8 with a byte order mark; semicolons where the comma is the decimal sign."""
    comma = formats.get_format("DECIMAL_SEPARATOR", use_l10n=True) == ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(lines: Sequence[Cells], *, title: str, at: datetime) -> bytes:
    """A workbook with one sheet; text is written as text, so nothing in it is ever computed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 1)
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()
