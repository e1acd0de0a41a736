"""Let many people belong somewhere at once, as lists do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from events.backstage.commands import audit, audit_all
from events.kernel.actors import Actor
from events.networks import policies
from events.networks.models import Community, Membership


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


@transaction.atomic
def join_community(
    *, community: str, person_ids: Sequence[int], starts_on: date, by: Actor, at: datetime
) -> int:
    """Make people members of a community of practice, by its code; returns how many are new."""
    group = Community.objects.get(code=community)
    if group.country_id is None:
        policies.require_may_run(by)
    else:
        policies.require_may_keep_country(by, group.country_id)
    members = Membership.objects.filter(community=group, ended_on__isnull=True)
    there = set(members.values_list("person_id", flat=True))
    new = [pk for pk in dict.fromkeys(person_ids) if pk not in there]
    Membership.objects.bulk_create(
        Membership(person_id=pk, community=group, starts_on=starts_on) for pk in new
    )
    audit("community_joined", by=by, at=at, thing="community", thing_id=group.pk,
          changes={"people": [None, new]})  # fmt: skip
    return len(new)
