import pytest

from integrations.simulators.google.server import Google
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.factories.world import AT
from tests.integrations.busy.stage import Stage


@pytest.fixture
def stage(client, db, settings):
    settings.KOLEGA_SIMULATORS = settings.KOLEGA_PRIVATE_SERVERS = True
    return Stage(client)


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
