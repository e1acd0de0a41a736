"""Celery's way into the sweep."""

from celery import shared_task

from events.backstage import sweep
from events.kernel import clock


@shared_task(ignore_result=True)
def sweep_now() -> None:
    """Do what is due; the rows in PostgreSQL say what."""
    sweep.once(at=clock.now())
