"""Says that recordings of the demo network are still being made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from config.demo.films import telling
from events.backstage import jobs
from events.kernel.actors import Actor
from events.kernel.contributions import Panel


@dataclass(frozen=True)
class Coming:
    """How many recordings are there, and how many there will be."""

    done: int
    total: int


def coming(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels are called so
    """A line above the list while they are made."""
    job = jobs.latest(telling.KIND, prefix="")
    if job is None or job.state not in {"waiting", "running"}:
        return None
    return Panel("films/coming.html", Coming(job.done, job.total or 0), order=5)
