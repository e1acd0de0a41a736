"""A large import as a job."""

from typing import TYPE_CHECKING

from events.kernel import clock
from events.networks.imports import commands

if TYPE_CHECKING:
    from events.backstage.models import Job


def step(job: "Job") -> bool:
    """Add the next rows of a list."""
    return commands.step(job, at=clock.now())
