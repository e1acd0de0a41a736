"""Hand in, read, take over and withdraw attendance reports of meeting services.

A report that was handed in is kept byte for byte and counts for nothing until it is taken over.
Only people whom the report itself identifies are matched then; everybody else waits to be named.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, policies, queries
from attendance.presence.models import ReportImport
from attendance.presence.reports import NeedsAnswer, Report, fetched, read_report
from attendance.presence.taking import LONGEST_NAME, clean, held, let_count
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
    if row.source:
        return Reading(report=fetched.read(bytes(row.content), source=row.source))
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
    _keeping(event_id, by=by)
    commands.lock(event_id)
    row = queries.report_of(event_id, report_id)
    if row.state == ReportImport.State.TAKEN:
        return row
    part = programme.part_for_work(row.part_id)
    report = read(row, part).report
    if report is None:
        raise NotRead
    let_count(row, report, by=by, at=at)
    return row


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
