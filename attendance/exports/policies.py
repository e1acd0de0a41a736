"""Who works for a ministry."""

from events.kernel.actors import Actor, Role


def may_look(by: Actor) -> bool:
    """Whether the pages of a ministry are for this reader; also while the role waits for its second step."""
    return by.is_a(Role.MINISTRY_OFFICER) or Role.MINISTRY_OFFICER in by.dormant
