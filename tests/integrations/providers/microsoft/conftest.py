"""A simulated tenant with one mailbox, and a connection to it."""

import pytest

from integrations.providers.microsoft import auth
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.contracts.peers.microsoft import ADDRESS, connected


@pytest.fixture
def simulator():
    auth._APPS.clear()  # a port may come again
    with running(MicrosoftSimulator()) as made:
        yield made
    assert made.broken == []


@pytest.fixture
def box(simulator):
    return simulator.world.add_mailbox(ADDRESS)


@pytest.fixture
def connection(simulator, box):
    return connected(simulator, subject=box.person)


@pytest.fixture
def calendar(connection):
    return connection.calendar
