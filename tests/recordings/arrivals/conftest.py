import pytest

from recordings.library import commands
from recordings.library.commands import Arrival
from recordings.library.models import Source
from tests.factories.recordings import clip
from tests.factories.world import AT, make_event, make_world
from tests.recordings.viewing import kept


@pytest.fixture
def world():
    return make_world()


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    kept.in_folder(settings, tmp_path / "stored")
    settings.RECORDINGS_WORK = tmp_path / "work"
    return tmp_path


@pytest.fixture
def coordinator(world):
    return world.actor(world.coordinator)


@pytest.fixture
def event(world):
    return make_event(world)


@pytest.fixture
def row(event, coordinator):
    return commands.begin(
        event.parts.get().pk, title="Small steps", language="en", arrival=Arrival(Source.UPLOAD),
        by=coordinator, at=AT,
    )  # fmt: skip


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("film"))
