"""Who may see and withdraw certificates."""

from typing import TYPE_CHECKING

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as programme
from events.programme import queries

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from events.programme.models import Event


def may_open(by: Actor, row: "Certificate") -> bool:
    """The holder, and whoever runs the event, open the paper itself."""
    if by.person_id is not None and by.person_id == row.person_id:
        return True
    return programme.may_run(by, queries.event_for_work(row.event_id))


def may_read(by: Actor, row: "Certificate") -> bool:
    """Everybody who may open it or withdraw it."""
    return may_open(by, row) or may_withdraw(by, row)


def printable_schools(by: Actor, event: "Event") -> frozenset[int] | None:
    """Whose names and tickets the actor prints: None stands for everybody, else people of schools.

    Whoever runs the event prints all; a school's coordinator in the cluster, the own colleagues.
    Raises Missing or NotAllowed for anybody else.
    """
    if programme.may_run(by, event):
        return None
    mine = frozenset[int]()
    for standing in by.standing_as(Role.SCHOOL_COORDINATOR):
        if event.cluster_id in standing.clusters:
            mine |= standing.schools
    if not mine:
        raise NotAllowed
    return mine


def may_withdraw(by: Actor, row: "Certificate") -> bool:
    """Whoever runs the event, and the ministry of its country."""
    event = queries.event_for_work(row.event_id)
    officer = event.country_id in by.reach("countries", Role.MINISTRY_OFFICER)
    return officer or programme.may_run(by, event)


def require_may_withdraw(by: Actor, row: "Certificate") -> None:
    """Raise Missing for somebody who must not know of it, NotAllowed for the holder."""
    if may_withdraw(by, row):
        return
    raise NotAllowed if may_open(by, row) else Missing
