"""Write questions, draw them, and judge answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands as presence
from attendance.presence import policies as presence_policies
from attendance.presence import watching
from attendance.questions import queries, rules
from attendance.questions.models import Attempt, Question
from events.backstage.commands import audit
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing, NotAllowed
from events.kernel.words import gettext_noop
from recordings.library import queries as library

if TYPE_CHECKING:
    from recordings.library.models import Recording


class QuestionUnfinished(BadInput):
    """A question without a text, with one answer, or without a right one."""

    code = "question_unfinished"
    sentence = gettext_noop("Write a question, at least two different answers, and mark one right.")


class NothingToAnswer(DomainError):
    """There are no questions that could earn anything."""

    code = "nothing_to_answer"
    sentence = gettext_noop("Nobody can answer questions on this recording now.")


class NoTryLeft(DomainError):
    """Both tries are used, or it is passed already."""

    code = "no_try_left"
    sentence = gettext_noop("You have used both tries, or passed already.")


class OwnQuestions(DomainError):
    """Whoever may write the questions knows the answers."""

    code = "own_questions"
    status = 403
    sentence = gettext_noop("Whoever runs the event can read the answers, so they earn nothing.")


def managed(recording_id: int, *, by: Actor) -> "Recording":
    """The recording for whoever keeps the attendance of its event; raises Missing or NotAllowed."""
    recording = library.managed(recording_id, by=by)
    presence_policies.require_may_keep(by, recording.event)
    return recording


@transaction.atomic
def add(
    recording_id: int, *, text: str, answers: Sequence[str], right: int, by: Actor, at: datetime
) -> Question:
    """Add a question; `right` is the place of the right answer, from 0. Raises QuestionUnfinished."""
    managed(recording_id, by=by)
    asked = " ".join(text.split())[:300]
    said = [" ".join(answer.split())[:200] for answer in answers]
    full = [answer for answer in said if answer]
    if not asked or len(set(full)) != len(full) or len(full) < rules.FEWEST_ANSWERS:
        raise QuestionUnfinished
    if not 0 <= right < len(said) or not said[right]:
        raise QuestionUnfinished
    row = Question.objects.create(
        recording_id=recording_id, text=asked, answers=full, right=full.index(said[right]),
        by_id=by.person_id, at=at,
    )  # fmt: skip
    audit("question_added", by=by, at=at, thing="recording", thing_id=recording_id,
          changes={"question": [None, row.pk]})  # fmt: skip
    return row


@transaction.atomic
def remove(recording_id: int, *, question_id: int, by: Actor, at: datetime) -> None:
    """Ask a question no more; tries that drew it keep it. Raises Missing."""
    managed(recording_id, by=by)
    rows = Question.objects.filter(pk=question_id, recording_id=recording_id)
    if not rows.exists():
        raise Missing
    rows.filter(removed_at=None).update(removed_at=at)
    audit("question_removed", by=by, at=at, thing="recording", thing_id=recording_id,
          changes={"question": [question_id, None]})  # fmt: skip


@transaction.atomic
def begin(recording: "Recording", *, by: Actor, at: datetime) -> Attempt:
    """Draw five questions; an open try stays the one.

    Raises OwnQuestions, NothingToAnswer or NoTryLeft.
    """
    person_id = _answering(recording, by)
    if not queries.can_be_earned(recording, at=at) or not queries.are_enough(recording.pk):
        raise NothingToAnswer
    presence.lock(recording.event_id)
    tries = queries.tries_of(recording.pk, person_id)
    if tries.open is not None:
        return tries.open
    if tries.passed or not tries.left:
        raise NoTryLeft
    asked = tries.last.drawn if tries.last else []
    seed = chance.hexadecimal(8)
    known = [one.pk for one in queries.written(recording.pk)]
    return Attempt.objects.create(
        recording_id=recording.pk, person_id=person_id, turn=rules.TURNS - tries.left + 1,
        seed=seed, drawn=rules.draw(known, asked, seed=seed), begun_at=at,
    )  # fmt: skip


@transaction.atomic
def answer(recording: "Recording", *, given: Mapping[int, int], by: Actor, at: datetime) -> Attempt:
    """Judge the open try; passed, it is evidence of class attested for all that is shown.

    Raises NothingToAnswer when there is none or it can earn nothing any more, or OwnQuestions.
    """
    person_id = _answering(recording, by)
    presence.lock(recording.event_id)
    attempt = queries.tries_of(recording.pk, person_id).open
    if attempt is None or not queries.can_be_earned(recording, at=at):
        raise NothingToAnswer
    right = {one.pk: one.right for one in queries.drawn(attempt)}
    attempt.given = {str(key): given[key] for key in right if key in given}
    attempt.correct = rules.correct(right, given)
    attempt.passed, attempt.done_at = attempt.correct >= rules.NEEDED, at
    attempt.covers = recording.left if attempt.passed else []
    attempt.save()
    audit("questions_answered", by=by, at=at, thing="recording", thing_id=recording.pk,
          changes={"passed": [None, attempt.passed], "turn": [None, attempt.turn]})  # fmt: skip
    if attempt.passed:
        line = queries.earned(recording.part_id, person_id)
        watching.see_attested(recording, line, person_id=person_id, at_last=True, by=by, at=at)
    return attempt


def _answering(recording: "Recording", by: Actor) -> int:
    if by.person_id is None:
        raise NotAllowed
    if presence_policies.may_keep(by, recording.event):
        raise OwnQuestions
    return by.person_id
