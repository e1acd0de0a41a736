"""What `make test` runs: finds a Chromium, then all tests, then says what ran and what did not."""

import os
import sys

import pytest

from tests import chromium

TWO = 2


def main(arguments: list[str]) -> int:
    """Run the suite; the answer is pytest's exit status."""
    if os.environ.get("BROWSER") != "none":
        found = chromium.find() or chromium.get()
        if found is None:
            sys.stderr.write(chromium.HELP + "\n")
            return 1
        os.environ["CHROMIUM"] = str(found)
    return int(pytest.main(["-q", "-p", "tests.tally", *side_by_side(arguments), *arguments]))


def side_by_side(arguments: list[str]) -> list[str]:
    """Two processes for the whole suite, each with its own database; one where tests are named."""
    if arguments or (os.cpu_count() or 1) < TWO:
        return []
    return ["-n", str(TWO), "--dist", "loadfile"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
