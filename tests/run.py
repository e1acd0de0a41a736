"""What `make test` runs: finds a Chromium, then all tests, then says what ran and what did not."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import chromium

TWO = 2
FEW = 5  # more than this that fail together is no chance
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run the suite; the answer is pytest's exit status."""
    if os.environ.get("BROWSER") != "none":
        found = chromium.find() or chromium.get()
        if found is None:
            sys.stderr.write(chromium.HELP + "\n")
            return 1
        os.environ["CHROMIUM"] = str(found)
    with tempfile.TemporaryDirectory() as scratch:
        failed = Path(scratch) / "failed"
        told = f"--failed-to={failed}"
        status = suite([told, *side_by_side(arguments), *same_order(), *arguments])
        few = names(failed) if status == pytest.ExitCode.TESTS_FAILED else []
    return again(few) if 0 < len(few) <= FEW and not arguments else status


def names(written: Path) -> list[str]:
    """Tests that failed; none where the run is red for another reason."""
    return written.read_text().splitlines() if written.exists() else []


def suite(arguments: list[str]) -> int:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.tally", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def side_by_side(arguments: list[str]) -> list[str]:
    """Two processes for the whole suite, each with its own database; one where tests are named."""
    if arguments or (os.cpu_count() or 1) < TWO:
        return []
    return ["-n", str(TWO), "--dist", "loadfile"]


def same_order() -> list[str]:
    """In CI the commit decides the order of the tests, so a red run can be repeated."""
    if os.environ.get("CI") != "true":
        return []
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    return [f"--randomly-seed={int(told.stdout[:8] or '1', 16)}"]


def again(failed: list[str]) -> int:
    """Run the files of the few that failed once more; a busy machine can make a browser or a server late.

    They are named, so that nobody takes such a run for a clean one. Whole files, because a test of
    the demo network gets its database from those beside it.
    """
    say(f"\nOnce more, in their files: {', '.join(failed)}")
    status = suite(list(dict.fromkeys(name.partition("::")[0] for name in failed)))
    if status == 0:
        say(f"Passed only when run again: {', '.join(failed)}")
    return status


def say(line: str) -> None:
    """A line at once: the next run writes by itself."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
