"""The demo network loaded into an empty installation, as `manage.py demo` does it.

Run as `python -m bench.demo [times]`. Everything else of the installation runs beside it, as with
`make run`. Wall time counts: it has a limit of 60 s on two idle cores. Processor time stands beside
it, because a busy machine stretches the wall time alone; so does the load before the first run.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.stack import stack

LIMIT = 60.0


def load(data):
    """Load once; seconds of the clock, and of the processor without PostgreSQL."""
    with stack(data) as made:
        made.start()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        made.manage("demo")
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        made.stop()
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    """Print each run beside the limit."""
    print(f"  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        with tempfile.TemporaryDirectory() as folder:
            wall, own = load(Path(folder) / "data")
        print(
            f"  run {number + 1}: {wall:.1f} s, {wall / LIMIT:.2f} of the limit of {LIMIT:.0f} s;"
            f" {own:.1f} s of the processor",
            flush=True,
        )


if __name__ == "__main__":
    main()
