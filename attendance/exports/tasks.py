"""Freezing as a job."""

from typing import TYPE_CHECKING

from attendance.exports import commands
from events.backstage import jobs
from events.kernel import clock

if TYPE_CHECKING:
    from events.backstage.models import Job


def step(job: "Job") -> bool:
    """Freeze the next lines of a batch."""
    frozen, complete = commands.freeze_step(int(job.params["batch_id"]), at=clock.now())
    jobs.advance(job, by=frozen, total=job.total)
    return complete
