"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.backstage import post
from events.backstage.reactions import Save
from events.programme.facts import PartEnded
from integrations.harvest import commands, letters, looking, recordings
from integrations.harvest.facts import HarvestDue, LateReportCame, RecordingsDue
from integrations.webhooks.facts import MeetingNoticeCame


def begin(fact: PartEnded, *, at: datetime) -> None:
    """A part ended: plan to fetch who was in its meeting (inner)."""
    commands.begin(fact.part_id, at=at)


def look(fact: HarvestDue, *, at: datetime) -> Save | None:
    """A meeting is to be asked for (outer, in the lane of its account)."""
    return looking.look(fact.harvest_id, at=at)


def list_recordings(fact: RecordingsDue, *, at: datetime) -> Save | None:
    """Recordings of a meeting are to be asked for (outer, in the lane of its account)."""
    return recordings.look(fact.harvest_id, at=at)


def heard(fact: MeetingNoticeCame, *, at: datetime) -> None:
    """A server told something of a meeting (inner)."""
    commands.heard(fact.account_id, fact.key, kind=fact.kind, at=at)


def tell_late(fact: LateReportCame, *, at: datetime) -> None:
    """Ask the organiser to look at a report that came after the closing (inner)."""
    if draft := letters.late(fact.event_id, fact.part_id, fact.report_id):
        post.queue(draft, at=at)
