"""A network with a connected calendar whose far side stands in memory."""

from datetime import timedelta

import pytest

from events.backstage import sweep
from integrations.accounts import queries as connected
from integrations.accounts.models import Account
from integrations.sync import tasks
from integrations.sync.models import Link
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT, make_event, make_world
from tests.integrations.sync.farside import FarSide


class Stage:
    """The world, its account, its far side, and the clock that goes on with each `work`."""

    def __init__(self, world, far):
        self.world, self.far, self.now = world, far, AT
        self.account = add_account(world)

    def work(self, seconds=11):
        """Let time pass, then let everything due be done."""
        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            sweep.drain(at=self.now)

    def read(self, seconds=3600):
        """Let time pass until the calendar is read, and do what follows."""

        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            tasks.read_calendars(at=self.now)
        self.work(0)

    def event(self, **changes):
        event = make_event(self.world, **{"join_url": "", **changes})
        self.work()
        return event

    @property
    def by(self):
        return self.world.actor(self.world.coordinator)

    def link(self, **conditions):
        return Link.objects.get(**conditions)


def add_account(world, *, calendar="team@example.org", **changes):
    values = {
        "provider": "google", "scope": "country", "scope_id": world.country.pk,
        "name": "Team calendar", "calendar": calendar, "state": "fine", "makes_meetings": False,
        "added_by": world.coordinator, "added_at": AT,
    }  # fmt: skip
    return Account.objects.create(**{**values, **changes})


@pytest.fixture
def far():
    return FarSide()


@pytest.fixture
def stage(db, far, monkeypatch):
    monkeypatch.setattr(connected, "adapter_of", lambda _account: far.connected())
    return Stage(make_world(), far)
