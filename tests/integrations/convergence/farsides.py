"""The far sides of histories: running servers, emptied for each history, and a hand on them."""

from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from integrations.simulators.google.server import PERSON
from tests.contracts.peers import google, microsoft, radicale
from tests.factories.world import AT

SINCE, UNTIL = AT - timedelta(days=60), AT + timedelta(days=380)
# Not where tokens are fetched: what goes wrong there is tested with each provider.
CALLS = {"google": " /calendar/v3/", "microsoft": " /v1.0", "caldav": " /"}
SLOW = 0.01  # seconds; what slowness means is that a lease runs out, and leases run in virtual time


class FarSides:
    """Three servers; `used` are the peers of the present history.

    The proof looks with adapters of its own (`eyes`): a line that a fault has cut is not theirs.
    """

    def __init__(self, stack):
        self.running = {
            "google": stack.enter_context(google.peer()),
            "microsoft": stack.enter_context(microsoft.peer()),
        }
        self.radicale = stack.enter_context(radicale.server())
        self.eyes = {name: peer.calendar() for name, peer in self.running.items()}
        self.adapters = {}
        self.used = {}

    @contextmanager
    def empty(self, names):
        """The peers named, each with an empty calendar and no faults."""
        self._empty_google(self.running["google"])
        self._empty_microsoft(self.running["microsoft"])
        self.used = {name: self.running[name] for name in names if name != "caldav"}
        with ExitStack() as stack:
            if "caldav" in names:
                self.used["caldav"] = stack.enter_context(radicale.peer(self.radicale))
                self.eyes["caldav"] = self.used["caldav"].calendar()
            for name, peer in self.used.items():
                self.adapters[name] = peer.calendar()
                peer.calm()
                faults_of(peer).met.clear()
            yield self

    @staticmethod
    def _empty_google(peer):
        peer.google.world.books[PERSON].entries.clear()
        peer.google.world.invitations = 0
        peer.forget_cursors()

    @staticmethod
    def _empty_microsoft(peer):
        box = peer.box
        for kept in (box.events, box.gone, box.transactions, box.contents):
            kept.clear()
        peer.simulator.world.sent.clear()
        peer.forget_cursors()

    def calendar(self, name):
        return self.adapters[name]

    def fault(self, name, kind, line, times, after):
        """Let coming requests fail so; `line` is the method where only some can."""
        faults_of(self.used[name]).switch_on(
            kind, line + CALLS[name], times=times, after=after, seconds=SLOW
        )

    def met(self):
        """How often each kind of fault was met by a request of ours."""
        return sum((faults_of(peer).met for peer in self.used.values()), start=Counter())

    def standing(self, name):
        """What stands there."""
        with past_faults(self.used[name]):
            changes = self.eyes[name].changes("", since=SINCE, until=UNTIL)
        return [one for one in changes.entries if not one.removed]

    def find(self, name, link):
        """One entry of ours as it stands there, or None."""
        with past_faults(self.used[name]):
            found = self.eyes[name].find(key=link.key, remote_id=link.remote_id)
        return None if found is None or found.removed else found


@contextmanager
def past_faults(peer):
    """Within it, faults wait: what the proof itself asks meets none and counts as none."""
    faults = faults_of(peer)
    kept, faults.waiting = faults.waiting, []
    try:
        yield
    finally:
        faults.waiting = kept


def faults_of(peer):
    for name in ("google", "simulator", "relay"):
        if hasattr(peer, name):
            return getattr(peer, name).faults
    raise AttributeError(peer)


@contextmanager
def running():
    """All far sides, until the end of the block."""
    with ExitStack() as stack:
        yield FarSides(stack)
