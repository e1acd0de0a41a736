"""A simulated server, an account at it, and what it told us."""

import pytest

from integrations.providers.bigbluebutton.connect import connect
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running


@pytest.fixture
def server():
    with running(BigBlueButton()) as simulator:
        simulator.told = []
        simulator.post.send = lambda notice: simulator.told.append(notice) or 200
        yield simulator


@pytest.fixture
def hand(server):
    return Hand(server)


@pytest.fixture
def account(server):
    """Connects anew, as another process would."""

    def make(secret=None, **options):
        known = {"address": server.url, "private": "yes", **options}
        return connect(known, {"secret": secret or server.secret}, calendar="", subject="")

    return make
