"""`make bench`: every figure beside its limit in the same run; `make bench ARGS="feed report"` a few.

Each program runs alone, on loopback, for a bounded time, and stops by itself.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300
PROGRAMS = {
    "feed": "a cold calendar feed",
    "catalogue": "pages over HTTP",
    "cost": "pages without a network",
    "places": "places taken by a personal link, without a network",
    "registration": "registrations through the command",
    "report": "attendance reports",
    "imports": "a report taken over, and the board",
    "certificate": "certificates as PDF",
    "export": "a ministry's file",
    "watching": "beats of players",
    "films": "sizes of recordings, beside the same ffmpeg work bare",
    "search": "words found in a hundred hours of captions (`python -m bench.search 1000` for more)",
    "ranges": "ranges of a recording's file",
    "demo": "the demo network loaded into an empty installation",
    "sync": "events to and from calendars that answer in 100 ms",
}
MODULES = {name: f"bench.{name}" for name in PROGRAMS} | {"catalogue": "bench.pages"}

ARGUMENTS = {"certificate": ["40"], "films": ["40"], "search": ["100"]}


def run(name: str, data: Path) -> bool:
    """Run one program; whether it ended well."""
    print(f"\n{name}: {PROGRAMS[name]}", flush=True)
    environment = {**os.environ, "KOLEGA_DATA": str(data), "KOLEGA_DEMO": "no"}
    began = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", MODULES[name], *ARGUMENTS.get(name, [])],
            cwd=ROOT, env=environment, check=False, timeout=LONGEST, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        print(f"  not done after {LONGEST} s")
        return False
    print(f"  ({time.monotonic() - began:.0f} s)")
    return done.returncode == 0


def main() -> int:
    """Measure what was asked for; 1 where a program failed."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[[], *PROGRAMS], help="all without a name")
    names = parser.parse_args().names or list(PROGRAMS)
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load before {load:.1f}"
    )
    with tempfile.TemporaryDirectory(prefix="kolega-bench-") as folder:
        good = [run(name, Path(folder)) for name in names]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
