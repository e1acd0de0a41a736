"""Pages of whoever runs the event: add captions, mend them, say where chapters begin."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from events.kernel.errors import Missing
from events.programme import queries as programme
from recordings.captions import chapters, commands, parsing, queries
from recordings.captions.forms import ChaptersForm, TrackForm
from recordings.captions.models import Track
from recordings.library import queries as library
from recordings.library.models import Recording

A_PAGE = 50
SHIFTS = (-60, -10, -1, 1, 10, 60)
PLANNED = "planned"


@require_http_methods(["GET", "HEAD", "POST"])
def tracks(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/captions/`: the languages there are, and a file for another."""
    if (answer := edge.signed_out(request)) is not None:
        return answer
    row = library.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    form = TrackForm(
        request.POST or None, request.FILES or None, language=row.language, cut=bool(row.cuts)
    )

    def do() -> str:
        return _add(request, row, form)

    if request.method == "POST" and (answer := edge.submit(request, form, do)) is not None:
        return answer
    context = {"recording": row, "tracks": queries.tracks_of(row), "form": form}
    return render(request, "captions/tracks.html", context, status=_status(form))


def _add(request: HttpRequest, row: Recording, form: TrackForm) -> str:
    file = form.cleaned_data["file"]
    if file.size > parsing.MOST_BYTES:
        raise parsing.CaptionsTooLong
    content = file.read()
    track = commands.add_track(
        row.pk, language=form.cleaned_data["language"], content=content,
        origin=Track.Origin.UPLOAD, file_name=file.name or "",
        film=form.cleaned_data.get("film", "whole"), by=edge.actor(request),
        at=edge.moment(request),
    )  # fmt: skip
    number = track.cues.count()
    said = ngettext(
        "%(number)s line of captions is in.", "%(number)s lines of captions are in.", number
    )
    messages.success(request, said % {"number": number})
    if lost := queries.left_out(track, content):
        messages.warning(request, _left_out(lost, cut=bool(row.cuts)))
    return reverse("recording_captions", args=[row.slug])


def _left_out(lost: int, *, cut: bool) -> str:
    """How many lines of a file are not shown, and why."""
    said = (
        ngettext(
            "%(number)s line of the file is left out: it lies after the end or in what was cut out.",
            "%(number)s lines of the file are left out: they lie after the end or in what was cut out.",
            lost,
        )
        if cut
        else ngettext(
            "%(number)s line of the file is left out: it begins after the recording ends.",
            "%(number)s lines of the file are left out: they begin after the recording ends.",
            lost,
        )
    )
    return said % {"number": lost}


@require_POST
def remove(request: HttpRequest, slug: str, track_id: int) -> HttpResponse:
    """Take the captions of a language away."""
    row = library.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    _track(row, track_id)

    def do() -> str:
        commands.remove_track(track_id, by=edge.actor(request), at=edge.moment(request))
        messages.success(request, _("The captions are removed."))
        return reverse("recording_captions", args=[row.slug])

    return edge.once(request, do)


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, slug: str, track_id: int) -> HttpResponse:
    """`/recordings/<slug>/captions/<track>/?page=2`: change what the lines say, fifty a page."""
    if (answer := edge.signed_out(request)) is not None:
        return answer
    row = library.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    track = _track(row, track_id)
    number = request.GET.get("page", "1")
    if request.method == "POST":
        return edge.once(request, lambda: _mended(request, row, track, number))
    page = Paginator(queries.said_in(row, track), A_PAGE).get_page(number)
    context = {"recording": row, "track": track, "page": page}
    return render(request, "captions/mend.html", context)


def _mended(request: HttpRequest, row: Recording, track: Track, page: str) -> str:
    texts = {
        int(name[4:]): request.POST[name]
        for name in request.POST
        if name.startswith("cue-") and name[4:].isascii() and name[4:].isdecimal()
    }
    number = commands.mend(track.pk, texts, by=edge.actor(request), at=edge.moment(request))
    said = ngettext("%(number)s line is changed.", "%(number)s lines are changed.", number)
    messages.success(request, said % {"number": number})
    return (
        reverse("recording_mend", args=[row.slug, track.pk])
        + f"?page={page if page.isdecimal() else 1}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_chapters(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/chapters/`: one chapter a line, or those of the running order."""
    if (answer := edge.signed_out(request)) is not None:
        return answer
    row = library.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    form = ChaptersForm(
        request.POST or None, length_ms=row.length_ms, initial={"lines": _as_lines(row)}
    )

    def do() -> str:
        marks = chapters.on_source(row, form.marks())
        chapters.write(row.pk, marks, by=edge.actor(request), at=edge.moment(request))
        messages.success(request, _("The chapters are saved."))
        return reverse("recording_chapters", args=[row.slug])

    if request.method == "POST" and (answer := edge.submit(request, form, do)) is not None:
        return answer
    context = {
        "recording": row, "form": form, "sections": queries.sections_of(row), "shifts": SHIFTS,
        "agenda": chapters.from_agenda(row), "begins": _begins(row), "zone": programme.outline(row.event_id).zone,
    }  # fmt: skip
    return render(request, "captions/chapters.html", context, status=_status(form))


def _begins(row: Recording) -> datetime | None:
    return datetime.fromtimestamp(row.pieces[0][1] / 1000, UTC) if row.pieces else None


def _as_lines(row: Recording) -> str:
    return "\n".join(f"{_clock(one.start)} {one.title}" for one in queries.sections_of(row))


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@require_POST
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the running order over as chapters, or say when recording began."""
    row = library.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    by, at = edge.actor(request), edge.moment(request)
    seconds = next((one for one in SHIFTS if request.POST.get("shift") == str(one)), 0)

    def do() -> str:
        if seconds:
            chapters.shift(row.pk, seconds=seconds, by=by, at=at)
        elif request.POST.get("shift") == PLANNED:
            chapters.as_planned(row.pk, by=by, at=at)
        else:
            chapters.take_agenda(row.pk, by=by, at=at)
        messages.success(request, _("Saved."))
        return reverse("recording_chapters", args=[row.slug])

    return edge.once(request, do)


def _track(row: Recording, track_id: int) -> Track:
    found = next((one for one in queries.tracks_of(row) if one.pk == track_id), None)
    if found is None:
        raise Missing
    return found


def _status(form: Form) -> int:
    return 422 if form.errors else 200
