"""Regular chores: whom to ask now, what is lost, whom to warn."""

import logging
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from attendance.presence import queries as presence
from events.backstage import post
from events.backstage.commands import record_all
from events.backstage.holding import Hold, Stopped
from events.kernel import clock
from integrations.harvest import fetches, letters, loading, queries, rules
from integrations.harvest.facts import HarvestDue, RecordingsDue
from integrations.harvest.models import HarvestRow, HeldRecording, RecordingFetch
from integrations.sync.queries import HEARD

if TYPE_CHECKING:
    from events.backstage.models import Job

log = logging.getLogger(__name__)
State = HarvestRow.State
BATCH = 200


@transaction.atomic
def look_after(*, at: datetime) -> None:
    """Ask where the time has come; give up what is lost; warn before that.

    Meetings of an account that needs new credentials wait, and are asked for as soon as it has them.
    """
    waiting = HarvestRow.objects.filter(state=State.WAITING)
    due = waiting.filter(next_at__lte=at, deadline_at__gt=at, account__state__in=HEARD)
    rows = list(due.order_by("next_at", "pk").values_list("pk", "account_id")[:BATCH])
    HarvestRow.objects.filter(pk__in=[pk for pk, _ in rows]).update(next_at=at + rules.LOOKS[0])
    record_all([HarvestDue(pk, account_id) for pk, account_id in rows], at=at)
    over = waiting.filter(deadline_at__lte=at)
    over.exclude(fetched_at=None).update(state=State.DONE, next_at=None)
    over.filter(fetched_at=None).update(state=State.LOST, next_at=None)
    _warn(at=at)
    _look_for_recordings(at=at)


def _look_for_recordings(*, at: datetime) -> None:
    """Ask where the time has come, and plan the next look."""
    rows = HarvestRow.objects.filter(recordings_at__lte=at, account__state__in=HEARD)
    due = list(rows.select_related("part").order_by("recordings_at", "pk")[:BATCH])
    for row in due:
        row.recordings_at = rules.next_recording_look(row.part.ends_at, at=at)
    HarvestRow.objects.bulk_update(due, ["recordings_at"])
    record_all([RecordingsDue(row.pk, row.account_id) for row in due], at=at)


def _warn(*, at: datetime) -> None:
    """Write once to the organisers of meetings of which nothing came, nor was handed in."""
    rows = list(queries.unfetched().filter(warned_at=None, warn_at__lte=at)[:BATCH])
    helped = presence.parts_with_reports(row.part_id for row in rows)
    for row in rows:
        HarvestRow.objects.filter(pk=row.pk).update(warned_at=at)
        draft = None if row.part_id in helped else letters.loss(row)
        if draft is not None:
            post.queue(draft, at=at)


def fetch_recordings(*, at: datetime) -> None:
    """Fetch what nobody has to ask for, and go on with what waits.

    By itself comes the recording of an event announced as recorded, and the transcript of a
    recording that was fetched.
    """
    for held_id in list(_wanted().values_list("pk", flat=True)[:BATCH]):
        fetches.begin(held_id, by=fetches.BY, at=at)
    _carry_on(at=at)


def _wanted() -> QuerySet[HeldRecording]:
    held = HeldRecording.objects.filter(
        downloads=True, state__in=rules.READY, fetch=None, harvest__account__state__in=HEARD
    )
    done = RecordingFetch.objects.filter(
        state=RecordingFetch.State.DONE, held__kind="video"
    ).values("held__harvest_id")
    video = Q(kind="video", harvest__part__event__recorded=True)
    return held.filter(video | Q(kind="transcript", harvest_id__in=done)).order_by("pk")


@transaction.atomic
def _carry_on(*, at: datetime) -> None:
    due = RecordingFetch.objects.filter(
        state=RecordingFetch.State.COMING, next_at__lte=at, held__harvest__account__state__in=HEARD
    )
    for row in due.select_for_update(of=("self",), skip_locked=True).order_by("next_at", "pk")[
        :BATCH
    ]:
        fetches.carry_on(row, at=at)


def fetch_step(job: "Job") -> bool:
    """Load one recording; False when it had to stop before the end."""
    try:
        loading.load(uuid.UUID(str(job.params["fetch_id"])), Hold(job), at=clock.now())
    except Stopped:
        log.info("fetching of %s: stopped", job.key)
        return False
    return True
