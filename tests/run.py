"""What `make test` runs: finds a Chromium, then all tests, then says what ran and what did not."""

import os
import sys

import pytest

from tests import chromium


def main(arguments: list[str]) -> int:
    """Run the suite; the answer is pytest's exit status."""
    if os.environ.get("BROWSER") != "none":
        found = chromium.find() or chromium.get()
        if found is None:
            sys.stderr.write(chromium.HELP + "\n")
            return 1
        os.environ["CHROMIUM"] = str(found)
    return int(pytest.main(["-q", "-p", "tests.tally", *arguments]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
