"""What most tests of the API begin with: a small world, on its day."""

import pytest
import time_machine

from tests.api.calls import Caller
from tests.factories import world as factory


@pytest.fixture
def world(db):
    with time_machine.travel(factory.AT, tick=False):
        yield factory.make_world()


@pytest.fixture
def keeper(world):
    return Caller(world.coordinator)


@pytest.fixture
def teacher(world):
    return Caller(world.teachers[0])
