"""The door for files: bytes of any origin become a table with named columns."""

import zipfile

from events.networks.rosters.archives import open_archive
from events.networks.rosters.delimited import read_delimited
from events.networks.rosters.grid import MAX_BYTES, MAX_ROWS, Table
from events.networks.rosters.headers import table_of
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.workbooks import read_workbook

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"<")


def read_table(
    data: bytes,
    *,
    file_name: str = "",
    sheet: str = "",
    encoding: str = "",
    header_row: int | None = None,
) -> Table:
    """Read CSV (any usual separator and encoding) or XLSX into a table.

    The content decides what a file is; `file_name` is only believed for nothing more than a hint in
    errors. `sheet`, `encoding` and `header_row` (0: none) are choices of the user. Columns of
    passwords are dropped. Limits: 10 MB, 20,000 rows, 200 columns, 2,000 characters a cell. Raises
    `TableRefused`, always with something one can do.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableRefused("file_empty", file=file_name)
    if len(data) > MAX_BYTES:
        raise TableRefused("file_too_large", limit=MAX_BYTES // 1_000_000, file=file_name)
    grid = read_workbook(data, sheet) if _is_workbook(data) else read_delimited(data, encoding)
    table = table_of(grid, header_row)
    if len(table.rows) > MAX_ROWS:
        raise TableRefused("rows_too_many", limit=MAX_ROWS)
    return table


def _is_workbook(data: bytes) -> bool:
    if data.startswith(_OLE):
        raise TableRefused("file_locked" if _ENCRYPTED in data else "file_old_excel")
    if data.lstrip().startswith(_NO_TABLES):
        raise TableRefused("file_not_a_table")
    if not data.startswith(b"PK"):
        return False
    archive = open_archive(data)
    names = set(archive.namelist())
    if _is_open_document(archive, names):
        raise TableRefused("file_open_document")
    if "xl/workbook.xml" not in names:
        raise TableRefused("file_not_a_table")
    return True


def _is_open_document(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "mimetype" not in names:
        return False
    with archive.open("mimetype") as source:
        return b"opendocument" in source.read(100)
