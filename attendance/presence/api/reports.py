"""Operations on attendance reports: hand in, look, answer, take over, take back."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from attendance.presence import answers, imports, queries, report_words
from attendance.presence.answers import OptionShape, ReportShape
from attendance.presence.api.people import READ, WRITE, kept
from attendance.presence.models import ReportImport
from attendance.presence.reports import ReportRefused
from events.backstage import edge
from events.interface.operations import Operations
from events.interface.refusals import FieldsWrong
from events.interface.shapes import Done, Id, List, Wanted
from events.programme import queries as programme

router = Operations(tags=["attendance"])
REPORTS = "/events/{event_id}/reports"
ONE = f"{REPORTS}/{{report_id}}"


class Answered(Wanted):
    """The open question of a report, and the answer to it."""

    question: Annotated[str, Field(pattern="^(date_order|waiting_column)$")]
    value: Annotated[str, Field(max_length=200)]


def _refused(error: ReportRefused) -> FieldsWrong:
    words = report_words.refusal(error.code, error.values)
    return FieldsWrong(errors=[{"pointer": "/file", "code": error.code, "detail": words}])


def _shape(row: ReportImport) -> ReportShape:
    question, options = "", list[OptionShape]()
    if row.state == ReportImport.State.ASKED:
        asked = imports.read(row, programme.part_for_work(row.part_id)).question
        if asked is not None:
            question = asked.question
            options = [OptionShape(value=one.value, sample=one.sample) for one in asked.options]
    warnings = [report_words.notice(code, values) for code, values in row.warnings]
    return answers.report(row, warnings=warnings, question=question, options=options)


@router.read(REPORTS, List[ReportShape], scope=READ)
def list_reports(request: HttpRequest, event_id: Id) -> List[ReportShape]:
    """Reports handed in for an event, oldest first."""
    kept(request, event_id)
    return List(items=[_shape(row) for row in queries.reports_of(event_id)])


@router.make(REPORTS, ReportShape, scope=WRITE)
def hand_report_in(
    request: HttpRequest, event_id: Id, file: File[UploadedFile], part_id: Form[Id | None] = None
) -> ReportShape:
    """Hand a report in; it counts for nothing before it is taken over.

    `part_id` names a part of an event that has several. Without it the report belongs to the
    part whose time the meeting overlaps most.
    """
    by, at = edge.actor(request), edge.moment(request)
    try:
        row = imports.hand_in(
            event_id, content=file.read(), file_name=file.name or "", part_id=part_id, by=by, at=at
        )
    except imports.PartUnclear as error:
        raise imports.PartUnclear(field="part_id") from error
    except ReportRefused as error:
        raise _refused(error) from error
    return _shape(row)


@router.read(ONE, ReportShape, scope=READ)
def get_report(request: HttpRequest, event_id: Id, report_id: Id) -> ReportShape:
    """One report with its open question, if any."""
    kept(request, event_id)
    return _shape(queries.report_of(event_id, report_id))


@router.file(f"{ONE}/file", "application/octet-stream", scope=READ)
def get_report_file(request: HttpRequest, event_id: Id, report_id: Id) -> HttpResponse:
    """The report as it was handed in, byte for byte."""
    kept(request, event_id)
    row = queries.report_of(event_id, report_id)
    headers = {"Content-Disposition": f'attachment; filename="report-{row.pk}.bin"'}
    return HttpResponse(
        bytes(row.content), content_type="application/octet-stream", headers=headers
    )


@router.act(f"{ONE}/answer", ReportShape, scope=WRITE)
def answer_report(request: HttpRequest, event_id: Id, report_id: Id, body: Answered) -> ReportShape:
    """Answer the question a report raised."""
    by, at = edge.actor(request), edge.moment(request)
    try:
        row = imports.answer(event_id, report_id, by=by, at=at, **body.model_dump())
    except ReportRefused as error:
        raise _refused(error) from error
    return _shape(row)


@router.act(f"{ONE}/take-over", ReportShape, scope=WRITE)
def take_report_over(request: HttpRequest, event_id: Id, report_id: Id) -> ReportShape:
    """Let a report count; people it does not identify wait to be named."""
    by, at = edge.actor(request), edge.moment(request)
    try:
        return _shape(imports.take_over(event_id, report_id, by=by, at=at))
    except ReportRefused as error:
        raise _refused(error) from error


@router.change("DELETE", ONE, Done, scope=WRITE)
def withdraw_report(request: HttpRequest, event_id: Id, report_id: Id) -> Done:
    """Take a report back: what came from it counts no more."""
    imports.withdraw(event_id, report_id, by=edge.actor(request), at=edge.moment(request))
    return Done()
