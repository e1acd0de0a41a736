"""Our pages with a calendar feed in them, and a real subscriber: vdirsyncer fetches, khal shows.

Run by `tests/peers/readers.py` through pytest, which brings a database and a server.
"""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import time_machine

from events.mydays import commands as mydays
from events.planner import series
from events.planner.commands import Wish
from events.programme import commands as programme
from events.programme.models import Event, Part
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from tests.factories.world import AT, later, make_event, make_world, wish

MONDAY = datetime(2027, 3, 15, 16, 30)  # two weeks before the clock changes
CONFIG = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "ours"
b = "theirs"
collections = null
conflict_resolution = "a wins"
[storage ours]
type = "http"
url = "{url}"
[storage theirs]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[kolega]]
path = {folder}/calendar/
[locale]
local_timezone = Europe/Zagreb
default_timezone = Europe/Zagreb
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Subscriber:
    """Somebody else's programs in a folder of their own."""

    def __init__(self, programs: Path, folder: Path, url: str) -> None:
        self.programs, self.folder = programs, folder
        (folder / "calendar").mkdir()
        (folder / "vdirsyncer").write_text(CONFIG.format(folder=folder, url=url))
        (folder / "khal").write_text(KHAL.format(folder=folder))
        self._run("vdirsyncer", "-c", folder / "vdirsyncer", "discover")

    def sync(self) -> list[str]:
        """Fetch, then the lines that khal shows: day, time, title."""
        self._run("vdirsyncer", "-c", self.folder / "vdirsyncer", "sync")
        shown = self._run(
            "khal", "-c", self.folder / "khal", "list", "--day-format", "", "--format",
            "{start} {title}{cancelled}", "2026-11-01", "200d",
        )  # fmt: skip
        return [line for line in shown.splitlines() if line.strip()]

    def _run(self, program: str, *arguments: object) -> str:
        done = subprocess.run(
            [self.programs / program, *arguments], capture_output=True, text=True, check=False,
            timeout=30, input="y\n", env={**os.environ, "HOME": str(self.folder), "TZ": "Europe/Zagreb"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def folder():
    return Path(os.environ["PEER_FOLDER"])


@pytest.fixture
def planned(transactional_db):
    """One event, and a series over the change of the clock; a teacher has a place in all."""
    world = make_world()
    by, teacher = world.actor(world.coordinator), world.teachers[0]
    single = make_event(world, title="Škola za život; prvi dio, drugi dio")
    asked = Wish(wish(world, title="Mondays", starts=MONDAY), {"room": 20, "online": None})
    row = series.plan(asked, repeat=Repeat("weekly", number=4), publish=True, by=by, at=AT)
    for event in [single, *Event.objects.filter(series=row)]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    return world, single


def walls() -> list[str]:
    """Every part as a clock on the wall shows it, with its title."""
    parts = Part.objects.exclude(event__state="cancelled").select_related("event")
    return sorted(
        f"{datetime.fromisoformat(part.starts_wall):%Y-%m-%d %H:%M} {part.event.title}"
        for part in parts
    )


def test_a_subscriber_follows_our_calendar(planned, live_server, folder, settings):
    world, single = planned
    settings.BASE_URL = live_server.url
    token = mydays.renew_feed(by=world.actor(world.teachers[0]), at=AT)
    url = f"{live_server.url}/calendar/{token}.ics"
    with time_machine.travel(later(minutes=5)):
        fetched = requests.get(url, timeout=20)
        fetched.raise_for_status()
        (folder / "feed.ics").write_bytes(fetched.content)
        starts = sorted(part.starts_at.astimezone(UTC).isoformat() for part in Part.objects.all())
        programs = os.environ.get("PEER_PROGRAMS", "")
        seen = follow(Path(programs), folder, url, world, single) if programs else ""
    (folder / "told.json").write_text(json.dumps({"starts": starts, "seen": seen}))


def follow(programs, folder, url, world, single) -> str:
    """The subscriber sees what we planned, then a move, then a cancellation."""
    subscriber = Subscriber(programs, folder, url)
    assert sorted(subscriber.sync()) == walls()
    by = world.actor(world.coordinator)
    moved = wish(world, title=single.title, starts=wish(world).starts + timedelta(days=1))
    programme.change(single.pk, moved, by=by, at=later(minutes=6))
    assert sorted(subscriber.sync()) == walls()
    programme.cancel(single.pk, reason="Snow.", by=by, at=later(minutes=7))
    shown = subscriber.sync()
    assert [line for line in shown if "Mondays" in line] == walls()
    assert [line for line in shown if "CANCELLED" in line] != []
    return f"feed synced three times: {len(walls()) + 1} dates over a clock change, a move, a cancellation"
