"""Operations on certificates, statements, and the check of a number."""

from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from attendance.certificates import (
    answering,
    answers,
    commands,
    counted,
    delivery,
    numbers,
    policies,
    queries,
    statements,
    tables,
)
from attendance.certificates.answering import (
    CertificateShape,
    CheckShape,
    HeldBackShape,
    StatementShape,
)
from events.backstage import edge
from events.interface import paging
from events.interface.api import JobShape, shape
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Day, Id, Limit, List, Page, Wanted, written_like
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as may
from events.programme import queries as programme

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate

router = Operations(tags=["certificates"])
READ, WRITE = "certificates:read", "certificates:write"
Number = Annotated[str, written_like("7K4P-QM2X-9TRD", "^[0-9A-Za-z-]{1,20}$")]
Typed = Annotated[str, Field(min_length=1, max_length=200, examples=["7K4P-QM2X-9TRD"])]
Why = Literal[
    "attendance_corrected", "name_corrected", "issued_in_error", "duplicate", "holder_request",
    "fraud",
]  # fmt: skip
ONE = "/certificates/{number}"


class Withdrawing(Wanted):
    """Why a certificate is withdrawn or replaced; the check page shows the reason, not the note."""

    reason: Why
    note: Annotated[str, Field(max_length=300)] = ""


class Period(Wanted):
    """The first and the last day, both included."""

    first: Day
    last: Day


def _meant(number: str) -> str:
    try:
        return numbers.normalise(number)
    except numbers.NumberMistyped as error:
        raise Missing from error


def _seen(request: HttpRequest, number: str) -> "Certificate":
    row = queries.by_number(_meant(number))
    if row is None or not policies.may_read(edge.actor(request), row):
        raise Missing
    return row


@router.read("/me/certificates", Page[CertificateShape], scope=READ)
def list_my_certificates(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[CertificateShape]:
    """Your certificates, newest first, also those withdrawn or replaced."""
    return paging.page(
        request, queries.held_by(edge.actor(request).person_id or 0),
        lambda rows: [answering.certificate(row) for row in rows], order=("-issued_at", "-pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


def _run(request: HttpRequest, event_id: int) -> None:
    by = edge.actor(request)
    if not may.may_run(by, programme.seen(event_id, by=by)):
        raise NotAllowed


@router.read("/events/{event_id}/certificates", Page[CertificateShape], scope=READ)
def list_certificates(
    request: HttpRequest, event_id: Id, limit: Limit = 25, cursor: Cursor = ""
) -> Page[CertificateShape]:
    """Certificates of an event you run, in the order they were issued."""
    _run(request, event_id)
    return paging.page(
        request, queries.issued_for(event_id),
        lambda rows: [answering.certificate(row) for row in rows], order=("issued_at", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


@router.read("/events/{event_id}/certificates/held-back", List[HeldBackShape], scope=READ)
def list_held_back(request: HttpRequest, event_id: Id) -> List[HeldBackShape]:
    """Certificates that are due but cannot be made, and what to do."""
    _run(request, event_id)
    return List(
        items=[HeldBackShape(name=name, why=why) for name, why in tables.held_back(event_id)]
    )


@router.act("/events/{event_id}/certificates/prepare", JobShape, scope=WRITE)
def prepare_certificates(request: HttpRequest, event_id: Id) -> JobShape:
    """Draw all papers of an event in a job."""
    _run(request, event_id)
    by, at = edge.actor(request), edge.moment(request)
    place = f"/attendance/{event_id}/certificates/"
    return shape(commands.prepare(event_id, place=place, by=by, at=at))


@router.read(ONE, CertificateShape, scope=READ)
def get_certificate(request: HttpRequest, number: Number) -> CertificateShape:
    """One certificate, for its holder and those who answer for it."""
    return answering.certificate(_seen(request, number))


@router.file(f"{ONE}/pdf", "application/pdf", scope=READ, refusals=(409,))
def get_certificate_pdf(request: HttpRequest, number: Number) -> HttpResponse:
    """The paper itself, the same bytes each time."""
    return _pdf(delivery.certificate_pdf(_seen(request, number)), number)


def _pdf(content: bytes, number: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@router.act(f"{ONE}/revoke", CertificateShape, scope=WRITE)
def revoke_certificate(request: HttpRequest, number: Number, body: Withdrawing) -> CertificateShape:
    """Withdraw a certificate; its check page says so for ever."""
    by, at = edge.actor(request), edge.moment(request)
    row = commands.revoke(_meant(number), by=by, at=at, **body.model_dump())
    return answering.certificate(row)


@router.act(f"{ONE}/reissue", CertificateShape, scope=WRITE)
def reissue_certificate(
    request: HttpRequest, number: Number, body: Withdrawing
) -> CertificateShape:
    """Replace a certificate by one that says what is true now."""
    by, at = edge.actor(request), edge.moment(request)
    row = commands.reissue(_meant(number), by=by, at=at, **body.model_dump())
    return answering.certificate(row)


@router.read("/check/{number}", CheckShape, scope=READ, public=True)
def check_number(request: HttpRequest, number: Typed) -> CheckShape:
    """What stands under a number, read as forgivingly as on the check page.

    A number that cannot have been issued is refused with 422 and the code `number_incomplete`,
    `number_character` or `number_check`; one that can but was not with 404 `missing`.
    """
    counted.count(request)
    found = answers.answer_for(numbers.normalise(number))
    if found is None:
        raise Missing
    return answering.checked(found)


@router.read("/me/statements", List[StatementShape], scope=READ)
def list_statements(request: HttpRequest) -> List[StatementShape]:
    """Your papers of all hours of a period, newest first."""
    rows = queries.statements_of(edge.actor(request).person_id or 0)
    return List(items=[answering.statement(row) for row in rows])


@router.make("/me/statements", StatementShape, scope=WRITE)
def make_statement(request: HttpRequest, body: Period) -> StatementShape:
    """State all your hours of a period on one paper with its own number."""
    by, at = edge.actor(request), edge.moment(request)
    row = statements.state(
        person_id=by.person_id or 0, first=body.first, last=body.last, by=by, at=at
    )
    return answering.statement(row)


@router.read("/statements/{number}", StatementShape, scope=READ)
def get_statement(request: HttpRequest, number: Number) -> StatementShape:
    """One of your statements."""
    return answering.statement(statements.own(_meant(number), by=edge.actor(request)))


@router.file("/statements/{number}/pdf", "application/pdf", scope=READ, refusals=(409,))
def get_statement_pdf(request: HttpRequest, number: Number) -> HttpResponse:
    """The paper of a statement, the same bytes each time."""
    row = statements.own(_meant(number), by=edge.actor(request))
    return _pdf(delivery.statement_pdf(row), row.number)
