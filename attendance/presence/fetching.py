"""Take in what a video service was asked for: the same kind of report as an uploaded file."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from attendance.presence import commands, queries
from attendance.presence.models import ReportImport, Settlement
from attendance.presence.reports import fetched
from attendance.presence.taking import let_count
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.programme import queries as programme


class Outcome(StrEnum):
    """What became of it: nothing new; it counts; it waits for a person to take it over."""

    SAME = "same"
    COUNTS = "counts"
    WAITS = "waits"


@dataclass(frozen=True)
class Taken:
    """The report there is now, and what became of it."""

    row: ReportImport
    outcome: Outcome


@transaction.atomic
def take_in(
    part_id: int, *, source: str, ref: str, content: bytes, by: Actor, at: datetime
) -> Taken:
    """Let the sittings of a meeting (`reports.fetched`) count for a part.

    `source` is the provider, `ref` its name of the meeting. The same again changes nothing; a
    sitting told anew counts in its fuller version, in the place of the former. Where the attendance
    was closed, or a person took the report back, it waits to be taken over by a person.
    """
    part = programme.part_for_work(part_id)
    settlement = commands.lock(part.event_id)
    versions = queries.versions_of(part_id, source=source, ref=ref)
    live = list(versions.filter(withdrawn_at=None).order_by("pk"))
    content = fetched.merged(bytes(live[-1].content) if live else None, content)
    digest = hashlib.sha256(content).hexdigest()
    same = next((row for row in live if row.sha256 == digest), None)
    if same is not None:
        return Taken(same, Outcome.SAME)
    taken_back = not live and versions.exists()
    for row in live:
        if row.state != ReportImport.State.TAKEN:
            row.delete()
    report = fetched.read(content, source=source)
    row = ReportImport.objects.create(
        event_id=part.event_id, part_id=part_id, sha256=digest, content=content, source=source,
        source_ref=ref, file_name=f"{source}.json", format=report.format, people=len(report.people),
        by_id=by.person_id, at=at,
    )  # fmt: skip
    audit("report_fetched", by=by, at=at, thing="event", thing_id=part.event_id,
          changes={"report": [None, row.pk]})  # fmt: skip
    if taken_back or settlement.state == Settlement.State.SETTLED:
        return Taken(row, Outcome.WAITS)
    let_count(row, report, by=by, at=at)
    return Taken(row, Outcome.COUNTS)
