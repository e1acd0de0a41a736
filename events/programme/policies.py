"""Who may plan where, and who may run which event."""

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import states
from events.programme.models import Event

PLANNERS = (Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR)
# Whoever looks after a visiting school knows of the visit, beside the school's teachers.
ESCORTS = (
    Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER, Role.CLUSTER_COORDINATOR,
    Role.NATIONAL_COORDINATOR,
)  # fmt: skip


def may_plan(by: Actor, *, country_id: int, cluster_id: int | None) -> bool:
    """Coordinators plan in their clusters; a whole country is its national coordinator's."""
    if by.system:
        return True
    if country_id in by.reach("countries", Role.NATIONAL_COORDINATOR):
        return True
    return cluster_id is not None and cluster_id in by.reach("clusters", *PLANNERS)


def may_run(by: Actor, event: Event) -> bool:
    """Change, publish, cancel and close: the organiser, the cluster's coordinator, the host's.

    A national coordinator runs only events that belong to no cluster.
    """
    if by.system or (by.person_id is not None and event.organiser_id == by.person_id):
        return True
    if event.cluster_id is None:
        return event.country_id in by.reach("countries", Role.NATIONAL_COORDINATOR)
    return (
        event.cluster_id in by.reach("clusters", Role.CLUSTER_COORDINATOR)
        or event.host_school_id in by.reach("schools", Role.SCHOOL_COORDINATOR)
        or event.pk in by.reach("events", Role.HOST)
    )


def may_see(by: Actor, event: Event) -> bool:
    """The same answer as `queries.visible_to`, for one event."""
    if may_run(by, event) or _looks_after(by, event):
        return True
    return event.state != states.DRAFT and _is_audience(by, event)


def _looks_after(by: Actor, event: Event) -> bool:
    if any(item.world for item in by.standing_as(Role.ADMINISTRATOR, Role.HELPDESK)):
        return True
    watchers = (Role.NATIONAL_COORDINATOR, Role.MINISTRY_OFFICER)
    return (
        event.country_id in by.reach("countries", *watchers)
        or event.cluster_id in by.reach("clusters", *PLANNERS)
        or event.host_school_id in by.reach("schools", Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER)
        or event.pk in by.reach("events", Role.EXPERT, Role.PRESENTER)
    )


def _is_audience(by: Actor, event: Event) -> bool:
    if frozenset(event.visitors) & (by.home_schools | by.reach("schools", *ESCORTS)):
        return True
    match event.audience:
        case Event.Audience.PUBLIC:
            return True
        case Event.Audience.COUNTRY:
            return event.country_id in by.home_countries
        case Event.Audience.COMMUNITY:
            return event.community_id in by.home_communities
        case Event.Audience.SCHOOLS:
            return event.host_school_id in by.home_schools
        case _:
            return event.cluster_id in by.home_clusters


def is_near(by: Actor, event: Event) -> bool:
    """Whether an event is in somebody's own circle: cluster, schools, or country without a cluster.

    Narrower than `may_see`: an event for everybody is near only to its own people.
    """
    if event.state == states.DRAFT:
        return False
    at_school = frozenset({event.host_school_id, *event.visitors}) & by.home_schools
    return bool(
        at_school
        or event.cluster_id in by.home_clusters
        or (event.cluster_id is None and event.country_id in by.home_countries)
        or event.country_id in by.reach("countries", Role.NATIONAL_COORDINATOR)
        or event.pk in by.reach("events", Role.EXPERT, Role.PRESENTER)
    )


def require_may_plan(by: Actor, *, country_id: int, cluster_id: int | None) -> None:
    """Raise NotAllowed unless the actor plans there."""
    if not may_plan(by, country_id=country_id, cluster_id=cluster_id):
        raise NotAllowed


def require_may_run(by: Actor, event: Event) -> None:
    """Raise NotAllowed; Missing for somebody who must not even know of the event."""
    if not may_see(by, event):
        raise Missing
    if not may_run(by, event):
        raise NotAllowed
