"""Microsoft Graph, as our simulator plays it."""

from contextlib import contextmanager

from integrations.providers.microsoft import auth
from integrations.providers.microsoft.connect import connect
from integrations.simulators.faults import KINDS
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.simulators.serving import running

ADDRESS = "coordinator@school.example.org"


def connected(simulator, *, subject="", **secret):
    """A fresh connection to a simulator, as another process would have it."""
    options = {
        "tenant": TENANT, "client_id": CLIENT, "login_url": simulator.url,
        "graph_url": f"{simulator.url}/v1.0",
    }  # fmt: skip
    keys = secret or {"client_secret": simulator.world.secret}
    return connect(options, keys, calendar=ADDRESS, subject=subject)


class MicrosoftPeer:
    """A mailbox of the simulated tenant; small pages, and every event told twice in a round."""

    faults = frozenset(KINDS)

    def __init__(self, simulator):
        self.simulator = simulator
        self.box = simulator.world.add_mailbox(ADDRESS)
        simulator.world.switches.repeats = True
        simulator.world.switches.largest_page = 3

    def calendar(self):
        return connected(self.simulator).calendar

    def fault(self, kind, **more):
        # What spoils one answer is to spoil the one that makes the entry, not the look before it.
        where = "POST /v1.0" if more.get("times") == 1 else "/v1.0"
        self.simulator.faults.switch_on(kind, where, **more)

    def calm(self):
        self.simulator.faults.clear()

    def moved_there(self, remote_id, starts_at, ends_at):
        self.simulator.hand.move(remote_id, starts_at, ends_at)

    def removed_there(self, remote_id):
        self.simulator.hand.remove(remote_id)

    def forget_cursors(self):
        self.simulator.hand.forget_cursors()

    def count(self):
        return len(self.box.events)

    def invitations(self):
        return len(self.simulator.world.sent)


@contextmanager
def peer():
    """An empty mailbox; an answer that Microsoft would not give fails the test."""
    auth._APPS.clear()  # a port may come again
    with running(MicrosoftSimulator()) as simulator:
        yield MicrosoftPeer(simulator)
    assert simulator.broken == []
