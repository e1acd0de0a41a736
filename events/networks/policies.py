"""Who may build which piece of the network."""

from events.kernel.actors import Actor, Role
from events.kernel.errors import NotAllowed


def may_run(by: Actor) -> bool:
    """Countries and programmes are the administrator's."""
    return bool(by.system) or by.is_a(Role.ADMINISTRATOR)


def may_keep_country(by: Actor, country_id: int) -> bool:
    """Schools, clusters and terms of a country are its national coordinator's."""
    return may_run(by) or country_id in by.reach("countries", Role.NATIONAL_COORDINATOR)


def may_keep_cluster(by: Actor, country_id: int, cluster_id: int) -> bool:
    """A cluster is also kept by its own coordinator."""
    return may_keep_country(by, country_id) or cluster_id in by.reach(
        "clusters", Role.CLUSTER_COORDINATOR
    )


def may_keep_school(by: Actor, school_id: int) -> bool:
    """A school's people are kept by its coordinator and everybody above."""
    return may_run(by) or school_id in by.reach("schools", *KEEPERS)


VIEWERS = (
    Role.ADMINISTRATOR,
    Role.HELPDESK,
    Role.NATIONAL_COORDINATOR,
    Role.CLUSTER_COORDINATOR,
    Role.SCHOOL_COORDINATOR,
    Role.SCHOOL_LEADER,
)
KEEPERS = (Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR)


def views_network(by: Actor) -> bool:
    """The network's pages are for those who build or look after a part of it."""
    return by.is_a(*VIEWERS)


def views_everything(by: Actor) -> bool:
    """Whether any role of the actor reaches the whole network."""
    return any(standing.world for standing in by.standing_as(*VIEWERS))


def may_see_cluster(by: Actor, cluster_id: int) -> bool:
    """A cluster is seen by its members and by everybody who looks after it."""
    mine = cluster_id in by.home_clusters or cluster_id in by.reach("clusters", *VIEWERS)
    return mine or views_everything(by)


def may_see_school(by: Actor, school_id: int) -> bool:
    """The people of a school are seen by those who keep it, its leader and the helpdesk."""
    return views_everything(by) or school_id in by.reach("schools", *VIEWERS)


def imports_people(by: Actor) -> bool:
    """Whether there is a school whose people the actor keeps."""
    return may_run(by) or bool(by.reach("schools", *KEEPERS))


def require_views_network(by: Actor) -> None:
    """Raise NotAllowed unless the actor looks after a part of the network."""
    if not views_network(by):
        raise NotAllowed


def require_may_run(by: Actor) -> None:
    """Raise NotAllowed unless the actor runs the installation."""
    if not may_run(by):
        raise NotAllowed


def require_may_keep_country(by: Actor, country_id: int) -> None:
    """Raise NotAllowed unless the actor keeps the country."""
    if not may_keep_country(by, country_id):
        raise NotAllowed


def require_may_keep_cluster(by: Actor, country_id: int, cluster_id: int) -> None:
    """Raise NotAllowed unless the actor keeps the cluster."""
    if not may_keep_cluster(by, country_id, cluster_id):
        raise NotAllowed


def require_may_keep_school(by: Actor, school_id: int) -> None:
    """Raise NotAllowed unless the actor keeps the school's people."""
    if not may_keep_school(by, school_id):
        raise NotAllowed
