"""Makes or refreshes .venv from a lock file; needs nothing but Python 3.11's standard library.

    python3 .ci/environment.py run|dev

WHEELS=FOLDER installs from a folder of wheels, without a network.
"""

import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
HOME = HOUSE / ".venv"
PYTHON = HOME / "bin" / "python"
LOCKS = {"run": HOUSE / "requirements.lock", "dev": HOUSE / "requirements-dev.lock"}
OLDEST = (3, 11)
SYNC = (
    "-m",
    "uv",
    "pip",
    "sync",
    "--quiet",
    "--no-config",
    "--compile-bytecode",
    "--python",
    PYTHON,
)
# Only wheels: a missing one is said at once, instead of a compiler starting.
CAREFUL = ("--require-hashes", "--only-binary", ":all:")


HELP = (
    "The packages could not be installed. Kolega runs on Linux (x86-64, arm64; glibc) and macOS "
    "(arm64) with Python 3.11 to 3.13. Without internet: make run WHEELS=FOLDER"
)


def say(line):
    print(line, flush=True)


def stop(line):
    sys.exit(line)


def digest(kind):
    content = LOCKS[kind].read_bytes() + ".".join(map(str, sys.version_info[:3])).encode()
    return hashlib.sha256(content).hexdigest()


def current(kind):
    """Whether this lock is installed; the development list holds everything of the other."""
    stamp = HOME / "installed"
    if not PYTHON.exists() or not stamp.exists():
        return False
    known = dict(line.split() for line in stamp.read_text().splitlines())
    return known.get(kind) == digest(kind)


def make_folder():
    try:
        import ensurepip  # noqa: F401, PLC0415 - only whether it is there
    except ImportError:
        stop(
            "Python has no ensurepip, so no environment can be made. "
            "On Debian or Ubuntu install it with: apt install python3-venv"
        )
    if not PYTHON.exists() or run([PYTHON, "-m", "pip", "--version"])[0]:
        venv.create(HOME, with_pip=True, clear=HOME.exists(), symlinks=True)


def run(command, more=None):
    """Run a program; its exit status, and the last lines of what it said."""
    done = subprocess.run(
        [str(word) for word in command],
        check=False,
        cwd=HOUSE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(more or {})},
    )
    told = [line for line in done.stdout.splitlines() if not line.startswith("WARNING")]
    return done.returncode, "\n".join(told[-8:])


def offline():
    folder = os.environ.get("WHEELS", "")
    return ["--no-index", "--find-links", Path(folder).resolve()] if folder else []


def pip(*words):
    return run([PYTHON, "-m", "pip", "install", "--quiet", *offline(), *CAREFUL, *words])


def mirror():
    """The index pip is set to use, for uv, which does not read pip's configuration."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    told = subprocess.run(
        [PYTHON, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    url = os.environ.get("PIP_INDEX_URL", told)
    return {"UV_DEFAULT_INDEX": url} if url else {}


def install(kind):
    failed, said = pip("-r", HOUSE / "bootstrap.lock")
    if not failed:
        failed, said = run([PYTHON, *SYNC, *offline(), *CAREFUL, LOCKS[kind]], more=mirror())
    if failed:
        say("uv could not install the packages; pip takes longer.")
        run([PYTHON, "-m", "ensurepip"])
        failed, told = pip("-r", LOCKS[kind])
        if failed:
            stop(f"{said}\n{told}\n\n{HELP}")


def main(kind):
    if sys.version_info[:2] < OLDEST:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if current(kind):
        return
    began = time.monotonic()
    say(f"Installing packages into {HOME} ...")
    stamp = HOME / "installed"
    stamp.unlink(missing_ok=True)
    make_folder()
    install(kind)
    kinds = LOCKS if kind == "dev" else ["run"]
    stamp.write_text("".join(f"{name} {digest(name)}\n" for name in kinds))
    say(f"Packages installed in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
