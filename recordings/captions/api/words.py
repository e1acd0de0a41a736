"""Operations on captions: read them, as lines or as WebVTT, add, mend and take them away; find words."""

from django.http import HttpRequest, HttpResponse

from events.backstage import edge
from events.interface import paging
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Done, Id, Limit, List, Page, Search, Tongue
from events.kernel.errors import Missing
from recordings.captions import answers, commands, queries, search
from recordings.captions.answers import (
    CaptionsWanted,
    CueShape,
    CuesWanted,
    HitShape,
    TrackShape,
)
from recordings.captions.models import Track
from recordings.library import called
from recordings.library.answers import NAMED
from recordings.library.languages import require_known
from recordings.library.models import Recording

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
CAPTIONS = f"{NAMED}/captions/{{language}}"
MEDIA = "text/vtt"


def _track(row: Recording, language: str) -> Track:
    found = queries.track_of(row, language)
    if found is None:
        raise Missing
    return found


@router.read("/recordings/search", List[HitShape], scope=READ, public=True)
def search_recordings(
    request: HttpRequest, q: Search = "", recording_id: Id | None = None
) -> List[HitShape]:
    """Find words in titles, chapters and what is said, to the second; the best twenty recordings.

    Accents and case do not matter, Cyrillic and Latin find one another, beginnings of words are
    enough. Without words nothing is found.
    """
    by, at = edge.actor(request), edge.moment(request)
    return List(
        items=[answers.hit(one) for one in search.find(q, by=by, at=at, inside=recording_id)]
    )


@router.read(CAPTIONS, Page[CueShape], scope=READ, public=True)
def list_cues(
    request: HttpRequest, recording_id: Id, language: Tongue, limit: Limit = 100,
    cursor: Cursor = "",
) -> Page[CueShape]:  # fmt: skip
    """What is said, cue by cue, on the clock of the player; what was cut out is left out."""
    row = called.seen(request, recording_id)
    return paging.page(
        request, queries.cues_of(_track(row, language)),
        lambda rows: [answers.cue(one) for one in queries.on_player(row, rows)],
        order=("order",), limit=limit, cursor=cursor,
    )  # fmt: skip


@router.file(f"{CAPTIONS}/vtt", MEDIA, scope=READ, public=True)
def get_captions_file(request: HttpRequest, recording_id: Id, language: Tongue) -> HttpResponse:
    """The captions of a language as WebVTT, as players read them."""
    row = called.seen(request, recording_id)
    text = queries.as_vtt(row, _track(row, language))
    return HttpResponse(text, content_type=f"{MEDIA}; charset=utf-8")


@router.change("PUT", CAPTIONS, TrackShape, scope=WRITE)
def put_captions(
    request: HttpRequest, recording_id: Id, language: Tongue, body: CaptionsWanted
) -> TrackShape:
    """Add the captions of a language, in the place of those there were; the same again changes nothing."""
    row = called.managed(request, recording_id)
    require_known(language, row.language)
    found = commands.add_track(
        recording_id, language=language, content=body.text.encode(), origin=Track.Origin.UPLOAD,
        file_name=body.file_name, film=body.film, by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    return answers.track(row, found)


@router.change("PATCH", CAPTIONS, TrackShape, scope=WRITE)
def mend_captions(
    request: HttpRequest, recording_id: Id, language: Tongue, body: CuesWanted
) -> TrackShape:
    """Change what cues say, by their order; a cue that is not there is left out."""
    row = called.managed(request, recording_id)
    texts = {one.order: one.text for one in body.items}
    found = _track(row, language)
    commands.mend(found.pk, texts, by=edge.actor(request), at=edge.moment(request))
    return answers.track(row, _track(row, language))


@router.change("DELETE", CAPTIONS, Done, scope=WRITE)
def remove_captions(request: HttpRequest, recording_id: Id, language: Tongue) -> Done:
    """Take the captions of a language away; without any, a recording stays within its cluster."""
    found = _track(called.managed(request, recording_id), language)
    commands.remove_track(found.pk, by=edge.actor(request), at=edge.moment(request))
    return Done()
