"""`/attendance/<event>/people/<person>/`: every record of one person, and correcting it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attendance.presence import board as boards
from attendance.presence import commands, deciding, queries, wording
from attendance.presence.board import Row
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.forms import Correction, written
from attendance.presence.intervals import as_ms
from attendance.presence.matching import Kind
from attendance.presence.models import SightingRow
from attendance.presence.pages import scene as scenes
from attendance.presence.pages.scene import Scene
from attendance.presence.verdicts import Span
from events.backstage import edge
from events.kernel.errors import DomainError, Missing, NotAllowed


@dataclass(frozen=True)
class Record:
    """One record in words: where, when, how it is known, who wrote it and whether it counts."""

    way: str
    starts_at: datetime
    ends_at: datetime | None
    empty: bool
    stated_minutes: int | None
    evidence: str
    source: str
    report_id: int | None
    matched: str
    reason: str
    by: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    counts: bool
    row_id: int
    named_by_us: bool


def correction_of(row: Row, scene: Scene) -> Correction:
    """A form that starts from what counts now, or from what a service states without times.

    Of several parts it is about the one the address names, else the first.
    """
    starts, ends = _span_of(row, scene)
    initial = {
        "starts": written(starts, scene.part),
        "ends": written(ends, scene.part),
        "mode": _mode_of(row, scene),
    }
    return Correction(part=scene.part, initial=initial, parts=scene.parts)


def _span_of(row: Row, scene: Scene) -> tuple[datetime, datetime]:
    """From the first counted moment to the last, else the plan."""
    starts, ends = scene.part.starts_at, scene.part.ends_at
    there = [one for one in row.verdict.spans if one.mode is not Mode.RECORDING]
    spans = [one for one in there if not scene.several or _overlaps(one, scene)]
    if spans:
        last = max(one.end for one in spans)
        return deciding.instant(spans[0].start), deciding.instant(last)
    stated = row.stated_minutes
    return starts, min(ends, starts + timedelta(minutes=stated)) if stated else ends


def _overlaps(one: Span, scene: Scene) -> bool:
    return as_ms(scene.part.starts_at) < one.end and one.start < as_ms(scene.part.ends_at)


def _mode_of(row: Row, scene: Scene) -> str:
    if scene.part.mode != "hybrid":
        return scene.part.mode
    if not row.verdict.spans:
        return row.way or "room"
    mostly_online = row.verdict.minutes_online > row.verdict.minutes_room
    return "online" if mostly_online else "room"


def _row(scene: Scene, person_id: int) -> Row:
    rows = boards.board(scene.event.pk, at=scene.at).rows
    found = next((row for row in rows if row.person_id == person_id), None)
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, event_id: int, person_id: int) -> HttpResponse:
    """Show the records of a person; POST corrects their time."""
    scene = scenes.opened(request, event_id)
    row = _row(scene, person_id)
    if request.method != "POST":
        return _show(request, scene, row, correction_of(row, scene))
    form = Correction(request.POST, part=scene.part, parts=scene.parts)
    if not form.is_valid():
        return _show(request, scene, row, form, status=422)

    def deed() -> str:
        starts_at, ends_at = form.span()
        commands.correct(
            event_id, person_id=person_id, mode=form.cleaned_data["mode"], starts_at=starts_at,
            ends_at=ends_at, reason=form.cleaned_data["reason"], by=scene.by, at=scene.at,
            part_id=scene.part.pk,
        )  # fmt: skip
        return scenes.board_address(request, event_id, place=f"#p{person_id}")

    try:
        return edge.once(request, deed)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        edge.refuse_in(form, error)
        return _show(request, scene, row, form, status=error.status)


def _show(
    request: HttpRequest, scene: Scene, row: Row, form: Correction, *, status: int = 200
) -> HttpResponse:
    records = queries.records_of(scene.event.pk, row.person_id)
    latest = {one.part_id: one.pk for one in records if _corrects(one)}
    look, icon, result = wording.result(row)
    context = {
        "scene": scene, "event": scene.event, "part": scene.part, "row": row, "form": form,
        "look": look, "icon": icon, "result": result, "remarks": wording.remarks_of(row),
        "label": wording.stays(row.name, row.bars), "share": wording.share(row.verdict),
        "evidence": wording.evidence_of(row), "corrected": bool(latest),
        "records": [_record(one, latest.get(one.part_id, 0)) for one in records],
        "length": sum(part.minutes for part in scene.parts), "excuses": queries.excuses_for(scene.event.pk, row.person_id),
    }  # fmt: skip
    return render(request, "presence/person.html", context, status=status)


def _corrects(row: SightingRow) -> bool:
    return row.source == SightingRow.Source.CORRECTION and row.withdrawn_at is None


def _record(row: SightingRow, latest: int) -> Record:
    in_force = row.withdrawn_at is None and not row.waiting
    empty = row.ends_at == row.starts_at
    return Record(
        way=wording.way(Mode(row.mode)), starts_at=row.starts_at, ends_at=row.ends_at, empty=empty,
        stated_minutes=row.stated_seconds // 60 if row.stated_seconds is not None else None,
        evidence=_evidence(row), source=_source(row.source),
        report_id=row.report_id, matched=_matched(row.matched_by), reason=row.reason,
        by=row.by.name if row.by else "", recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at, counts=in_force and (not latest or row.pk == latest),
        row_id=row.pk, named_by_us=in_force and row.source == SightingRow.Source.REPORT,
    )  # fmt: skip


def _evidence(row: SightingRow) -> str:
    """Empty where the source says it all: nobody signs for answers to questions."""
    questions = row.source == SightingRow.Source.QUESTIONS
    return "" if questions else wording.evidence(Evidence(row.evidence))


def _source(code: str) -> str:
    return {
        SightingRow.Source.DOOR: _("at the door"),
        SightingRow.Source.PAPER: _("signed list"),
        SightingRow.Source.REPORT: _("report of the meeting"),
        SightingRow.Source.CORRECTION: _("correction"),
        SightingRow.Source.RECORDING: _("recording"),
        SightingRow.Source.QUESTIONS: _("questions on the recording"),
    }[SightingRow.Source(code)]


def _matched(how: str) -> str:
    return {
        Kind.EXACT_ID: _("known by our number"),
        Kind.EXACT_EMAIL: _("known by the e-mail address"),
        Kind.EXACT_NAME: _("same name, confirmed by hand"),
        "hand": _("named by hand"),
    }.get(how, "")


@require_POST
def drop(request: HttpRequest, event_id: int, person_id: int) -> HttpResponse:
    """Undo corrections: the first records count again."""
    scene = scenes.opened(request, event_id)

    def deed() -> str:
        commands.drop_corrections(event_id, person_id=person_id, by=scene.by, at=scene.at)
        return scenes.board_address(request, event_id, place=f"#p{person_id}")

    return edge.once(request, deed)


@require_POST
def decide(request: HttpRequest, event_id: int, person_id: int) -> HttpResponse:
    """Credit a borderline person or not; the reason comes with the button and can be changed."""
    scene = scenes.opened(request, event_id)
    verdict = request.POST.get("verdict", "")
    usual = (
        _("Borderline, credited after a look")
        if verdict == deciding.CREDIT
        else _("Borderline, not credited after a look")
    )

    def deed() -> str:
        deciding.decide(
            event_id, person_id=person_id, verdict=verdict,
            reason=request.POST.get("reason", "").strip() or usual, by=scene.by, at=scene.at,
        )  # fmt: skip
        return scenes.board_address(request, event_id, place=f"#p{person_id}")

    return edge.once(request, deed)
