"""Freeze a term for a ministry."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.certificates import queries as certificates
from attendance.exports import files, lines, queries
from attendance.exports.models import Batch, BatchFile, BatchLine
from events.backstage import addresses, jobs
from events.backstage.commands import audit
from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing
from events.networks import queries as networks

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from events.backstage.models import Job

STEP = 500


@transaction.atomic
def freeze(*, term_id: int, by: Actor, at: datetime) -> tuple[Batch, "Job"]:
    """Freeze a term as of `at`; the lines follow in a job. Pressing twice gives the running batch.

    Raises Missing for a term of a country whose ministry the actor does not serve.
    """
    term = networks.locked_term(term_id)
    if (
        by.person_id is None
        or term is None
        or term.country_id not in by.reach("countries", Role.MINISTRY_OFFICER)
    ):
        raise Missing
    batch = Batch.objects.filter(term_id=term_id, state=Batch.State.FREEZING).first()
    if batch is None:
        order = Batch.objects.filter(term_id=term_id).count() + 1
        batch = Batch.objects.create(
            country_id=term.country_id, term_id=term_id, order=order, as_of=at, by_id=by.person_id
        )
        audit("batch_frozen", by=by, at=at, thing="batch", thing_id=batch.pk)
    return batch, _start(batch, by=by, at=at)


def _start(batch: Batch, *, by: Actor, at: datetime) -> "Job":
    total = certificates.count_of_term(
        country=batch.country.code, zone=batch.country.zone, starts_on=batch.term.starts_on,
        ends_on=batch.term.ends_on, as_of=batch.as_of,
    )  # fmt: skip
    params = {"batch_id": batch.pk, "place": addresses.first("batch", args=(batch.pk,))}
    return jobs.start("freeze", key=f"batch:{batch.pk}", params=params, by=by, at=at, total=total)


def fetch(batch: Batch, name: str, *, by: Actor, at: datetime) -> bytes:
    """One file of a batch as it was kept, compared with the digest of freezing, and noted.

    Raises Missing for a name the batch does not have, BatchDiffers when the bytes are others now.
    """
    content = queries.checked(batch, name)
    audit("batch_fetched", by=by, at=at, thing="batch", thing_id=batch.pk,
          changes={"file": [None, name]})  # fmt: skip
    return content


@transaction.atomic
def freeze_step(batch_id: int, *, at: datetime) -> tuple[int, bool]:
    """Freeze the next lines; returns how many, and whether the batch is complete.

    What a line says depends only on the batch's instant, so a step that is repeated after a crash
    writes the same lines.
    """
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state == Batch.State.READY:
        return 0, True
    last = BatchLine.objects.filter(batch=batch).order_by("-certificate_id").first()
    rows = certificates.of_term(
        country=batch.country.code, zone=batch.country.zone, starts_on=batch.term.starts_on,
        ends_on=batch.term.ends_on, as_of=batch.as_of,
        after=last.certificate_id if last else 0, limit=STEP,
    )  # fmt: skip
    drafts = lines.make(
        rows, as_of=batch.as_of, country=batch.country.code, before=_before(batch, rows)
    )
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, certificate_id=d.certificate_id, ready=d.ready, body=d.body)
        for d in drafts
    )
    if len(rows) < STEP:
        _complete(batch, at=at)
    return len(rows), len(rows) < STEP


def _before(batch: Batch, rows: "list[Certificate]") -> dict[int, dict[str, object]]:
    former = Batch.objects.filter(
        term_id=batch.term_id, order__lt=batch.order, state=Batch.State.READY
    ).order_by("-order").first()  # fmt: skip
    if former is None:
        return {}
    found = BatchLine.objects.filter(batch=former, certificate_id__in=[row.pk for row in rows])
    return {line.certificate_id: line.body for line in found}


def _complete(batch: Batch, *, at: datetime) -> None:
    batch.ready_lines = BatchLine.objects.filter(batch=batch, ready=True).count()
    batch.other_lines = BatchLine.objects.filter(batch=batch, ready=False).count()
    about = queries.about(batch, batch.ready_lines, batch.other_lines)
    batch.manifest = files.manifest_of(queries.contents_of(batch), about)
    archive = queries.archive_of(batch)
    batch.sha256 = hashlib.sha256(archive).hexdigest()
    batch.state, batch.frozen_at = Batch.State.READY, at
    batch.save()
    BatchFile.objects.create(batch=batch, content=archive, made_at=at)
