"""What somebody played of recordings becomes evidence, and after the end of an event a verdict."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, intervals, queries
from attendance.presence.evidence import Evidence, Mode, Status
from attendance.presence.intervals import Line, as_ms
from attendance.presence.models import Settlement, SightingRow, VerdictRow
from events.kernel.actors import Actor
from events.programme import queries as programme
from recordings.library import queries as library
from recordings.library import timeline
from recordings.watched import queries as watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from attendance.presence.rules import Verdict
    from recordings.library.models import Recording

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    _keep_in_step(recording, wanted, person_id=person_id, by=by, at=at)
    settle_person(event_id, person_id=person_id, at_last=False, by=by, at=at)


def _keep_in_step(
    recording: "Recording", wanted: Line, *, person_id: int, by: Actor, at: datetime
) -> None:
    there = SightingRow.objects.filter(
        part_id=recording.part_id, person_id=person_id, source=SightingRow.Source.RECORDING,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    held = intervals.union(
        (as_ms(row.starts_at), as_ms(row.ends_at)) for row in there if row.ends_at
    )
    if intervals.subtract(held, wanted):
        there.update(withdrawn_at=at)
        held = ()
    SightingRow.objects.bulk_create(
        SightingRow(
            event_id=recording.event_id, part_id=recording.part_id, person_id=person_id,
            mode=Mode.RECORDING, starts_at=_instant(start), ends_at=_instant(end),
            evidence=Evidence.MEASURED, source=SightingRow.Source.RECORDING, by_id=by.person_id,
            recorded_at=at,
        )
        for start, end in intervals.subtract(wanted, held)
    )  # fmt: skip


@transaction.atomic
def see_attested(recording: "Recording", *, person_id: int, by: Actor, at: datetime) -> None:
    """Questions were answered: evidence of class attested over all that the recording shows.

    One that lies elsewhere stands for the whole planned part. Minutes that were also played or
    attended count once, as all evidence does.
    """
    commands.lock(recording.event_id)
    spans: Line = ((0, recording.duration_ms),)
    line = timeline.to_event(spans, [tuple(it) for it in recording.pieces])
    part = programme.part_for_work(recording.part_id)
    if not recording.length_ms:
        line = [(as_ms(part.starts_at), as_ms(part.ends_at))]
    SightingRow.objects.bulk_create(
        SightingRow(
            event_id=recording.event_id, part_id=recording.part_id, person_id=person_id,
            mode=Mode.RECORDING, starts_at=_instant(start), ends_at=_instant(end),
            evidence=Evidence.ATTESTED, source=SightingRow.Source.QUESTIONS, by_id=by.person_id,
            recorded_at=at,
        )
        for start, end in line
    )  # fmt: skip
    settle_person(recording.event_id, person_id=person_id, at_last=True, by=by, at=at)


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


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
