"""A program that reads strangers' files ends with its limits, with its asker, and on a refusal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recordings.media import running
from recordings.media.running import MEBIBYTE, Limits

SLEEPER = "import os,sys,time;print(os.getpid(),flush=True);time.sleep(60)"
PYTHON = (sys.executable, "-I", "-S", "-c")
ASKER = f"""
import sys
sys.path.insert(0, {str(Path.cwd())!r})
from recordings.media.running import Limits, run
run({[*PYTHON, SLEEPER]!r}, limits=Limits(seconds=60), hear=lambda b: print(b.decode(), flush=True))
"""


def is_gone(pid, within=5):
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if _state(pid) in {"Z", ""}:
            return True
        time.sleep(0.05)
    return False


def _state(pid):
    told = subprocess.run(
        ["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()[:1]


def test_it_says_what_it_printed_and_how_it_ended():
    code = "import sys;print('out');print('err',file=sys.stderr);sys.exit(3)"
    ended = running.run([*PYTHON, code], limits=Limits(seconds=20))
    assert (ended.status, bytes(ended.answer), ended.errors) == (3, b"out\n", b"err\n")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_whoever_asked_for_it(how):
    asker = subprocess.Popen([sys.executable, "-c", ASKER], stdout=subprocess.PIPE, text=True)
    pid = int(asker.stdout.readline())
    asker.send_signal(how)
    asker.wait(10)
    asker.stdout.close()
    assert is_gone(pid)


def test_a_refusal_while_it_runs_ends_it():
    seen = []

    def beat():
        if seen:
            raise KeyError("enough")

    with pytest.raises(KeyError):
        running.run(
            [*PYTHON, SLEEPER], limits=Limits(seconds=20), hear=lambda b: seen.append(int(b)),
            beat=beat,
        )  # fmt: skip
    assert is_gone(seen[0])


def test_time_memory_and_files_have_limits(tmp_path):
    with pytest.raises(running.TookTooLong):
        running.run([*PYTHON, SLEEPER], limits=Limits(seconds=0.3))
    hungry = running.run(
        [*PYTHON, "bytearray(400*1024*1024)"],
        limits=Limits(seconds=20, memory=200 * MEBIBYTE),
    )
    assert b"MemoryError" in hungry.errors
    file = tmp_path / "large"
    large = running.run(
        [*PYTHON, f"open({str(file)!r},'wb').write(bytes(1000000))"],
        limits=Limits(seconds=20, file=1000),
    )
    assert large.status
    assert file.stat().st_size <= 1000
