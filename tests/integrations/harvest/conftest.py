"""Simulated providers behind servers, with an event whose meeting is there."""

import pytest

from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.google.server import Google
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.factories.recordings import clip
from tests.factories.world import AT
from tests.integrations.harvest import recorded
from tests.integrations.harvest.stages import Meet, Teams
from tests.recordings.viewing import kept


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


@pytest.fixture
def folders(settings, tmp_path):
    kept.in_folder(settings, tmp_path / "stored")
    settings.RECORDINGS_WORK = tmp_path / "work"
    return tmp_path


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("film"), seconds=20, rate=10).read_bytes()


MAKERS = {
    "google": (Google, recorded.MeetRecorded),
    "microsoft": (lambda: MicrosoftSimulator(AT), recorded.TeamsRecorded),
    "bigbluebutton": (lambda: BigBlueButton(recorded.SECRET), recorded.RoomRecorded),
}


def _stage(name, client):
    simulator, stage = MAKERS[name]
    with running(simulator()) as far:
        yield stage(client, far)
    assert getattr(far, "broken", []) == []


@pytest.fixture(params=list(MAKERS))
def stage(request, _simulated, folders, client):
    yield from _stage(request.param, client)


@pytest.fixture
def meet_recorded(_simulated, folders, client):
    yield from _stage("google", client)


@pytest.fixture
def room_recorded(_simulated, folders, client):
    yield from _stage("bigbluebutton", client)


@pytest.fixture
def teams_recorded(_simulated, folders, client):
    for stage in _stage("microsoft", client):
        stage.folder = folders / "work"
        yield stage
