import pytest
import time_machine

from tests.factories.world import AT, make_world


@pytest.fixture
def standing_clock():
    """The present is AT, and stays so."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def desk(client, world):
    """The browser of the cluster's coordinator."""
    client.force_login(world.coordinator)
    return client
