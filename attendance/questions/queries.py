"""Questions about recordings, and how somebody stands with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import queries as presence
from attendance.presence.intervals import Line, Pair, as_ms, union
from attendance.presence.standing import standing
from attendance.questions.models import Attempt, Question
from attendance.questions.rules import FEWEST, TURNS
from events.programme import queries as programme
from recordings.library import timeline

if TYPE_CHECKING:
    from attendance.presence.standing import Standing
    from recordings.library.models import Recording


@dataclass(frozen=True)
class Tries:
    """How a person stands: whether it was passed, a try that is open, how many are left."""

    passed: bool
    open: Attempt | None
    last: Attempt | None
    left: int

    @property
    def over(self) -> bool:
        """Whether nothing more can be earned by answering."""
        return self.passed or (self.left <= 0 and self.open is None)


def written(recording_id: int) -> list[Question]:
    """The questions in force, in the order they were written."""
    rows = Question.objects.filter(recording_id=recording_id, removed_at=None)
    return list(rows.order_by("pk"))


def are_enough(recording_id: int) -> bool:
    """Whether there are as many questions as a set must have."""
    return Question.objects.filter(recording_id=recording_id, removed_at=None).count() >= FEWEST


def can_be_earned(recording: "Recording", *, at: datetime) -> bool:
    """Whether questions can earn anything: the rule counts recordings, and the deadline is not over.

    A file must be laid on the clock of its part; a recording that lies elsewhere stands for all of it.
    """
    if recording.credit_over(at):
        return False
    placed = bool(recording.pieces) if recording.length_ms else bool(recording.link)
    return placed and presence.rule_of(recording.event_id, at=at).counts_recordings


def tries_of(recording_id: int, person_id: int) -> Tries:
    """The tries of a person at the questions of a recording."""
    rows = list(
        Attempt.objects.filter(recording_id=recording_id, person_id=person_id).order_by("turn")
    )
    last = rows[-1] if rows else None
    return Tries(
        passed=any(row.passed for row in rows),
        open=last if last is not None and last.done_at is None else None,
        last=last, left=TURNS - len(rows),
    )  # fmt: skip


def earned(part_id: int, person_id: int) -> Line:
    """The instants (ms) of a part for which a person answered questions, of all its recordings.

    What was cut out before they were answered is not among them. A recording that lies elsewhere
    stands for the whole planned part.
    """
    rows = Attempt.objects.filter(recording__part_id=part_id, person_id=person_id, passed=True)
    return union(span for row in rows.select_related("recording") for span in _line(row))


def beyond(recording: "Recording", *, person_id: int, at: datetime) -> "Standing | None":
    """How a person stands for whom passing, and playing everything, cannot be enough; else None."""
    also = union(_shown(recording, recording.left))
    found = standing(recording, person_id=person_id, at=at, also=also)
    return None if found is None or found.in_reach else found


def _line(attempt: Attempt) -> list[Pair]:
    return _shown(attempt.recording, [(int(one), int(two)) for one, two in attempt.covers])


def _shown(recording: "Recording", spans: list[Pair]) -> list[Pair]:
    """The instants of spans of source time; the whole planned part where the file lies elsewhere."""
    if not recording.duration_ms:
        part = programme.part_for_work(recording.part_id)
        return [(as_ms(part.starts_at), as_ms(part.ends_at))]
    return timeline.to_event(spans, [tuple(piece) for piece in recording.pieces])


def passed_by(recording_id: int) -> list[int]:
    """Ids of the people who answered the questions of a recording well enough."""
    rows = Attempt.objects.filter(recording_id=recording_id, passed=True).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def drawn(attempt: Attempt) -> list[Question]:
    """The questions of a try in their order, also those that were removed since."""
    found = Question.objects.in_bulk(attempt.drawn)
    return [found[pk] for pk in attempt.drawn]
