"""Operations on chapters: read them, write them, take them over from the running order."""

from django.http import HttpRequest

from events.backstage import edge
from events.interface.conditions import require_match
from events.interface.operations import Operations
from events.interface.shapes import Id, List
from recordings.captions import answers, chapters, queries
from recordings.captions.answers import ChapterShape, ChaptersWanted, ShiftWanted
from recordings.library import called
from recordings.library.answers import NAMED, ms
from recordings.library.models import Recording

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
CHAPTERS = f"{NAMED}/chapters"


def _shape(row: Recording) -> List[ChapterShape]:
    return List(items=[answers.chapter(one) for one in queries.sections_of(row)])


@router.read(CHAPTERS, List[ChapterShape], scope=READ, public=True)
def list_chapters(request: HttpRequest, recording_id: Id) -> List[ChapterShape]:
    """The chapters of a recording, in seconds of the player."""
    return _shape(called.seen(request, recording_id))


@router.change("PUT", CHAPTERS, List[ChapterShape], scope=WRITE, match="needed")
def set_chapters(
    request: HttpRequest, recording_id: Id, body: ChaptersWanted
) -> List[ChapterShape]:
    """Write all chapters by hand, in the place of those there are."""
    row = called.managed(request, recording_id)
    require_match(request, _shape(row))
    marks = [chapters.Mark(ms(one.start), one.title) for one in body.items]
    chapters.require_apart(row, marks)
    chapters.write(
        recording_id, chapters.on_source(row, marks), by=edge.actor(request),
        at=edge.moment(request),
    )  # fmt: skip
    return _shape(row)


@router.act(f"{CHAPTERS}/from-running-order", List[ChapterShape], scope=WRITE)
def take_chapters_over(request: HttpRequest, recording_id: Id) -> List[ChapterShape]:
    """Take the running order over as chapters; those written by hand stay."""
    row = called.managed(request, recording_id)
    chapters.take_agenda(recording_id, by=edge.actor(request), at=edge.moment(request))
    return _shape(row)


@router.act(f"{CHAPTERS}/shift", List[ChapterShape], scope=WRITE)
def shift_recording(
    request: HttpRequest, recording_id: Id, body: ShiftWanted
) -> List[ChapterShape]:
    """Say that recording began later or earlier; chapters of the running order and credit move along."""
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    chapters.shift(recording_id, seconds=body.seconds, by=by, at=at)
    return _shape(called.seen(request, recording_id))


@router.act(f"{NAMED}/pieces/as-planned", List[ChapterShape], scope=WRITE)
def place_as_planned(request: HttpRequest, recording_id: Id) -> List[ChapterShape]:
    """Say that recording began when its part was to begin, without a pause."""
    called.managed(request, recording_id)
    chapters.as_planned(recording_id, by=edge.actor(request), at=edge.moment(request))
    return _shape(called.seen(request, recording_id))
