"""`/attendance/<event>/reports/<report>/`: look at a report, take it over, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.presence import finding, imports, naming, queries, report_words, taking
from attendance.presence.finding import Choice, Crowd
from attendance.presence.intervals import as_ms, clip, length
from attendance.presence.models import ReportImport
from attendance.presence.pages import handing
from attendance.presence.pages import scene as scenes
from attendance.presence.pages.scene import Scene
from attendance.presence.reports import NeedsAnswer, Report, ReportRefused, SeenPerson
from events.backstage import edge
from events.kernel.errors import Missing
from events.programme import queries as programme

NOTICES_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """Somebody of a report before it is taken over."""

    name: str
    email: str
    minutes: int
    whole_minutes: int
    timeless: bool
    match: Choice | None
    exact: Choice | None


@dataclass(frozen=True)
class Preview:
    """What taking a report over would do."""

    report: Report
    service: str
    lines: list[Line]
    notices: list[str]
    more: int
    known: int
    exact: int
    rest: int
    elsewhere: bool
    doubtful: bool


def _minutes(spans: Sequence[tuple[int, int]], scene: Scene) -> int:
    start, end = as_ms(scene.part.starts_at), as_ms(scene.part.ends_at)
    return length(clip(spans, start=start, end=end)) // 60_000


def _line(person: SeenPerson, crowd: Crowd, exact: Choice | None, scene: Scene) -> Line:
    match = crowd.match(person)
    ends: datetime = scene.part.ends_at
    spans = [(as_ms(one.start), as_ms(one.end or ends)) for one in person.intervals]
    return Line(
        taking.clean(person.name), taking.clean(person.email or ""), _minutes(spans, scene),
        length(spans) // 60_000 if spans else (person.stated_seconds or 0) // 60, not spans,
        crowd.named(match, person)[0] if match.sure else None, exact,
    )  # fmt: skip


def _preview(row: ReportImport, report: Report, scene: Scene) -> Preview:
    crowd = Crowd(scene.event, at=scene.at)
    exact = finding.exact_in(report.people, crowd)
    lines = [_line(one, crowd, exact.get(one.key), scene) for one in report.people]
    lines.sort(key=lambda one: (-one.minutes, one.name))
    said = [report_words.notice(code, values) for code, values in row.warnings]
    known = sum(line.match is not None for line in lines)
    certain = sum(line.exact is not None for line in lines)
    elsewhere = not any(line.minutes for line in lines)
    return Preview(
        report, report_words.service(report.format), lines, said[:NOTICES_SHOWN],
        max(0, len(said) - NOTICES_SHOWN), known, certain, len(lines) - known - certain,
        elsewhere, elsewhere or bool(report_words.doubt(row.warnings)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, event_id: int, report_id: int) -> HttpResponse:
    """Look at a report: its question, what it would do, or what it did. POST answers or takes over."""
    scene = scenes.opened(request, event_id)
    if request.method == "POST":
        return _act(request, scene, report_id)
    row = queries.report_of(event_id, report_id)
    try:
        scene = replace(scene, part=programme.part_for_work(row.part_id))
        reading = imports.read(row, scene.part)
    except ReportRefused as refusal:
        return _refused(request, scene, row, refusal)
    context: dict[str, object] = {
        "scene": scene, "event": scene.event, "part": scene.part, "row": row,
        "taken": row.state == ReportImport.State.TAKEN,
    }  # fmt: skip
    if reading.report is None:
        context |= _question(reading.question)
        return render(request, "presence/report_question.html", context)
    context["preview"] = _preview(row, reading.report, scene)
    return render(request, "presence/report.html", context)


def _question(asked: NeedsAnswer | None) -> dict[str, object]:
    if asked is None:
        raise Missing
    options = [(one.value, one.sample) for one in asked.options]
    dated = asked.question == "date_order"
    return {
        "question": asked.question, "asked": report_words.QUESTIONS[asked.question],
        "options": [(value, datetime.fromisoformat(sample)) for value, sample in options]
        if dated else options, "dated": dated,
    }  # fmt: skip


def _refused(
    request: HttpRequest, scene: Scene, row: ReportImport, refusal: ReportRefused
) -> HttpResponse:
    words = report_words.refusal(refusal.code, refusal.values)
    context = {"scene": scene, "event": scene.event, "row": row, "refusal": words}
    return render(request, "presence/report_refused.html", context, status=422)


def _act(request: HttpRequest, scene: Scene, report_id: int) -> HttpResponse:
    event_id, there = scene.event.pk, [scene.event.pk, report_id]
    question = request.POST.get("question", "")
    if question:
        try:
            imports.answer(
                event_id, report_id, question=question, value=request.POST.get("answer", ""),
                by=scene.by, at=scene.at,
            )  # fmt: skip
        except ReportRefused as refusal:
            return _refused(request, scene, queries.report_of(*there), refusal)
        return HttpResponseRedirect(reverse("board_report", args=there))

    def deed() -> str:
        row = imports.take_over(event_id, report_id, by=scene.by, at=scene.at)
        if request.POST.get("names") == "exact":
            naming.match_exact_names(event_id, by=scene.by, at=scene.at)
        onward = _next(event_id)
        messages.success(request, handing.said(row))
        return onward or reverse("board", args=[event_id]) + "#unmatched"

    return edge.once(request, deed)


def _next(event_id: int) -> str:
    """The page of the next report that waits to be looked at, if there is one."""
    waiting = queries.reports_of(event_id).exclude(state=ReportImport.State.TAKEN).first()
    return reverse("board_report", args=[event_id, waiting.pk]) if waiting else ""


@require_safe
def file(request: HttpRequest, event_id: int, report_id: int) -> HttpResponse:
    """The report as it was handed in, byte for byte."""
    scenes.opened(request, event_id)
    row = queries.report_of(event_id, report_id)
    headers = {"Content-Disposition": f'attachment; filename="report-{row.pk}{_ending(row)}"'}
    return HttpResponse(
        bytes(row.content), content_type="application/octet-stream", headers=headers
    )


def _ending(row: ReportImport) -> str:
    ending = row.file_name.rpartition(".")[2].lower()
    return f".{ending}" if ending in {"csv", "txt", "tsv", "xml", "json"} else ".bin"


@require_POST
def withdraw(request: HttpRequest, event_id: int, report_id: int) -> HttpResponse:
    """Take a report back."""
    scene = scenes.opened(request, event_id)

    def deed() -> str:
        imports.withdraw(event_id, report_id, by=scene.by, at=scene.at)
        return reverse("board_reports", args=[event_id])

    return edge.once(request, deed)
