"""A simulated server, an account at it, and what it told us."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from integrations.providers.bigbluebutton.connect import connect
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


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
        made = connect(known, {"secret": secret or server.secret}, calendar="", subject="")
        return Connection(made.rooms, made.harvest, made.check)

    return make


@dataclass
class Connection:
    """What was connected, with a short way in."""

    rooms: object
    harvest: object
    check: object

    def way_in(self, room, visitor, within=5.0):
        return self.rooms.way_in(room, visitor, at=AT, within=within)
