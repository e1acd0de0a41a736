"""What a preview shows: columns, counts, questions, and everything that is odd, in words."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from events.kernel.actors import Actor
from events.kernel.words import Reason
from events.networks.imports import drafts, forms, lines, matching
from events.networks.rosters.people import PeoplePreview
from events.networks.rosters.schools import SchoolsPreview
from events.networks.rosters.sentences import SENTENCES

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
SHOWN = 50
ALL_SENTENCES = SENTENCES | lines.SENTENCES


@dataclass(frozen=True)
class Choices:
    """What the user said about a list: columns, staff or not, which country and school."""

    country: str
    columns: dict[int, str]
    staff: bool = False
    school_id: int | None = None


@dataclass(frozen=True)
class Remark:
    """Something about one row, in words; `out` says that the row is left out."""

    row: int
    column: str
    words: str
    out: bool


@dataclass(frozen=True)
class Look:
    """A list under the user's choices."""

    draft: drafts.Draft
    columns: list[dict[str, object]]
    questions: list[str]
    asks_staff: bool
    blocked: bool
    warnings: list[str]
    found: list[lines.Line]
    remarks: list[Remark]
    staff: bool = False

    @property
    def seen(self) -> str:
        """A short name of what the user looked at; confirming something else is refused."""
        fields = [str(one["field"]) for one in self.columns]
        text = repr((fields, self.staff, [(one.row_number, one.state) for one in self.found]))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def of_state(self, state: str) -> list[lines.Line]:
        """The lines of one state."""
        return [line for line in self.found if line.state == state]

    @property
    def new(self) -> list[lines.Line]:
        """Rows that will be added."""
        return self.of_state(lines.NEW)

    @property
    def known(self) -> list[lines.Line]:
        """Rows that are there already."""
        return self.of_state(lines.KNOWN)

    @property
    def doubts(self) -> list[tuple[lines.Line, str]]:
        """Rows to be asked about, with the question."""
        return [(line, words(line.reason)) for line in self.of_state(lines.DOUBT) if line.reason]

    @property
    def left_out(self) -> int:
        """How many rows are left out whatever the user says."""
        return len({remark.row for remark in self.remarks if remark.out})


def words(reason: Reason) -> str:
    """A reason in the reader's language."""
    return said(reason.code, reason.values)


def said(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a code with its values."""
    if "field" in values:
        values = {**values, "field": forms.label_of(str(values["field"]))}
    return _(ALL_SENTENCES[code]) % values


def look(draft: drafts.Draft, choices: Choices, *, by: Actor, at: datetime) -> Look:
    """Read and match a list. Raises TableRefused where the choices cannot be."""
    mapping = draft.mapping(choices.columns)
    asked = mapping.questions if mapping else ()
    columns = forms.columns_of(draft.table, mapping) if draft.table and mapping else []
    blocked = any(one.blocking and one.code != "are_these_staff" for one in asked)
    staff = any(one.code == "are_these_staff" for one in asked)
    questions = [
        said(one.code, {"field": one.field, **one.values})
        for one in asked
        if one.code != "are_these_staff"
    ]
    if blocked:
        return Look(draft, columns, questions, staff, True, [], [], [])  # noqa: FBT003  a field
    preview = draft.read(choices.columns, country=choices.country, staff=choices.staff)
    found = _matched(preview, choices, by=by, at=at)
    return Look(
        draft, columns, questions, staff, False, [words(one) for one in preview.warnings],  # noqa: FBT003  a field
        found, remarks(preview, found), choices.staff,
    )  # fmt: skip


def _matched(
    preview: drafts.Preview, choices: Choices, *, by: Actor, at: datetime
) -> list[lines.Line]:
    if isinstance(preview, SchoolsPreview):
        return matching.schools(preview.rows, by=by)
    assert isinstance(preview, PeoplePreview)  # noqa: S101  a preview is one of two
    return matching.persons(preview.rows, school_id=choices.school_id, by=by, at=at)


def remarks(preview: drafts.Preview, found: list[lines.Line]) -> list[Remark]:
    """Everything odd about single rows, in their order."""
    said_of = [
        Remark(one.row_number, one.column, said(one.code, one.values), one.drops_row)
        for one in preview.problems
    ]
    left = [Remark(one.row_number, "", words(one.reason), True) for one in preview.left_out]  # noqa: FBT003  a field
    out = [
        Remark(one.row_number, "", words(one.reason), True)  # noqa: FBT003  a field
        for one in found
        if one.state == lines.OUT and one.reason
    ]
    return sorted([*said_of, *left, *out], key=lambda remark: remark.row)


def as_csv(found: list[Remark]) -> bytes:
    """The remarks as CSV (UTF-8 with BOM); cells that a spreadsheet would compute are made text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("Column"), _("What is odd"), _("Left out")])
    for one in found:
        writer.writerow([one.row, _text(one.column), _text(one.words), _("yes") if one.out else ""])
    return (BOM + out.getvalue()).encode()


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
