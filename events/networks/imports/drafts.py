"""A list between preview and confirmation.

It lives in the form that was sent to the user, signed, and nowhere here: so neither pupils nor
anything else of a file that is not confirmed is ever stored. Columns of passwords are gone before.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing

from events.kernel.errors import BadInput
from events.kernel.words import Reason, gettext_noop
from events.networks.rosters import columns, sds
from events.networks.rosters.grid import Row, Table
from events.networks.rosters.mapping import Kind, Mapping
from events.networks.rosters.pasted import table_of_pasted
from events.networks.rosters.people import PeoplePreview, read_people
from events.networks.rosters.person import PersonRow
from events.networks.rosters.problems import LeftOut, RowProblem
from events.networks.rosters.schools import SchoolRow, SchoolsPreview, read_schools
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.tables import read_table

LIFE = 24 * 3600
LARGEST = 9_000_000
ZIP = b"PK"

Preview = SchoolsPreview | PeoplePreview


class DraftOver(BadInput):
    """The preview was changed, is another person's, or older than a day."""

    code = "roster_draft_over"
    sentence = gettext_noop("This preview is too old. Choose the file again.")


@dataclass(frozen=True)
class Draft:
    """A list of `kind` (schools or people): a table still to be read, or rows of a whole folder."""

    kind: Kind
    digest: str
    table: Table | None = None
    folder: Preview | None = None
    name: str = ""

    def mapping(self, choices: dict[int, str]) -> Mapping | None:
        """What each column holds; None for a folder, whose files say it themselves."""
        return columns.guess_columns(self.table, self.kind, choices) if self.table else None

    def read(self, choices: dict[int, str], *, country: str, staff: bool) -> Preview:
        """The rows under a mapping; raises TableRefused while a needed column is unknown."""
        if self.table is None:
            assert self.folder is not None  # noqa: S101  one of both is always there
            return self.folder
        mapping = columns.guess_columns(self.table, self.kind, choices)
        if self.kind == "schools":
            return read_schools(self.table, mapping, country=country)
        return read_people(self.table, mapping, staff=staff, country=country)


def of_file(data: bytes, *, kind: Kind, name: str, country: str) -> Draft:
    """A file of any origin as a draft. Raises TableRefused."""
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(ZIP) and b"xl/workbook.xml" not in data:
        files = sds.files_of_zip(data)
        if not sds.is_sds(files):
            raise TableRefused("file_not_a_table")
        found = sds.read_sds(files, country=country)
        folder: Preview = found.schools if kind == "schools" else found.people
        return Draft(kind, digest, folder=folder, name=name)
    return Draft(kind, digest, table=read_table(data, file_name=name), name=name)


def of_text(text: str, *, kind: Kind) -> Draft:
    """Pasted text as a draft. Raises TableRefused."""
    data = text.encode()
    if kind == "schools":
        return Draft(kind, hashlib.sha256(data).hexdigest(), table=read_table(data))
    return Draft(kind, hashlib.sha256(data).hexdigest(), table=table_of_pasted(text))


def pack(draft: Draft, *, person_id: int | None) -> str:
    """The draft for a hidden field, signed for one person. Raises TableRefused when too large."""
    packed = signing.dumps(_plain(draft), salt=_salt(person_id), compress=True)
    if len(packed) > LARGEST:
        raise TableRefused("file_too_large", limit=LARGEST // 1_000_000)
    return packed


def unpack(packed: str, *, person_id: int | None) -> Draft:
    """The draft of a hidden field; raises DraftOver."""
    try:
        plain = signing.loads(packed, salt=_salt(person_id), max_age=LIFE)
    except signing.BadSignature as error:
        raise DraftOver from error
    return _draft(plain)


def _salt(person_id: int | None) -> str:
    return f"roster:{person_id}"


def _plain(draft: Draft) -> dict[str, Any]:
    table = draft.table
    return {
        "kind": draft.kind, "digest": draft.digest, "name": draft.name,
        "table": table and {
            **{name: value for name, value in vars(table).items() if name not in ("rows", "warnings")},
            "rows": [[row.number, row.cells, sorted(row.numeric)] for row in table.rows],
            "warnings": [[one.code, one.values] for one in table.warnings],
        },
        "folder": draft.folder and asdict(draft.folder),
    }  # fmt: skip


def _draft(plain: dict[str, Any]) -> Draft:
    base = Draft(plain["kind"], plain["digest"], name=plain["name"])
    if plain["table"]:
        return replace(base, table=_table(plain["table"]))
    return replace(base, folder=_folder(plain["kind"], plain["folder"]))


def _table(plain: dict[str, Any]) -> Table:
    rows = tuple(
        Row(number, tuple(cells), frozenset(numeric)) for number, cells, numeric in plain["rows"]
    )
    return Table(
        header=tuple(plain["header"]), rows=rows, encoding=plain["encoding"],
        separator=plain["separator"], header_row=plain["header_row"], sheet=plain["sheet"],
        sheets=tuple(plain["sheets"]),
        warnings=tuple(Reason(code, values) for code, values in plain["warnings"]),
    )  # fmt: skip


def _folder(kind: str, plain: dict[str, Any]) -> Preview:
    problems = tuple(RowProblem(**one) for one in plain["problems"])
    out = tuple(LeftOut(one["row_number"], Reason(**one["reason"])) for one in plain["left_out"])
    warnings = tuple(Reason(**one) for one in plain["warnings"])
    if kind == "schools":
        schools = tuple(SchoolRow(**row) for row in plain["rows"])
        return SchoolsPreview(schools, problems, out, warnings)
    people = tuple(person_of(row) for row in plain["rows"])
    return PeoplePreview(people, problems, out, warnings)


def person_of(plain: dict[str, Any]) -> PersonRow:
    """A row that went through JSON, with its tuples again."""
    return PersonRow(
        **plain
        | {
            "identifiers": tuple((scheme, value) for scheme, value in plain["identifiers"]),
            "other_school_codes": tuple(plain["other_school_codes"]),
        }
    )
