"""Who may see and withdraw certificates."""

from typing import TYPE_CHECKING

from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.programme import policies as programme
from events.programme import queries

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate


def may_open(by: Actor, row: "Certificate") -> bool:
    """The holder, and whoever runs the event, open the paper itself."""
    if by.person_id is not None and by.person_id == row.person_id:
        return True
    return programme.may_run(by, queries.event_for_work(row.event_id))


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
