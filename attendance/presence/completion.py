"""Credit by recordings in verdicts: whom it concerns, and when it became enough."""

from collections.abc import Mapping
from datetime import datetime

from attendance.presence import queries, rules
from attendance.presence.evidence import Status
from attendance.presence.models import SightingRow, VerdictRow
from events.registration import queries as registration

AFTERWARDS = (SightingRow.Source.RECORDING, SightingRow.Source.QUESTIONS)


def concerned(event_id: int, verdicts: Mapping[int, rules.Verdict]) -> dict[int, rules.Verdict]:
    """Without people who only watched some minutes of a recording, and never had a place.

    They are judged once they have watched enough; nobody is told to have fallen short by looking.
    """
    only = _only_watched(event_id) - {entry.person_id for entry in registration.roster(event_id)}
    return {
        person: verdict
        for person, verdict in verdicts.items()
        if person not in only or verdict.status is Status.PRESENT
    }


def _only_watched(event_id: int) -> set[int]:
    rows = [row for row in queries.sightings_of(event_id) if row.person_id is not None]
    there = {row.person_id for row in rows if row.source not in AFTERWARDS}
    return {row.person_id for row in rows if row.person_id is not None} - there


def completed_at(
    event_id: int, person_id: int, verdict: rules.Verdict, *, before: VerdictRow | None,
    at: datetime,
) -> datetime | None:  # fmt: skip
    """When watching made it enough: the recording of the evidence that reached the threshold.

    None where it is not enough, or was without any recording. What the verdict `before` called
    complete stays so from that day on: its hours are in a term, perhaps in a frozen batch.
    """
    if verdict.status is not Status.PRESENT or not verdict.minutes_recording:
        return None
    rows = queries.sightings_of(event_id, person_id=person_id)
    after = sorted({row.recorded_at for row in rows if row.source in AFTERWARDS})
    timetables, rule = queries.timetables_of(event_id), queries.rule_of(event_id, at=at)

    def enough(until: datetime | None) -> bool:
        held = [
            row
            for row in rows
            if row.source not in AFTERWARDS or (until is not None and row.recorded_at <= until)
        ]
        found = rules.settle_parts(parts=queries.by_part(held, timetables), rule=rule)
        return found.status is Status.PRESENT

    if enough(None):
        return None
    if before is not None and before.status == Status.PRESENT and before.completed_at:
        return before.completed_at
    return next((until for until in after if enough(until)), at)
