"""Operations on who agreed, what is cut out, and how long a recording is kept."""

from django.http import HttpRequest

from events.backstage import edge
from events.interface.api import JobShape, shape
from events.interface.operations import Operations
from events.interface.shapes import Done, Id, List
from recordings.keeping import answers, commands
from recordings.keeping.answers import (
    AnswerWanted,
    CountingWanted,
    CutWanted,
    KeepingWanted,
    LettersShape,
    NoteWanted,
    NothingWanted,
    SpeakerShape,
)
from recordings.library import called, deadline, parents, shortening
from recordings.library import commands as library
from recordings.library.answers import NAMED, ms
from recordings.library.models import Recording

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
SPEAKERS = f"{NAMED}/speakers"


def _speakers(row: Recording) -> List[SpeakerShape]:
    return List(items=answers.speakers(row))


@router.read(SPEAKERS, List[SpeakerShape], scope=READ)
def list_speakers(request: HttpRequest, recording_id: Id) -> List[SpeakerShape]:
    """Who speaks in a recording and what each said; for whoever runs its event."""
    return _speakers(called.looked_after(request, recording_id))


@router.act(f"{SPEAKERS}/ask", LettersShape, scope=WRITE)
def ask_speakers(request: HttpRequest, recording_id: Id) -> LettersShape:
    """Write to every speaker who has not answered yet, once each."""
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    return LettersShape(letters=commands.ask_speakers(recording_id, by=by, at=at))


@router.act(f"{SPEAKERS}/answers", List[SpeakerShape], scope=WRITE)
def note_speaker_answer(
    request: HttpRequest, recording_id: Id, body: AnswerWanted
) -> List[SpeakerShape]:
    """Note what a speaker said about a talk by word of mouth or on paper."""
    row = called.managed(request, recording_id)
    library.note_answer(
        recording_id, person_id=body.person_id, title=body.title, yes=body.agrees, note=body.note,
        by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    return _speakers(row)


@router.act(f"{NAMED}/asked", Done, scope=WRITE)
def say_everybody_was_asked(request: HttpRequest, recording_id: Id, body: NoteWanted) -> Done:
    """Say that everybody seen or heard was asked, of a recording that nobody announced."""
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    library.say_asked(recording_id, note=body.note, by=by, at=at)
    return Done()


@router.act(f"{NAMED}/parents-agreed", Done, scope=WRITE)
def say_parents_agreed(request: HttpRequest, recording_id: Id) -> Done:
    """Say that every parent of a pupil who is seen or heard agreed in writing; the first word stays."""
    called.managed(request, recording_id)
    parents.say_parents_agreed(recording_id, by=edge.actor(request), at=edge.moment(request))
    return Done()


@router.act(f"{NAMED}/cuts", JobShape, scope=WRITE)
def cut_recording(request: HttpRequest, recording_id: Id, body: CutWanted) -> JobShape:
    """Cut stretches out for good, as a job; the recording is down at once and a draft afterwards."""
    called.managed(request, recording_id)
    spans = [(ms(one.start), ms(one.end)) for one in body.items]
    by, at = edge.actor(request), edge.moment(request)
    return shape(commands.cut(recording_id, spans, by=by, at=at))


@router.act(f"{NAMED}/restore", Done, scope=WRITE)
def restore_recording(request: HttpRequest, recording_id: Id, body: NothingWanted) -> Done:
    """Say that nothing is in it of those who said no; it becomes a draft again."""
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    shortening.restore(recording_id, note=body.note, known=body.known, by=by, at=at)
    return Done()


@router.change("PUT", f"{NAMED}/kept-until", Done, scope=WRITE)
def keep_recording(request: HttpRequest, recording_id: Id, body: KeepingWanted) -> Done:
    """Choose the day on which a recording is removed; hours that were earned stay."""
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    shortening.keep_until(recording_id, until=body.kept_until, by=by, at=at)
    return Done()


@router.change("PUT", f"{NAMED}/counts-until", Done, scope=WRITE)
def set_credit_deadline(request: HttpRequest, recording_id: Id, body: CountingWanted) -> Done:
    """Choose the last day on which playing earns credit; what counted already stays.

    Null takes the deadline away, and what was played after it counts. A day that is over is refused,
    and one after that on which the recording is removed.
    """
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    deadline.count_until(recording_id, until=body.counts_until, by=by, at=at)
    return Done()
