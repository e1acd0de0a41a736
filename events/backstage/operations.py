"""How work is doing: what waits, what is parked, which letters were refused."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from events.backstage.models import FactRow, Job, Letter, Schedule, Work

LATE = timedelta(minutes=2)
SHOWN = 50
GIB = 1024**3
LAST_BACKUP = "last-backup"  # a file in the data folder with the instant of the last one
OLD_BACKUP = timedelta(days=7)
CHORES = {
    "seal-audit": _("Seal the audit log"),
    "offered-languages": _("Remember the languages offered"),
    "reminders": _("Look ahead for reminders"),
    "watch-connections": _("Look after connections"),
    "room-links": _("Give online events their rooms"),
    "old-receipts": _("Forget old notices of providers"),
    "attendance-fetch": _("Fetch attendance from video services"),
    "recordings-fetch": _("Fetch recordings from video services"),
    "recount-places": _("Count places and registrations again"),
    "calendars-read": _("Read connected calendars"),
    "calendars-waiting": _("Bring waiting calendar entries on their way"),
    "calendars-compare": _("Compare calendar entries with events"),
    "calendars-notices": _("Keep notices from calendars coming"),
    "watching-rest": _("Settle what was watched and then broke off"),
    "watching-old": _("Forget old signals of players"),
    "busy-times-asked": _("Ask again for busy times"),
    "busy-times-old": _("Forget old busy times"),
    "uploads-left": _("Remove uploads that were broken off"),
    "recordings-kept": _("Look after how long recordings are kept"),
    "recordings-rubbish": _("Clear away what no recording needs"),
}


@dataclass(frozen=True)
class Parked:
    """One piece of work set aside for a person."""

    work_id: int
    fact: str
    handler: str
    attempts: int
    error: str
    at: datetime


@dataclass(frozen=True)
class StateOfWork:
    """The figures of the operations page; `oldest` is when the oldest due work became due."""

    unfanned: int
    due: int
    oldest: datetime | None
    late: bool
    parked: list[Parked]
    letters: dict[str, int]
    refused: list[Letter]
    jobs: list[Job]
    chores: list[tuple[object, datetime]]
    disk_free: int
    backup_at: datetime | None
    backup_old: bool


def state_of_work(*, at: datetime) -> StateOfWork:
    """Read the state of all work at an instant, with a fixed number of queries."""
    due = Work.objects.filter(state__in=["ready", "leased"], due_at__lte=at).aggregate(
        number=Count("pk"), oldest=Min("due_at")
    )
    letters = Letter.objects.order_by().values("state").annotate(number=Count("pk"))
    backup_at = _last_backup()
    return StateOfWork(
        unfanned=FactRow.objects.filter(fanned_at__isnull=True).count(), due=due["number"],
        oldest=due["oldest"], late=due["oldest"] is not None and due["oldest"] < at - LATE,
        parked=_parked(), letters={row["state"]: row["number"] for row in letters},
        refused=list(Letter.objects.filter(state=Letter.State.REFUSED).order_by("-pk")[:SHOWN]),
        jobs=list(Job.objects.exclude(state=Job.State.DONE).order_by("-created_at")[:SHOWN]),
        chores=[
            (CHORES.get(row.name, row.name), row.next_due)
            for row in Schedule.objects.order_by("name")
        ],
        disk_free=shutil.disk_usage(settings.KOLEGA_DATA).free // GIB,
        backup_at=backup_at, backup_old=backup_at is None or backup_at < at - OLD_BACKUP,
    )  # fmt: skip


def _last_backup() -> datetime | None:
    """When the last backup was made; None where none is known."""
    try:
        said = (Path(settings.KOLEGA_DATA) / LAST_BACKUP).read_text(encoding="utf-8")
        return datetime.fromisoformat(said.strip())
    except (OSError, ValueError):
        return None


def _parked() -> list[Parked]:
    rows = Work.objects.filter(state=Work.State.PARKED).select_related("fact").order_by("-pk")
    return [
        Parked(row.pk, row.fact.kind, row.handler, row.attempts, row.last_error, row.fact.at)
        for row in rows[:SHOWN]
    ]
