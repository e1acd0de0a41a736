"""Programs that read our calendar feed, fetched from our own pages by a real subscriber."""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tests.peers.environments import CACHE, ROOT, NotObtainable, node_program

SPAN = ("2026-01-01T00:00:00+00:00", "2028-01-01T00:00:00+00:00")
HOME_ASSISTANT = """
import sys
from datetime import UTC, datetime
from ical.calendar_stream import IcsCalendarStream
calendar = IcsCalendarStream.calendar_from_ics(sys.stdin.read())
span = [datetime.fromisoformat(one) for one in sys.argv[1:]]
for event in calendar.timeline.overlapping(*span):
    print(event.start.astimezone(UTC).isoformat())
"""


@lru_cache(maxsize=1)
def feed(programs: Path | None = None) -> tuple[bytes, list[datetime], str]:
    """The feed as it was fetched over HTTP, the starts it should hold, and what a subscriber saw.

    Our pages are served by pytest with a database of their own (tests/peers/serve_feed.py).
    """
    folder = CACHE / "feed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/peers/serve_feed.py"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=95, stdin=subprocess.DEVNULL,
        env={**os.environ, "PEER_FOLDER": str(folder), "PEER_PROGRAMS": str(programs or "")},
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(done.stdout[-3000:])
    told = json.loads((folder / "told.json").read_text())
    starts = [datetime.fromisoformat(one) for one in told["starts"]]
    return (folder / "feed.ics").read_bytes(), starts, told["seen"]


FETCHED: list[tuple[bytes, list[datetime], str]] = []


def fetched() -> tuple[bytes, list[datetime]]:
    """The feed that a subscriber fetched just now, or one fetched without a subscriber."""
    if not FETCHED:
        FETCHED.append(feed())
    return FETCHED[0][:2]


def with_subscriber(programs: Path) -> str:
    FETCHED[:] = [feed(programs)]
    return FETCHED[0][2]


def libical():
    from tests.events.invitations import expanders

    if not expanders.ctypes.util.find_library("ical"):
        raise NotObtainable("libical3 is not on this machine (a system package)")
    return expanders


def with_libical(expanders) -> str:
    ics, starts = fetched()
    assert expanders.by_libical(ics) == starts
    assert expanders.complaints_of_libical(ics) == []
    return f"feed read: {len(starts)} starts as ours, no complaint"


def with_ical_js(folder: Path) -> str:
    shutil.copy(ROOT / "tests" / "peers" / "expand.mjs", folder)
    return _read([node_program(), folder / "expand.mjs", *SPAN])


def with_home_assistant(programs: Path) -> str:
    return _read([programs / "python", "-c", HOME_ASSISTANT, *SPAN])


def _read(command: list) -> str:
    ics, starts = fetched()
    answer = subprocess.run(command, input=ics, capture_output=True, check=True, timeout=30)
    found = sorted(datetime.fromisoformat(line) for line in answer.stdout.decode().split())
    assert found == starts, (found, starts)
    return f"feed read: {len(starts)} starts as ours"
