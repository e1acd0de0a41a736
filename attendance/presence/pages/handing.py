"""`/attendance/<event>/reports/`: the reports of an event, and the place to drop new ones in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.presence import imports, queries, report_words, taking
from attendance.presence.forms import Upload
from attendance.presence.pages import scene as scenes
from attendance.presence.pages.scene import Scene
from attendance.presence.reports import ReportRefused
from events.backstage import edge
from events.kernel.errors import DomainError, Missing, NotAllowed

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from attendance.presence.models import ReportImport

REFUSED = 422


@dataclass(frozen=True)
class Outcome:
    """What became of one of several files: a report to look at, or why it was refused."""

    name: str
    row: "ReportImport | None" = None
    refusal: str = ""

    @property
    def doubt(self) -> str:
        """Why to look twice before the report is taken over, if there is a reason."""
        return report_words.doubt(self.row.warnings) if self.row else ""


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest, event_id: int) -> HttpResponse:
    """The reports of an event, and the form to hand some in; each file is answered for itself."""
    scene = scenes.opened(request, event_id)
    if request.method != "POST":
        return _list(request, scene, Upload(parts=scene.parts))
    form = Upload(request.POST, request.FILES, parts=scene.parts)
    if not form.is_valid():
        return _list(request, scene, form, status=REFUSED)
    files = form.cleaned_data["file"]
    part_id = int(form.cleaned_data.get("part") or 0) or None
    if len(files) == 1:
        return _one(request, scene, form, files[0], part_id)
    outcomes = [_outcome(scene, file, part_id) for file in files]
    status = 200 if any(one.row for one in outcomes) else REFUSED
    again = Upload(parts=scene.parts)
    return _list(request, scene, again, outcomes=outcomes, status=status)


def _one(
    request: HttpRequest,
    scene: Scene,
    form: Upload,
    file: "UploadedFile[bytes]",
    part_id: int | None,
) -> HttpResponse:
    """A single file leads to its own page; a refusal stands at the field."""
    try:
        row = _handed_in(scene, file, part_id)
    except ReportRefused as refusal:
        form.add_error("file", report_words.refusal(refusal.code, refusal.values))
        return _list(request, scene, form, status=REFUSED)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        edge.refuse_in(form, error)
        return _list(request, scene, form, status=error.status)
    return HttpResponseRedirect(reverse("board_report", args=[scene.event.pk, row.pk]))


def _outcome(scene: Scene, file: "UploadedFile[bytes]", part_id: int | None) -> Outcome:
    """One of several files; what is wrong with it does not keep the others out."""
    name = taking.clean(file.name or "")
    try:
        return Outcome(name, row=_handed_in(scene, file, part_id))
    except ReportRefused as refusal:
        return Outcome(name, refusal=report_words.refusal(refusal.code, refusal.values))
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        return Outcome(name, refusal=edge.sentence(error))


def _handed_in(scene: Scene, file: "UploadedFile[bytes]", part_id: int | None) -> "ReportImport":
    if not file.size:
        raise ReportRefused("file_empty")
    if file.size > imports.LARGEST:
        raise imports.FileTooLarge(megabytes=imports.LARGEST // 1024 // 1024, field="file")
    return imports.hand_in(
        scene.event.pk, content=file.read(), file_name=file.name or "", by=scene.by, at=scene.at,
        part_id=part_id,
    )  # fmt: skip


def _list(
    request: HttpRequest, scene: Scene, form: Upload, *, outcomes: list[Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    rows = queries.reports_of(scene.event.pk)
    context = {
        "scene": scene, "event": scene.event, "part": scene.part, "form": form, "rows": [(row, report_words.doubt(row.warnings)) for row in rows],
        "outcomes": outcomes or [], "limit": imports.LARGEST // 1024 // 1024,
    }  # fmt: skip
    return render(request, "presence/reports.html", context, status=status)


def said(row: "ReportImport") -> str:
    """What taking a report over did, in two short sentences; the second leads to who is left."""
    matched, waiting = queries.named_in(row.pk)
    values = {"file": row.file_name, "matched": matched, "people": matched + waiting}
    counts = _("%(file)s counts now. Matched: %(matched)s of %(people)s.") % values
    if not waiting:
        return f"{counts} {_('Nobody of it is left to be named.')}"
    place = reverse("board", args=[row.event_id]) + "#unmatched"
    rest = _("You name the others on the board.")
    return format_html('{} <a href="{}">{}</a>', counts, place, rest)
