"""Finds a Chromium for the browser tests, or gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HELP = (
    "No Chromium was found and none could be had, so the browser tests cannot run. "
    "Install one (Debian: apt install chromium), name it (make test CHROMIUM=/path/to/chromium), "
    "or leave these tests out: make test BROWSER=none"
)


def find() -> Path | None:
    """A Chromium that is here: named by CHROMIUM, in the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _playwrights()


def get() -> Path | None:
    """Install one: by the system's package manager as root, else Playwright's download."""
    if os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            _run(words, 600, quiet)
        if found := find():
            return found
    _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"], 300, None)
    return _playwrights()


def _playwrights() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = Path(driver.chromium.executable_path)
    if found.exists():
        return found
    shells = sorted(found.parents[2].glob("chromium_headless_shell-*/*/*headless*shell*"))
    return next((shell for shell in shells if os.access(shell, os.X_OK) and shell.is_file()), None)


def _run(words: list[str], seconds: int, environment: dict[str, str] | None) -> None:
    try:
        subprocess.run(
            words,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"{words[0]}: {problem}", file=sys.stderr)
