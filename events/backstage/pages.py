"""Pages about work: one job's progress, and how the whole installation is doing."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from events.backstage import commands, contributed, edge, jobs, operations, sweep
from events.backstage.models import Job
from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing

SECONDS_BEFORE_ESTIMATE = 5
SHARE_BEFORE_ESTIMATE = 0.03


@require_safe
def job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Progress of a job for who started it; refreshes itself without JavaScript while it runs."""
    row = _own(job_id, edge.actor(request))
    running = row.state in {Job.State.WAITING, Job.State.RUNNING}
    left = seconds_left(row, at=edge.moment(request)) if running else None
    context = {
        "job": row, "running": running, "left": left, "left_minutes": left // 60 if left else None,
        "back": jobs.place_of(row),
    }  # fmt: skip
    answer = render(request, "backstage/job.html", context)
    if running:
        answer.headers["Refresh"] = "3"
    return answer


def _own(job_id: uuid.UUID, by: Actor) -> Job:
    row = Job.objects.filter(pk=job_id).first()
    mine = row is not None and by.person_id is not None and row.owner_id == by.person_id
    if row is None or not (mine or by.is_a(Role.ADMINISTRATOR)):
        raise Missing
    return row


def seconds_left(row: Job, *, at: datetime) -> int | None:
    """A rounded estimate, after five seconds and three percent; None before or without a total."""
    if not row.total or not row.started_at or not row.done:
        return None
    spent = (at - row.started_at).total_seconds()
    if spent < SECONDS_BEFORE_ESTIMATE or row.done < row.total * SHARE_BEFORE_ESTIMATE:
        return None
    left = spent / row.done * (row.total - row.done)
    return next((step for step in (20, 60, 120, 300, 600, 1200) if left <= step), 1800)


@require_POST
def cancel(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Ask a job to stop after its present step."""
    jobs.cancel(_own(job_id, edge.actor(request)).pk)
    return HttpResponseRedirect(reverse("job", args=[job_id]))


def _require_looking(by: Actor) -> None:
    if not by.is_a(Role.ADMINISTRATOR, Role.HELPDESK):
        raise Missing


@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """What is parked, waiting, failed or refused, and since when."""
    _require_looking(edge.actor(request))
    found = operations.state_of_work(at=edge.moment(request))
    may = edge.actor(request).is_a(Role.ADMINISTRATOR)
    zone = getattr(request.user, "zone", "") or "UTC"
    made = contributed.panels(
        "system.main", edge.actor(request), {}, at=edge.moment(request)
    )  # fmt: skip
    waits = [panel.waits for panel in made if panel.waits]
    values = {"state": found, "may_retry": may, "zone": zone, "panels": made, "waits": waits}
    return render(request, "backstage/system.html", values)


@require_POST
def retry(request: HttpRequest, work_id: int) -> HttpResponse:
    """Let parked work run again; administrators only."""
    by, at = edge.actor(request), edge.moment(request)
    if not by.is_a(Role.ADMINISTRATOR) or not sweep.retry(work_id, at=at):
        raise Missing
    commands.audit("work_retried", by=by, at=at, thing="work", thing_id=work_id)
    return HttpResponseRedirect(reverse("system"))
