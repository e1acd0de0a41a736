"""Log files of the children."""

import shutil
from pathlib import Path

LARGEST = 20 * 1024 * 1024
LINES = 12


def tail(file: Path | None) -> str:
    """Where the log is, and its last lines."""
    if file is None or not file.exists():
        return ""
    last = file.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
    return "\n".join([f"Its log is {file}:", *last])


def keep_small(folder: Path) -> None:
    """Copy a log that grew too large aside and empty it; children write at its end."""
    for file in folder.glob("*.log"):
        if file.stat().st_size > LARGEST:
            shutil.copyfile(file, file.with_suffix(".log.1"))
            with file.open("r+b") as opened:
                opened.truncate()
