"""What somebody played of recordings becomes evidence, and after the end of an event a verdict."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, intervals, queries
from attendance.presence.evidence import Status
from attendance.presence.intervals import Line
from attendance.presence.models import Settlement, SightingRow, VerdictRow
from attendance.presence.played import keep_in_step
from events.kernel.actors import Actor
from recordings.library import queries as library
from recordings.library import timeline
from recordings.watched import queries as watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from attendance.presence.rules import Verdict
    from recordings.library.models import Recording


def limit(event_id: int, *, at: datetime) -> int:
    """The fastest playing that counts at an event, in percent: what its rule says."""
    return queries.rule_of(event_id, at=at).watch_limit


def played_of_part(part_id: int, *, person_id: int) -> Line:
    """What a person has played of all recordings of a part, as instants (ms): each moment once."""
    return _played(library.all_of_part(part_id), person_id=person_id)


def _played(recordings: "Sequence[Recording]", *, person_id: int) -> Line:
    spans = watched.spans_by_recording((one.pk for one in recordings), person_id=person_id)
    return intervals.union(
        span
        for one in recordings
        for span in timeline.to_event(spans.get(one.pk, ()), [tuple(it) for it in one.pieces])
    )


@transaction.atomic
def see_watched(recording_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Bring a person's evidence of recordings of one part in step with what was played.

    New parts are added; where the recording was said to have begun at another time, all are
    written anew. Nothing is written where the rule counts no recordings. A settled event gets a
    new verdict for the person as soon as it is enough, or nothing more can be earned.
    """
    recording = library.find(recording_id)
    if recording is None:
        return
    event_id = recording.event_id
    if not queries.rule_of(event_id, at=at).counts_recordings:
        return
    commands.lock(event_id)
    wanted = played_of_part(recording.part_id, person_id=person_id)
    keep_in_step(
        recording, wanted, source=SightingRow.Source.RECORDING, person_id=person_id, by=by, at=at
    )
    settle_person(event_id, person_id=person_id, at_last=False, by=by, at=at)


@transaction.atomic
def see_attested(
    recording: "Recording", line: Line, *, person_id: int, at_last: bool, by: Actor, at: datetime
) -> None:
    """Questions were answered: evidence of class attested for these instants (ms) of the part.

    `line` is all that the person earned at the part so. Minutes that were also played or attended
    count once, as all evidence does. `at_last` as in `settle_person`.
    """
    commands.lock(recording.event_id)
    keep_in_step(
        recording, line, source=SightingRow.Source.QUESTIONS, person_id=person_id, by=by, at=at
    )
    settle_person(recording.event_id, person_id=person_id, at_last=at_last, by=by, at=at)


@transaction.atomic
def settle_person(event_id: int, *, person_id: int, at_last: bool, by: Actor, at: datetime) -> None:
    """After an event was settled: a new verdict for one person, when it is worth one.

    At once when it becomes enough or nothing more can be earned; what somebody with a certificate
    watches besides waits until `at_last`, so that not every five minutes make a new paper.
    """
    settlement = queries.settlement_of(event_id)
    if settlement is None or settlement.state != Settlement.State.SETTLED:
        return
    new = queries.judge(event_id, at=at, person_id=person_id)[person_id]
    if _is_worth_it(queries.current_verdicts(event_id).get(person_id), new, at_last=at_last):
        commands.settle(event_id, by=by, at=at, person_id=person_id)


def settle_viewer(recording_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """A day after something was earned by a recording: what is beyond what was needed counts too."""
    recording = library.find(recording_id)
    if recording is not None:
        settle_person(recording.event_id, person_id=person_id, at_last=True, by=by, at=at)


def _is_worth_it(before: VerdictRow | None, new: "Verdict", *, at_last: bool) -> bool:
    was = before.status if before else Status.ABSENT
    if new.status is Status.PRESENT and was != Status.PRESENT:
        return True
    if new.status is Status.REVIEW and was != Status.REVIEW:
        return at_last
    more = before is not None and new.minutes_counted > before.minutes_counted
    if new.status is not Status.PRESENT or not more:
        return False
    return at_last or new.minutes_counted == new.minutes_planned
