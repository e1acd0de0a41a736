"""People pasted into a text field: from a spreadsheet, or one name on each line."""

import re

from events.networks.rosters.columns import guess_columns
from events.networks.rosters.delimited import grid_of_text
from events.networks.rosters.fullnames import Order
from events.networks.rosters.grid import MAX_BYTES, MAX_ROWS, Row, Table, clean, row_of
from events.networks.rosters.headers import table_of
from events.networks.rosters.people import PeoplePreview, read_people
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.sniffing import EMAIL

_BULLET = re.compile(r"^\s*(?:[-–•*]\s+|\d{1,3}[.)]\s+)")
_COLUMNS = ("name", "e-mail")


def read_pasted(
    text: str, *, staff: bool = False, order: Order = "as_written", country: str = ""
) -> PeoplePreview:
    """Read people from pasted text.

    Lines with column names on top are read as a table; otherwise each line holds a name and perhaps
    an address: `Ana Horvat <ana@…>`, `Horvat, Ana; ana@…`, cells parted by tabs, with or without
    list numbers. Two cells of names are taken as written, from left to right. Raises `TableRefused`.
    """
    table = table_of_pasted(text)
    return read_people(
        table, guess_columns(table, "people"), staff=staff, order=order, country=country
    )


def table_of_pasted(text: str) -> Table:
    """Pasted text as a table, whether its columns are named or not. Raises `TableRefused`."""
    if not text.strip():
        raise TableRefused("file_empty")
    if len(text) > MAX_BYTES:
        raise TableRefused("file_too_large", limit=MAX_BYTES // 1_000_000)
    return _with_header(text) or Table(_COLUMNS, _lines(text))


def _with_header(text: str) -> Table | None:
    first = text.strip().splitlines()[0]
    if not re.search(r"[\t;,|]", first) or "@" in first:
        return None
    try:
        table = table_of(grid_of_text(text), assume_header=False)
    except TableRefused:
        return None
    return table if table.header_row else None


def _lines(text: str) -> tuple[Row, ...]:
    lines = enumerate(text.splitlines(), start=1)
    rows = [row_of(number, list(_name_and_address(line))) for number, line in lines if line.strip()]
    if len(rows) > MAX_ROWS:
        raise TableRefused("rows_too_many", limit=MAX_ROWS)
    return tuple(rows)


def _name_and_address(line: str) -> tuple[str, str]:
    bare = _BULLET.sub("", line).replace("mailto:", "")
    address = EMAIL.search(bare)
    rest = bare[: address.start()] + bare[address.end() :] if address else bare
    cells = [clean(cell).strip("<>()\"' ,;:–—-") for cell in re.split(r"[\t;|<>()]", rest)]
    name = " ".join(cell for cell in cells if any(char.isalpha() for char in cell))
    return name, address.group() if address else ""
