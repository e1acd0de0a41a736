"""Operations on what was earned: one's own hours, and the schemes they are counted by."""

from datetime import date, datetime
from decimal import Decimal

from django.http import HttpRequest

from attendance.recognition import queries
from attendance.recognition.models import Entry
from events.backstage import edge
from events.interface import paging
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Limit, List, Page, Shape, link

router = Operations(tags=["certificates"])
READ = "certificates:read"


class BalanceShape(Shape):
    """Hours under one scheme, counter-entries included."""

    scheme: str
    names: dict[str, str]
    hours: Decimal
    minutes: int


class PostingShape(Shape):
    """One posting; a correction is a counter-entry with a negative number of hours."""

    id: int
    kind: str
    certificate: str
    scheme_version: str
    minutes: int
    hours: Decimal
    occurred_on: date
    booked_at: datetime
    reverses: int | None
    links: dict[str, str]


class VersionShape(Shape):
    """The rule of a scheme from a day on."""

    version: str
    valid_from: date
    source: str


class SchemeShape(Shape):
    """A way of recognising hours, of one country (null: of all)."""

    code: str
    names: dict[str, str]
    country: str | None
    versions: list[VersionShape]


def _entry(row: Entry) -> PostingShape:
    number = row.certificate.number
    return PostingShape(
        id=row.pk, kind=row.kind, certificate=number,
        scheme_version=row.scheme_version.version, minutes=row.minutes, hours=row.hours,
        occurred_on=row.occurred_on, booked_at=row.booked_at, reverses=row.reverses_id,
        links={"certificate": link("certificates", number)},
    )  # fmt: skip


@router.read("/me/hours", List[BalanceShape], scope=READ)
def list_my_hours(request: HttpRequest) -> List[BalanceShape]:
    """Your hours by scheme."""
    found = queries.balances(edge.actor(request).person_id or 0)
    return List(items=[BalanceShape(**vars(one)) for one in found])


@router.read("/me/ledger", Page[PostingShape], scope=READ)
def list_my_ledger(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[PostingShape]:
    """Your postings in the order they were booked."""
    return paging.page(
        request, queries.entries_of(edge.actor(request).person_id or 0),
        lambda rows: [_entry(row) for row in rows], order=("pk",), limit=limit, cursor=cursor,
    )  # fmt: skip


@router.read("/schemes", List[SchemeShape], scope=READ, public=True)
def list_schemes(request: HttpRequest) -> List[SchemeShape]:  # noqa: ARG001  as all views
    """The schemes by which hours are counted, with their versions."""
    return List(
        items=[
            SchemeShape(
                code=row.code, names=row.names, country=row.country.code if row.country else None,
                versions=[
                    VersionShape(version=one.version, valid_from=one.valid_from, source=one.source)
                    for one in row.versions.all()
                ],
            )
            for row in queries.schemes()
        ]
    )  # fmt: skip
