"""How a report comes to count, whether somebody handed it in or a service was asked for it."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import commands, finding, queries
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.finding import Crowd
from attendance.presence.matching import Kind
from attendance.presence.models import ReportImport, SightingRow
from attendance.presence.reports import Report, SeenPerson
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.programme import queries as programme

if TYPE_CHECKING:
    from events.programme.models import Part

LONGEST_NAME, LONGEST_KEY, LONGEST_ADDRESS = 200, 200, 254
Named = tuple[int | None, str]
SAID = (finding.BY_HAND, finding.STRANGER, Kind.EXACT_NAME.value)


def let_count(row: ReportImport, report: Report, *, by: Actor, at: datetime) -> None:
    """Everybody a report saw becomes a sighting; an earlier version of it counts no more.

    The event is locked (`commands.lock`). Who somebody is, as a person said of the earlier version,
    stays said.
    """
    part = programme.part_for_work(row.part_id)
    row.state = ReportImport.State.TAKEN
    if part.mode == Mode.ONLINE:
        # In a hybrid event the room goes on whatever the meeting does, so only the plan bounds it.
        row.held_start, row.held_end = held(report)
    row.save()
    said = _replace(row, at=at)
    crowd = Crowd(programme.event_for_work(row.event_id), at=at)
    SightingRow.objects.bulk_create(_sightings(row, report, part, crowd, said, by=by, at=at))
    audit("report_taken_over", by=by, at=at, thing="event", thing_id=row.event_id,
          changes={"report": [None, row.pk], "people": [None, row.people]})  # fmt: skip
    commands.judge_again(row.event_id, by=by, at=at)


def _replace(row: ReportImport, *, at: datetime) -> dict[str, Named]:
    """Let earlier versions count no more; gives what people said of theirs, by key."""
    if not row.source:
        return {}
    former = queries.versions_of(row.part_id, source=row.source, ref=row.source_ref)
    old = list(former.filter(withdrawn_at=None, state=row.state).exclude(pk=row.pk))
    rows = SightingRow.objects.filter(report__in=old, withdrawn_at=None)
    said = {
        one.seen_key: (one.person_id, one.matched_by) for one in rows if one.matched_by in SAID
    }  # fmt: skip
    rows.update(withdrawn_at=at)
    former.filter(pk__in=[one.pk for one in old]).update(withdrawn_at=at)
    return said


def held(report: Report) -> tuple[datetime | None, datetime | None]:
    """When a meeting took place: as the report says, and at least while somebody was in it.

    None where the report itself does not say; then the plan stands in.
    """
    stays = [stay for person in report.people for stay in person.intervals]
    starts = [stay.start for stay in stays]
    ends = [stay.end for stay in stays if stay.end]
    start = min([report.started, *starts]) if report.started else None
    return start, max([report.ended, *ends]) if report.ended else None


def _sightings(
    row: ReportImport, report: Report, part: "Part", crowd: Crowd, said: Mapping[str, Named], *,
    by: Actor, at: datetime,
) -> Iterator[SightingRow]:  # fmt: skip
    for person in report.people:
        key = _key(person.key)
        who, how = said.get(key) or _named(person, crowd)
        common = {
            "event_id": row.event_id, "part_id": part.pk, "report": row, "mode": Mode.ONLINE,
            "person_id": who, "matched_by": how,
            "seen_key": key, "seen_name": clean(person.name)[:LONGEST_NAME],
            "seen_email": clean(person.email or "")[:LONGEST_ADDRESS],
            "evidence": Evidence.MEASURED, "source": SightingRow.Source.REPORT,
            "stated_seconds": person.stated_seconds, "by_id": by.person_id, "recorded_at": at,
        }  # fmt: skip
        for start, end in _spans(person, part):
            yield SightingRow(
                **common, starts_at=start, ends_at=end,
                last_sign_at=None if end else report.ended,
            )  # fmt: skip


def _named(person: SeenPerson, crowd: Crowd) -> Named:
    match = crowd.match(person)
    return (match.candidates[0].id, match.kind.value) if match.sure else (None, "")


def _spans(person: SeenPerson, part: "Part") -> list[tuple[datetime, datetime | None]]:
    """Stays; for somebody without any, an empty one that keeps what the service states."""
    if person.intervals:
        return [(one.start, one.end) for one in person.intervals]
    return [(part.starts_at, part.starts_at)]


def clean(text: str) -> str:
    """Without control characters, which no column and no page can hold."""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _key(key: str) -> str:
    short = clean(key)
    if len(short) <= LONGEST_KEY and short == key:
        return short
    return hashlib.sha256(key.encode()).hexdigest()
