"""Operations on lists of schools and people: look, take over, take back."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BodyId, CountryCode, Flag, Id, List, Shape, Wanted, link
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, NotAllowed
from events.kernel.words import gettext_noop
from events.networks import building, policies, reach
from events.networks.imports import commands, drafts, flow, forms, lines, looking, matching, undo
from events.networks.models import RosterImport

router = Operations(tags=["people"])
LONGEST = 900_000


class FileWrong(BadInput):
    """The file is not base64."""

    code = "file_not_base64"
    sentence = gettext_noop("Send the file as base64.")


class RosterWanted(Wanted):
    """A list as text, or as a file in base64; `columns` maps column numbers to what they hold."""

    kind: Literal["schools", "people"]
    country: CountryCode
    text: Annotated[str, Field(max_length=LONGEST, examples=["Name;E-mail\nAna Horvat;"])] = ""
    file: Annotated[str, Field(max_length=LONGEST)] = ""
    file_name: Annotated[str, Field(max_length=200)] = ""
    school_id: BodyId | None = None
    columns: Annotated[
        dict[Annotated[str, Field(pattern="^[0-9]{1,3}$")], Annotated[str, Field(max_length=60)]],
        Field(max_length=200),
    ] = {}
    staff: Flag = False


class RosterConfirmed(RosterWanted):
    """The list again, with `seen` of its preview, and answers to doubtful rows by row number."""

    seen: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    answers: Annotated[
        dict[
            Annotated[str, Field(pattern="^[0-9]{1,6}$")],
            Annotated[str, Field(pattern="^(add|[0-9]{1,18})?$")],
        ],
        Field(max_length=5000),
    ] = {}


class ColumnShape(Shape):
    """A column, and what it is taken for (nothing when it is not needed)."""

    column: int
    header: str
    field: str


class RowShape(Shape):
    """What becomes of a row: new, known, doubt or out."""

    row: int
    name: str
    detail: str
    state: str
    known_id: int | None
    known_name: str
    question: str


class RemarkShape(Shape):
    """Something odd about a row; `left_out` says that it is not taken over."""

    row: int
    column: str
    words: str
    left_out: bool


class LookShape(Shape):
    """What taking a list over would do. While `blocked`, answer the questions first."""

    seen: str
    blocked: bool
    questions: list[str]
    warnings: list[str]
    columns: list[ColumnShape]
    rows: list[RowShape]
    remarks: list[RemarkShape]


class RosterShape(Shape):
    """A list that was taken over; a long one is finished later."""

    id: int
    kind: str
    country: str
    rows: int
    at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    links: dict[str, str]


def _shape(row: RosterImport) -> RosterShape:
    return RosterShape(
        id=row.pk, kind=row.kind, country=row.country.code, rows=row.rows, at=row.at,
        finished_at=row.finished_at, undone_at=row.undone_at,
        links={"self": link("rosters", row.pk)},
    )  # fmt: skip


def _require_may(body: RosterWanted, by: Actor) -> None:
    country_id = building.country(body.country).pk
    if body.kind == "schools":
        policies.require_may_keep_country(by, country_id)
        return
    kept = matching.keeps(by)
    if country_id not in {row.country_id for row in kept}:
        raise NotAllowed
    if body.school_id is not None and body.school_id not in {row.pk for row in kept}:
        raise NotAllowed


def _draft(body: RosterWanted) -> drafts.Draft:
    if not body.file:
        if not body.text.strip():
            raise forms.NoList(field="text")
        return drafts.of_text(body.text, kind=body.kind)
    try:
        data = base64.b64decode(body.file, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FileWrong(field="file") from error
    return drafts.of_file(data, kind=body.kind, name=body.file_name, country=body.country)


def _looked(request: HttpRequest, body: RosterWanted) -> looking.Look:
    by, at = edge.actor(request), edge.moment(request)
    _require_may(body, by)
    choices = looking.Choices(
        country=body.country, columns={int(key): value for key, value in body.columns.items()},
        staff=body.staff, school_id=body.school_id,
    )  # fmt: skip
    return looking.look(_draft(body), choices, by=by, at=at)


def _told(look: looking.Look) -> LookShape:
    return LookShape(
        seen=look.seen, blocked=look.blocked, questions=look.questions, warnings=look.warnings,
        columns=[
            ColumnShape(
                column=int(str(one["column"])), header=str(one["header"]), field=str(one["field"])
            )
            for one in look.columns
        ],
        rows=[_row(line) for line in look.found],
        remarks=[
            RemarkShape(row=one.row, column=one.column, words=one.words, left_out=one.out)
            for one in look.remarks
        ],
    )  # fmt: skip


def _row(line: lines.Line) -> RowShape:
    return RowShape(
        row=line.row_number, name=line.name, detail=line.detail, state=line.state,
        known_id=line.known_id or None, known_name=line.known_name,
        question=looking.words(line.reason) if line.reason else "",
    )  # fmt: skip


@router.ask("/rosters/preview", LookShape, scope="people:write")
def preview_roster(request: HttpRequest, body: RosterWanted) -> LookShape:
    """What taking a list over would do; nothing is stored."""
    return _told(_looked(request, body))


@router.make("/rosters", RosterShape, scope="people:write")
def take_roster_over(request: HttpRequest, body: RosterConfirmed) -> RosterShape:
    """Take a list over exactly as its preview showed it."""
    by, at = edge.actor(request), edge.moment(request)
    look = _looked(request, body)
    if look.blocked or body.seen != look.seen:
        raise flow.NotSeen(field="seen")
    answers = {int(row): answer for row, answer in body.answers.items()}
    row = commands.carry_out(
        lines.decided(look.found, answers), kind=body.kind,
        country_id=building.country(body.country).pk, school_id=body.school_id,
        digest=look.draft.digest, by=by, at=at,
    )  # fmt: skip
    return _shape(row)


@router.read("/rosters", List[RosterShape], scope="people:read")
def list_rosters(request: HttpRequest) -> List[RosterShape]:
    """The last lists that you may take back."""
    by = edge.actor(request)
    if not policies.imports_people(by):
        raise NotAllowed
    return List(items=[_shape(row) for row in reach.imports(by)])


@router.read("/rosters/{roster_id}", RosterShape, scope="people:read")
def get_roster(request: HttpRequest, roster_id: Id) -> RosterShape:
    """One list that was taken over."""
    return _shape(reach.roster(roster_id, edge.actor(request)))


@router.act("/rosters/{roster_id}/undo", RosterShape, scope="people:write")
def undo_roster(request: HttpRequest, roster_id: Id) -> RosterShape:
    """Take a list back: what nothing refers to yet goes, the rest stays."""
    by = edge.actor(request)
    undo.undo(roster_id=roster_id, by=by, at=edge.moment(request))
    return _shape(reach.roster(roster_id, by))
