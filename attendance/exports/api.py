"""Operations on the exports of a ministry: export a term, see the exports, fetch their files."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from attendance.exports import commands, queries
from attendance.exports.models import Batch
from events.backstage import edge
from events.interface import paging
from events.interface.operations import Operations
from events.interface.refusals import SecondStepNeeded
from events.interface.shapes import BodyId, Cursor, Id, Limit, Page, Shape, Wanted, link
from events.kernel.actors import Actor, Role
from events.kernel.errors import NotAllowed

router = Operations(tags=["exports"])
READ, WRITE = "exports:read", "exports:write"
FileName = Annotated[
    str, Field(pattern=r"^[a-z-]{1,20}\.(zip|csv|xlsx|json)$", examples=["batch.zip"])
]


class FileShape(Shape):
    """A file of an export; the archive's size is known only once it is made."""

    name: str
    bytes: int | None
    sha256: str
    url: str


class BatchShape(Shape):
    """An export: the lines of a term, frozen as of an instant. State: freezing (lines follow), ready."""

    id: int
    country: str
    term_id: int
    term: str
    order: int
    state: str
    as_of: datetime
    frozen_at: datetime | None
    lines: int
    lines_not_ready: int
    sha256: str
    files: list[FileShape]
    links: dict[str, str]


class Freezing(Wanted):
    """Which term."""

    term_id: BodyId


def _officer(request: HttpRequest) -> Actor:
    by = edge.actor(request)
    if Role.MINISTRY_OFFICER in by.dormant:
        raise SecondStepNeeded
    if not by.is_a(Role.MINISTRY_OFFICER):
        raise NotAllowed
    return by


def _shape(row: Batch) -> BatchShape:
    own = link("exports", row.pk)
    files = queries.files_of(row) if row.state == Batch.State.READY else []
    return BatchShape(
        id=row.pk, country=row.country.code, term_id=row.term_id, term=row.term.name,
        order=row.order, state=row.state, as_of=row.as_of, frozen_at=row.frozen_at,
        lines=row.ready_lines, lines_not_ready=row.other_lines, sha256=row.sha256,
        files=[
            FileShape(name=one.name, bytes=one.bytes, sha256=one.sha256,
                      url=f"{own}/files/{one.name}")
            for one in files
        ],
        links={"self": own},
    )  # fmt: skip


@router.read("/exports", Page[BatchShape], scope=READ)
def list_exports(request: HttpRequest, limit: Limit = 25, cursor: Cursor = "") -> Page[BatchShape]:
    """Exports of the countries whose ministry you serve, newest first."""
    return paging.page(
        request, queries.batches_of(_officer(request)),
        lambda rows: [_shape(row) for row in rows], order=("-as_of", "-pk"), limit=limit,
        cursor=cursor,
    )  # fmt: skip


@router.make("/exports", BatchShape, scope=WRITE)
def freeze_term(request: HttpRequest, body: Freezing) -> BatchShape:
    """Export a term as of now; the lines follow in a job. Twice gives the running export."""
    by, at = _officer(request), edge.moment(request)
    row, _job = commands.freeze(term_id=body.term_id, by=by, at=at)
    return _shape(queries.seen(row.pk, by=by))


@router.read("/exports/{export_id}", BatchShape, scope=READ)
def get_export(request: HttpRequest, export_id: Id) -> BatchShape:
    """One export with its files and their digests."""
    return _shape(queries.seen(export_id, by=_officer(request)))


@router.file(
    "/exports/{export_id}/files/{name}", "application/octet-stream", scope=READ, refusals=(409,)
)
def get_export_file(request: HttpRequest, export_id: Id, name: FileName) -> HttpResponse:
    """One file, only if it is byte for byte what was exported."""
    by, at = _officer(request), edge.moment(request)
    content = commands.fetch(queries.seen(export_id, by=by), name, by=by, at=at)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
