"""How far the making of sizes is, for whoever runs the event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from events.backstage import jobs
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from recordings.library import policies, queries
from recordings.library.models import Recording
from recordings.library.naming import words
from recordings.processing import failures, orders
from recordings.processing.commands import KIND

if TYPE_CHECKING:
    from events.backstage.models import Job

RUNNING = ("waiting", "running")


@dataclass(frozen=True)
class Size:
    """A size that is ready: its name in words, and its bytes to stream and to download."""

    words: str
    stream_bytes: int
    download_bytes: int


@dataclass(frozen=True)
class Making:
    """The job of the shown revision, what it said when it failed, and the sizes that are ready."""

    recording_id: int
    job: "Job"
    why: str
    sizes: tuple[Size, ...]

    @property
    def running(self) -> bool:
        """Whether it is waiting for a worker or being worked on."""
        return self.job.state in RUNNING


def making(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels are called with at
    """The card with progress, stop and try again; nothing before there is a file."""
    row = queries.find(ids["recording_id"])
    if row is None or not policies.may_manage(actor, row):
        return None
    job = jobs.latest(KIND, prefix=orders.key_of(row.pk, row.revision))
    if job is None:
        return None
    # One that waits after an error is tried again by itself; until then the page says what is wrong.
    trouble = job.state == "failed" or (job.state == "waiting" and job.last_error)
    why = gettext(failures.sentence_of(job.last_error)) if trouble else ""
    return Panel("processing/making.html", Making(row.pk, job, why, _sizes(row)), order=10)


def _sizes(row: Recording) -> tuple[Size, ...]:
    rows = queries.shown(row).renditions
    return tuple(Size(words(one), one.stream_bytes, one.download_bytes) for one in rows)
