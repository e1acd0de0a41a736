"""Writes a batch's files; the same lines give the same bytes, whenever and wherever it is done."""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from attendance.exports import dictionary
from events.kernel.cells import safe

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
NUMBERS = ("minutes_counted", "minutes_planned", "unit_minutes")

Line = Mapping[str, Any]


def as_csv(names: Sequence[str], lines: Iterable[Line]) -> bytes:
    """UTF-8 with a byte order mark, comma, CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for line in lines:
        writer.writerow([safe(line.get(name, "")) for name in names])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheets: Mapping[str, tuple[Sequence[str], Sequence[Line]]], *, at: datetime) -> bytes:
    """One workbook; text cells are written as text, so nothing in them is ever computed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                     "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"created": at.replace(tzinfo=None), "title": "Kolega"})
    bold = book.add_format({"bold": True})
    for title, (names, lines) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, names, bold)
        for row, line in enumerate(lines, start=1):
            _write_row(sheet, row, names, line)
    book.close()
    return out.getvalue()


def _write_row(sheet: Any, row: int, names: Sequence[str], line: Line) -> None:
    for column, name in enumerate(names):
        value = line.get(name, "")
        if name in NUMBERS:
            sheet.write_number(row, column, int(value))
        elif name == "hours":
            sheet.write_number(row, column, float(value))
        elif value not in {"", None}:
            sheet.write_string(row, column, str(value))


def dictionary_csv(version: str) -> bytes:
    """The data dictionary of a version as a file."""
    columns = dictionary.as_of(version)
    lines = [{"column": item.name, "type": item.kind, "meaning": item.says} for item in columns]
    return as_csv(("column", "type", "meaning"), lines)


def manifest_of(contents: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, Any]:
    """What is in the batch: names, sizes and SHA-256 of its files, and what they are about."""
    files = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(contents.items())
    ]
    return {"format": "kolega-ministry-batch/1", "dictionary": dictionary.VERSION,
            **about, "files": files}  # fmt: skip


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as canonical JSON."""
    return (json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def from_zip(archive: bytes, name: str) -> bytes | None:
    """One file of an archive; None when it is not there or the archive cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return opened.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error):
        return None


def as_zip(contents: Mapping[str, bytes]) -> bytes:
    """One archive with fixed times, so equal contents give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(contents.items()):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
