"""Calendar servers as somebody would install them, and our adapter before them."""

from datetime import timedelta
from pathlib import Path

from integrations.ports import Conflict
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample
from tests.contracts.peers import radicale, xandikos

HOURS = timedelta(hours=2)


def with_radicale(programs: Path) -> str:
    with radicale.server(programs / "python") as url, radicale.peer(url) as far:
        return talk(far)


def with_xandikos(programs: Path) -> str:
    with xandikos.server(programs / "xandikos") as url, xandikos.peer(url) as far:
        return talk(far)


def talk(far) -> str:
    """Put, move over there, refuse, put again, read what changed, remove."""
    connected = far.connected()
    calendar = connected.calendar
    assert all(one.went for one in connected.check.check())
    made = calendar.put(Sample(1).entry(), known=None)
    cursor = calendar.changes("", since=SINCE, until=UNTIL).cursor
    far.moved_there(made.remote_id, STARTS + HOURS, STARTS + 2 * HOURS)
    assert is_refused(calendar, made), "a change over there was overwritten unseen"
    moved = calendar.changes(cursor, since=SINCE, until=UNTIL).entries
    assert [one.starts_at for one in moved] == [STARTS + HOURS]
    assert calendar.put(Sample(1).entry(title="New"), known=moved[0]).starts_at == STARTS
    spans = connected.busy.busy(["tester@example.org"], since=SINCE, until=UNTIL)
    assert spans == {"tester@example.org": [(STARTS, STARTS + HOURS)]}
    calendar.remove(remote_id=made.remote_id)
    assert far.count() == 0
    return "self-test; entry made, moved there, refused, read, put right, removed; busy times"


def is_refused(calendar, known) -> bool:
    """Whether a change is refused because somebody else was there first."""
    try:
        calendar.put(Sample(1).entry(title="New"), known=known)
    except Conflict:
        return True
    return False
