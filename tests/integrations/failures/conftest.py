"""Stages for the table of failures."""

import pytest
from django.core.cache import cache

from integrations.providers.google import auth as google_auth
from integrations.simulators.google.server import Google
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.factories.world import AT
from tests.integrations.failures.door import opened
from tests.integrations.failures.stages import Stage


@pytest.fixture
def stage(db, client, settings, time_machine):
    """Nothing connected yet; our own pages answer at `stage.door.url`."""
    settings.KOLEGA_SIMULATORS = settings.KOLEGA_PRIVATE_SERVERS = True
    cache.clear()
    google_auth.forget()
    time_machine.move_to(AT, tick=False)
    with opened() as door:
        settings.BASE_URL = door.url
        yield Stage(client, door)


@pytest.fixture
def google():
    with running(Google()) as simulator:
        yield simulator
    assert simulator.broken == []


@pytest.fixture
def microsoft():
    with running(MicrosoftSimulator(AT)) as simulator:
        yield simulator
    assert simulator.broken == []


@pytest.fixture(params=["google", "microsoft"])
def far(request, stage):
    """The name of the one provider that is connected; the test runs with each."""
    getattr(stage, request.param)(request.getfixturevalue(request.param))
    return request.param
