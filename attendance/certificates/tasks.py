"""Certificates as a job."""

from typing import TYPE_CHECKING

from attendance.certificates import commands, telling
from events.backstage import jobs
from events.kernel import clock
from events.kernel.actors import system

if TYPE_CHECKING:
    from events.backstage.models import Job


def step(job: "Job") -> bool:
    """Bring the next batch of an event's certificates in step with its verdicts."""
    event_id = int(job.params["event_id"])
    due = commands.bring_in_step(event_id, by=system("certificates"), at=clock.now())
    handled = min(due, commands.BATCH)
    jobs.advance(job, by=handled, total=job.done + due)
    return due <= commands.BATCH


def short_step(job: "Job") -> bool:
    """Tell the next people by how much they fell short."""
    event_id = int(job.params["event_id"])
    told = commands.tell_short(event_id, from_row=job.done, at=clock.now())
    jobs.advance(job, by=told, total=None)
    return told < commands.BATCH


def draw_step(job: "Job") -> bool:
    """Draw the next papers of an event, so that they can be fetched at once."""
    drawn, complete = commands.prepare_step(int(job.params["event_id"]))
    jobs.advance(job, by=drawn, total=job.total)
    return complete


def recording_step(job: "Job") -> bool:
    """Tell the next people that a recording is up."""
    told = telling.tell_up(
        int(job.params["recording_id"]), by=system("certificates"), at=clock.now()
    )
    jobs.advance(job, by=told, total=job.total)
    return told < telling.BATCH
