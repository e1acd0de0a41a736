"""Child processes that never outlive the process that started them."""

import ctypes
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> None:
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose own parent died (Linux)."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _die_with_parent(parent: int, farewell: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        _prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:  # the parent died before the line above took hold
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


def start(
    command: Sequence[str],
    *,
    farewell: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own; the kernel sends it `farewell` when we die."""
    out = log.open("ab") if log else None
    try:
        return subprocess.Popen(  # noqa: S603 - our own programs, no shell
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid(), farewell),  # noqa: PLW1509 - no threads yet
        )
    finally:
        if out:
            out.close()


def born(pid: int) -> str:
    """A mark that tells a process from a later one with the same id; empty when it is gone."""
    if LINUX:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] in {"Z", "X"} else fields[19]
    told = subprocess.run(  # noqa: S603 - fixed program, our own number
        ["/bin/ps", "-o", "lstart=,state=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return "" if not told or told.rsplit(maxsplit=1)[-1].startswith("Z") else told


def program_of(pid: int) -> str:
    """File name of the program a process runs; empty when unknown."""
    try:
        return Path(f"/proc/{pid}/exe").readlink().name
    except OSError:
        return ""


def kill_session(leader: int) -> None:
    """End everything left in the session a child led."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def stop(child: subprocess.Popen[bytes], how: signal.Signals, *, within: float) -> None:
    """Ask a child to end, and end its whole session after `within` seconds."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(within)
        except subprocess.TimeoutExpired:
            kill_session(child.pid)
            child.wait(5)
    kill_session(child.pid)


def wait_until(ready: Callable[[], bool], *, within: float, step: float = 0.02) -> bool:
    """Ask `ready` again and again for at most `within` seconds; False when it never was."""
    end = time.monotonic() + within
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def machine() -> str:
    """Name of this platform as the Valkey wheel spells it."""
    return f"{'linux' if LINUX else sys.platform}-{platform.machine()}"
