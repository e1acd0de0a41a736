import subprocess

import pytest

from events.programme import commands as programme
from events.programme.models import Slot
from recordings.library import commands, queries
from recordings.library.commands import Arrival
from recordings.library.models import Source
from recordings.media import probe, store, tools
from tests.factories.recordings import sha256
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.viewing import kept

SECONDS = 12
# Red with a low tone, then green with a middle one, then blue with a high one: four seconds each.
COLOURS, TONES = ("red", "lime", "blue"), (300, 1200, 3000)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    kept.in_folder(settings, tmp_path / "stored")
    settings.RECORDINGS_WORK = tmp_path / "work"
    return tmp_path


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, recorded=True)


@pytest.fixture(scope="session")
def striped(tmp_path_factory):
    """Twelve seconds in three colours and tones."""
    path = tmp_path_factory.mktemp("striped") / "striped.mp4"
    sources, joints = [], ""
    for number, (colour, tone) in enumerate(zip(COLOURS, TONES, strict=True)):
        sources += ["-f", "lavfi", "-i", f"color={colour}:s=160x90:r=10:d=4"]
        sources += ["-f", "lavfi", "-i", f"sine={tone}:d=4"]
        joints += f"[{2 * number}:v][{2 * number + 1}:a]"
    subprocess.run(
        [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y", *sources,
         "-filter_complex", f"{joints}concat=n=3:v=1:a=1[v][a]", "-map", "[v]", "-map", "[a]",
         "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
         str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


@pytest.fixture
def row(event, striped):
    """A recording of twelve seconds with a real file, not published."""
    part = event.parts.get()
    made = commands.begin(
        part.pk, title="Small steps, recorded", language="en", by=SYSTEM, at=AT,
        arrival=Arrival(Source.UPLOAD, pieces=[(0, int(part.starts_at.timestamp() * 1000))]),
    )  # fmt: skip
    key = f"{store.folder_of(made.pk, 1)}/original.mp4"
    store.put(key, striped)
    commands.note_original(
        made.pk, key=key, size=striped.stat().st_size, sha256=sha256(striped), by=SYSTEM, at=AT,
        facts=probe.look(striped).as_dict(),
    )  # fmt: skip
    return queries.find(made.pk)


@pytest.fixture
def speakers(world, event):
    """Two talks of ten minutes; a short recording holds only the first."""
    first, second = world.teachers[:2]
    slots = [
        Slot(form="talk", minutes=10, title="One", presenter=first),
        Slot(form="talk", minutes=10, title="Two", presenter=second),
    ]
    programme.set_running_order(event.parts.get().pk, slots, by=SYSTEM, at=AT)
    return first, second
