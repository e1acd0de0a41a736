"""Simulated providers behind servers, with an event whose meeting is there."""

import pytest

from integrations.simulators.google.server import Google
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.factories.world import AT
from tests.integrations.harvest.stages import Meet, Teams


@pytest.fixture
def _simulated(db, settings, time_machine):
    settings.KOLEGA_SIMULATORS = settings.KOLEGA_PRIVATE_SERVERS = True
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def meet(_simulated, client):
    with running(Google()) as simulator:
        yield Meet(client, simulator)
    assert simulator.broken == []


@pytest.fixture
def teams(_simulated, client):
    with running(MicrosoftSimulator(AT)) as simulator:
        yield Teams(client, simulator)
    assert simulator.broken == []
