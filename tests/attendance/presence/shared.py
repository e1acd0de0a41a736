"""Where the sample files of the outside world lie, if this machine has them."""

import os
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("KOLEGA_SHARED", _PROJECT.parent / "shared")) / "data"

needs_samples = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the sample files of ../shared are not on this machine"
)
