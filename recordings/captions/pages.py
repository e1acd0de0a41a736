"""What is said, for readers and players: captions, chapters, the whole text, finding a word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.backstage import edge
from events.kernel.errors import Missing
from events.kernel.fold import search_key
from recordings.captions import queries, search
from recordings.captions.models import Track
from recordings.library import queries as library

VTT = "text/vtt; charset=utf-8"


@require_safe
def captions(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """`/recordings/<slug>/captions/<language>.vtt`, as a player fetches it."""
    row = library.seen(slug, by=edge.actor(request), at=edge.moment(request))
    track = queries.track_of(row, language)
    if track is None:
        raise Missing
    return _private(queries.as_vtt(row, track))


@require_safe
def chapters(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/chapters.vtt`."""
    row = library.seen(slug, by=edge.actor(request), at=edge.moment(request))
    return _private(queries.chapters_as_vtt(row))


def _private(content: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=VTT)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/text/?in=hr&find=…`: all that is said, to read or to look a word up."""
    row = library.seen(slug, by=edge.actor(request), at=edge.moment(request))
    tracks = queries.tracks_of(row)
    track = _chosen(tracks, request.GET.get("in", ""))
    find = request.GET.get("find", "")[:200]
    said = queries.said_in(row, track, words=search_key(find)) if track else []
    context = {"recording": row, "tracks": tracks, "track": track, "find": find, "said": said}
    return render(request, "captions/text.html", context)


def _chosen(tracks: list[Track], language: str) -> Track | None:
    wanted = [track for track in tracks if track.language == language]
    return next(iter([*wanted, *tracks]), None)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`/recordings/search/?q=…`: a word in titles, chapters and what is said."""
    by, at = edge.actor(request), edge.moment(request)
    typed = request.GET.get("q", "")[:200]
    hits = search.find(typed, by=by, at=at)
    return render(request, "captions/search.html", {"q": typed, "hits": hits})
