"""Operations on long work: how far a job is, and asking it to stop."""

import uuid
from datetime import datetime

from django.http import HttpRequest

from events.backstage import edge, jobs
from events.backstage.models import Job
from events.interface.operations import Operations
from events.interface.shapes import Shape, link
from events.kernel.actors import Role
from events.kernel.errors import Missing

router = Operations(tags=["jobs"])


class JobShape(Shape):
    """Long work that a person started; `total` is null while nobody knows."""

    id: uuid.UUID
    kind: str
    state: str
    done: int
    total: int | None
    error: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    page: str
    links: dict[str, str]


def shape(row: Job) -> JobShape:
    """A job as it is answered."""
    return JobShape(
        id=row.pk, kind=row.kind, state=row.state, done=row.done, total=row.total,
        error=row.last_error, created_at=row.created_at, started_at=row.started_at,
        finished_at=row.finished_at, page=jobs.place_of(row), links={"self": link("jobs", row.pk)},
    )  # fmt: skip


def _own(request: HttpRequest, job_id: uuid.UUID) -> Job:
    by, row = edge.actor(request), Job.objects.filter(pk=job_id).first()
    mine = row is not None and by.person_id is not None and row.owner_id == by.person_id
    if row is None or not (mine or by.is_a(Role.ADMINISTRATOR)):
        raise Missing
    return row


@router.read("/jobs/{job_id}", JobShape, scope="jobs:read")
def get_job(request: HttpRequest, job_id: uuid.UUID) -> JobShape:
    """How far a job has come."""
    return shape(_own(request, job_id))


@router.act("/jobs/{job_id}/cancel", JobShape, scope="jobs:write")
def cancel_job(request: HttpRequest, job_id: uuid.UUID) -> JobShape:
    """Ask a job to stop after its present step; what is finished is kept."""
    jobs.cancel(_own(request, job_id).pk)
    return shape(_own(request, job_id))
