"""The sizes of a recording as a job."""

import logging
from typing import TYPE_CHECKING

from events.backstage.holding import Hold, Stopped
from recordings.processing import making, orders

if TYPE_CHECKING:
    from events.backstage.models import Job

log = logging.getLogger(__name__)


def step(job: "Job") -> bool:
    """Make all sizes of a revision that are not there yet; False when it had to stop before."""
    order = orders.of(int(job.params["recording_id"]), int(job.params["revision"]))
    if order is None:  # deleted, or cut meanwhile: another job makes the new revision
        return True
    try:
        making.make(order, Hold(job))
    except Stopped:
        log.info("recording %s: stopped", order.recording_id)
        return False
    return True
