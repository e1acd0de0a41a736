"""Looking into files that came in, as a job."""

from typing import TYPE_CHECKING
from uuid import UUID

from events.backstage import jobs
from events.kernel import clock
from recordings.arrivals import commands

if TYPE_CHECKING:
    from events.backstage.models import Job


def take_in_step(job: "Job") -> bool:
    """Look into one file and take it over, or refuse it."""

    def beat() -> None:
        jobs.advance(job, by=0, total=None)

    commands.take_in(UUID(str(job.params["upload_id"])), at=clock.now(), beat=beat)
    return True
