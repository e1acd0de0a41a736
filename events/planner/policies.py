"""Who has a desk."""

from events.kernel.actors import Actor, Role
from events.programme.policies import PLANNERS


def plans(by: Actor) -> bool:
    """Whether there is anywhere the actor may plan."""
    return bool(by.reach("clusters", *PLANNERS) or by.reach("countries", Role.NATIONAL_COORDINATOR))
