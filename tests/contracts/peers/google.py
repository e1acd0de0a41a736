"""Google as a peer: our adapter against our simulator, over HTTP."""

from contextlib import contextmanager
from dataclasses import dataclass

from integrations.providers.google.connect import connect
from integrations.simulators.faults import KINDS
from integrations.simulators.google.server import PERSON, Google
from integrations.simulators.serving import running


@dataclass
class Peer:
    """The simulated Google with small pages."""

    google: Google
    faults = frozenset(KINDS)

    def connected(self):
        secret = {"service_account": self.google.service_account()}
        return connect(self.google.endpoints(), secret, calendar=PERSON, subject=PERSON)

    def calendar(self):
        return self.connected().calendar

    def fault(self, kind, **more):
        # Not at the token endpoint: what goes wrong there is tested with the provider.
        self.google.faults.switch_on(kind, **{"where": "/calendar/v3/", **more})

    def calm(self):
        self.google.faults.clear()

    def moved_there(self, remote_id, starts_at, ends_at):
        self.google.hand.move(remote_id, starts_at, ends_at)

    def removed_there(self, remote_id):
        self.google.hand.remove(remote_id)

    def forget_cursors(self):
        self.google.hand.forget_cursors()

    def count(self):
        return len(self.google.world.books[PERSON].standing())

    def invitations(self):
        return self.google.world.invitations


@contextmanager
def peer():
    """A running far side; an answer that Google would not give fails the test."""
    with running(Google()) as google:
        google.world.page_size = 3
        yield Peer(google)
    assert google.broken == []
