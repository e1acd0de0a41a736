"""Let many people belong somewhere at once, as lists do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from events.backstage.commands import audit_all
from events.kernel.actors import Actor
from events.networks import policies
from events.networks.models import Membership


@dataclass(frozen=True)
class Joining:
    """Somebody who comes to a school, with the job they have there."""

    person_id: int
    school_id: int
    job: str = ""


@transaction.atomic
def join_schools(
    joining: Sequence[Joining], *, starts_on: date, by: Actor, at: datetime
) -> list[Membership]:
    """Make people members of schools; who is one already stays so. Returns the new memberships."""
    for school_id in sorted({one.school_id for one in joining}):
        policies.require_may_keep_school(by, school_id)
    there = set(
        Membership.objects.filter(
            person_id__in=[one.person_id for one in joining], ended_on__isnull=True
        ).values_list("person_id", "school_id")
    )
    rows = [
        Membership(
            person_id=one.person_id, school_id=one.school_id, job=one.job, starts_on=starts_on
        )
        for one in joining
        if (one.person_id, one.school_id) not in there
    ]
    Membership.objects.bulk_create(rows, batch_size=500)
    changes: dict[int, dict[str, object]] = {
        row.person_id: {"school": [None, row.school_id]} for row in rows
    }
    audit_all("school_joined", by=by, at=at, thing="person", changes=changes)
    return rows
