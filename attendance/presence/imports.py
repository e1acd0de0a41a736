"""Hand in, read, take over and withdraw attendance reports of meeting services.

A report that was handed in is kept byte for byte and counts for nothing until it is taken over.
Only people whom the report itself identifies are matched then; everybody else waits to be named.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, policies, queries
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.finding import Crowd
from attendance.presence.models import ReportImport, SightingRow
from attendance.presence.reports import NeedsAnswer, Report, SeenPerson, read_report
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, NotAllowed
from events.kernel.words import gettext_noop
from events.kernel.zones import wall
from events.programme import queries as programme

if TYPE_CHECKING:
    from events.programme.models import Event, Part

LARGEST = 5 * 1024 * 1024
QUESTIONS = ("date_order", "waiting_column")
LONGEST_NAME, LONGEST_KEY, LONGEST_ADDRESS = 200, 200, 254


class FileTooLarge(BadInput):
    """No attendance report is that long."""

    code = "file_too_large"
    sentence = gettext_noop(
        "The file has more than %(megabytes)s MB. An attendance report is much smaller: choose it again."
    )


class AlreadyTaken(DomainError):
    """The same file counts once."""

    code = "report_taken"
    status = 409
    sentence = gettext_noop("This report is already taken over. The same file counts once.")


class NotRead(DomainError):
    """A report with an open question cannot be taken over."""

    code = "report_not_read"
    status = 409
    sentence = gettext_noop("Answer the question about this report first.")


class PartUnclear(BadInput):
    """The times of a report do not say which of several parts it belongs to."""

    code = "report_part_unclear"
    sentence = gettext_noop("Choose the part of the event that this report belongs to.")


@dataclass(frozen=True)
class Reading:
    """What is understood of a report: people, or the question that is open."""

    report: Report | None = None
    question: NeedsAnswer | None = None


def _keeping(event_id: int, *, by: Actor) -> "Event":
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    return event


def read(row: ReportImport, part: "Part") -> Reading:
    """Read a report with the answers given so far; raises ReportRefused."""
    return _read(bytes(row.content), row.file_name, row.answers, part)


def _read(content: bytes, file_name: str, answers: Mapping[str, str], part: "Part") -> Reading:
    try:
        report = read_report(
            content, file_name=file_name, zone=part.zone,
            hint_date=wall(part.starts_at, part.zone).date(),
            date_order=answers.get("date_order"), waiting_column=answers.get("waiting_column"),
        )  # fmt: skip
    except NeedsAnswer as question:
        return Reading(question=question)
    return Reading(report=report)


@transaction.atomic
def hand_in(
    event_id: int, *, content: bytes, file_name: str, by: Actor, at: datetime,
    part_id: int | None = None,
) -> ReportImport:  # fmt: skip
    """Keep a report for a look; the same file again gives the row there is.

    Without `part_id` it belongs to the part whose time the meeting overlaps most. Raises
    ReportRefused (nothing is kept), FileTooLarge, NotStarted, PartUnclear.
    """
    event = _keeping(event_id, by=by)
    if by.person_id is None:
        raise NotAllowed
    if at < event.starts_at:
        raise commands.NotStarted
    if len(content) > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // 1024 // 1024, field="file")
    commands.lock(event_id)
    digest = hashlib.sha256(content).hexdigest()
    there = queries.reports_of(event_id).filter(sha256=digest).first()
    if there is not None:
        return there
    part, reading = _placed(event_id, part_id, content, file_name, at=at)
    row = ReportImport(
        event_id=event_id, part_id=part.pk, sha256=digest, content=content, people=0,
        file_name=clean(file_name)[-LONGEST_NAME:], by_id=by.person_id, at=at,
    )  # fmt: skip
    _note(row, reading)
    audit("report_handed_in", by=by, at=at, thing="event", thing_id=event_id,
          changes={"report": [None, row.pk]})  # fmt: skip
    return row


def _placed(
    event_id: int, part_id: int | None, content: bytes, file_name: str, *, at: datetime
) -> "tuple[Part, Reading]":
    """The part a report belongs to, and what it says there."""
    parts = [part for part in programme.parts_of(event_id) if part.starts_at <= at]
    if part_id is not None:
        parts = [programme.part_of(event_id, part_id)]
    readings = [(part, _read(content, file_name, {}, part)) for part in parts]
    if len(readings) == 1:
        return readings[0]
    shares = sorted(((_overlap(*one), -n) for n, one in enumerate(readings)), reverse=True)
    (most, number), (next_one, _) = shares[0], shares[1]
    if most < 2 * next_one or not most:
        raise PartUnclear(field="part")
    return readings[-number]


def _overlap(part: "Part", reading: Reading) -> int:
    """Milliseconds of a part during which somebody was in the meeting."""
    if reading.report is None:
        return 0
    found = held(reading.report)
    stays = [stay for person in reading.report.people for stay in person.intervals]
    starts = [stay.start for stay in stays] + [start for start in found[:1] if start]
    ends = [stay.end for stay in stays if stay.end] + [end for end in found[1:] if end]
    if not starts or not ends:
        return 0
    first, last = max(min(starts), part.starts_at), min(max(ends), part.ends_at)
    return max(0, round((last - first).total_seconds() * 1000))


def _note(row: ReportImport, reading: Reading) -> None:
    report = reading.report
    row.state = ReportImport.State.READY if report else ReportImport.State.ASKED
    if report:
        row.format, row.people = report.format, len(report.people)
        row.warnings = [[one.code, dict(one.values)] for one in report.warnings]
    row.save()


@transaction.atomic
def answer(
    event_id: int, report_id: int, *, question: str, value: str, by: Actor, at: datetime
) -> ReportImport:
    """Answer the question a report raised; the next reading knows the answer. Raises ReportRefused."""
    _keeping(event_id, by=by)
    commands.lock(event_id)
    row = queries.report_of(event_id, report_id)
    if row.state == ReportImport.State.TAKEN:
        raise AlreadyTaken
    if question in QUESTIONS:
        row.answers = {**row.answers, question: value}
    _note(row, read(row, programme.part_for_work(row.part_id)))
    audit("report_answered", by=by, at=at, thing="event", thing_id=event_id,
          changes={"report": [None, row.pk], "question": [None, question]})  # fmt: skip
    return row


@transaction.atomic
def take_over(event_id: int, report_id: int, *, by: Actor, at: datetime) -> ReportImport:
    """Let a report count: everybody it saw becomes a sighting; taking it over again changes nothing."""
    event = _keeping(event_id, by=by)
    commands.lock(event_id)
    row = queries.report_of(event_id, report_id)
    if row.state == ReportImport.State.TAKEN:
        return row
    part = programme.part_for_work(row.part_id)
    report = read(row, part).report
    if report is None:
        raise NotRead
    row.state = ReportImport.State.TAKEN
    if part.mode == Mode.ONLINE:
        # In a hybrid event the room goes on whatever the meeting does, so only the plan bounds it.
        row.held_start, row.held_end = held(report)
    row.save()
    crowd = Crowd(event, at=at)
    SightingRow.objects.bulk_create(_sightings(row, report, part, crowd, by=by, at=at))
    audit("report_taken_over", by=by, at=at, thing="event", thing_id=event_id,
          changes={"report": [None, row.pk], "people": [None, row.people]})  # fmt: skip
    commands.judge_again(event_id, by=by, at=at)
    return row


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
    row: ReportImport, report: Report, part: "Part", crowd: Crowd, *, by: Actor, at: datetime
) -> Iterator[SightingRow]:
    for person in report.people:
        match = crowd.match(person)
        common = {
            "event_id": row.event_id, "part_id": part.pk, "report": row, "mode": Mode.ONLINE,
            "person_id": match.candidates[0].id if match.sure else None,
            "matched_by": match.kind.value if match.sure else "",
            "seen_key": _key(person.key), "seen_name": clean(person.name)[:LONGEST_NAME],
            "seen_email": clean(person.email or "")[:LONGEST_ADDRESS],
            "evidence": Evidence.MEASURED, "source": SightingRow.Source.REPORT,
            "stated_seconds": person.stated_seconds, "by_id": by.person_id, "recorded_at": at,
        }  # fmt: skip
        for start, end in _spans(person, part):
            yield SightingRow(
                **common, starts_at=start, ends_at=end,
                last_sign_at=None if end else report.ended,
            )  # fmt: skip


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


@transaction.atomic
def withdraw(event_id: int, report_id: int, *, by: Actor, at: datetime) -> None:
    """Take a report back: what came from it counts no more. One that never counted is forgotten."""
    _keeping(event_id, by=by)
    commands.lock(event_id)
    row = queries.report_of(event_id, report_id)
    audit("report_withdrawn", by=by, at=at, thing="event", thing_id=event_id,
          changes={"report": [row.pk, None]})  # fmt: skip
    if row.state != ReportImport.State.TAKEN:
        row.delete()
        return
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    row.sightings.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    commands.judge_again(event_id, by=by, at=at)
