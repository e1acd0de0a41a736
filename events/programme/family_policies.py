"""Who runs a family of events, and who knows of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies, queries
from events.programme.family_models import Family


def may_run(by: Actor, family: Family) -> bool:
    """The organiser, whoever plans in its cluster, else the country's national coordinator."""
    if by.system or (by.person_id is not None and family.organiser_id == by.person_id):
        return True
    if family.cluster_id is not None:
        return family.cluster_id in by.reach("clusters", *policies.PLANNERS)
    return family.country_id in by.reach("countries", Role.NATIONAL_COORDINATOR)


def visible_to(by: Actor) -> QuerySet[Family]:
    """Families with an event the actor may know of, and those the actor runs."""
    events = queries.visible_to(by).filter(family_id=OuterRef("pk"))
    run = Q(cluster_id__in=by.reach("clusters", *policies.PLANNERS)) | Q(
        cluster=None, country_id__in=by.reach("countries", Role.NATIONAL_COORDINATOR)
    )
    if by.person_id is not None:
        run |= Q(organiser_id=by.person_id)
    return Family.objects.filter(run | Exists(events.order_by()))


def require_may_run(by: Actor, family: Family) -> None:
    """Raise Missing for who must not know of the family, NotAllowed for who only sees it."""
    if may_run(by, family):
        return
    if not visible_to(by).filter(pk=family.pk).exists():
        raise Missing
    raise NotAllowed
