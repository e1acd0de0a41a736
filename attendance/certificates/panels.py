"""What certificates show on the board of an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.certificates import states
from attendance.certificates.models import Certificate, Withheld
from events.backstage import jobs
from events.kernel.actors import Actor
from events.kernel.contributions import Panel

if TYPE_CHECKING:
    from events.backstage.models import Job

RUNNING = ("waiting", "running")


@dataclass(frozen=True)
class Made:
    """How many certificates of an event are in force, who waits for a better name, and the job."""

    issued: int
    withheld: list[str]
    job: "Job | None"
    mine: bool

    @property
    def running(self) -> bool:
        """Whether certificates are being made right now."""
        return self.job is not None and self.job.state in RUNNING


def made(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels are called with at
    """The state of an event's certificates; shown on a page only its organisers can open."""
    event_id = ids["event_id"]
    issued = Certificate.objects.filter(event_id=event_id, state=states.ISSUED).count()
    stopped = Withheld.objects.filter(event_id=event_id).select_related("person")
    names = [row.person.name for row in stopped.order_by("person__sort_key")]
    job = jobs.latest("certificates", prefix=f"event:{event_id}:")
    mine = job is not None and job.owner_id is not None and job.owner_id == actor.person_id
    return Panel("certificates/made.html", Made(issued, names, job, mine), order=10)
