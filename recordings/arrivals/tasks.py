"""Looking into files that came in, as a job."""

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from events.backstage.holding import Hold, Stopped
from events.kernel import clock
from recordings.arrivals import commands

if TYPE_CHECKING:
    from events.backstage.models import Job

log = logging.getLogger(__name__)


def take_in_step(job: "Job") -> bool:
    """Look into one file and take it over, or refuse it; False when it had to stop before."""
    try:
        commands.take_in(UUID(str(job.params["upload_id"])), at=clock.now(), beat=Hold(job).beat)
    except Stopped:
        log.info("upload %s: stopped", job.params["upload_id"])
        return False
    return True
