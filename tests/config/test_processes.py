"""Children that never outlive the process that started them."""

import json
import os
import signal
import subprocess
import sys

import pytest

from config import env
from config.embedded import keys, orphans, processes
from tests.stack import until

PARENT = """
import sys, time
from config.embedded import processes
child = processes.start(["sleep", "300"])
print(child.pid, flush=True)
time.sleep(300)
"""


def alive(group):
    """Whether anybody of this group of processes is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not processes.LINUX, reason="only Linux tells children that their parent died")
def test_a_killed_parent_takes_its_child_along():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=env.ROOT, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    assert processes.born(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    try:
        until(lambda: not processes.born(child), within=10)
    finally:
        processes.kill_session(child)


def test_a_child_that_does_not_listen_is_ended_with_all_it_started(tmp_path):
    log = tmp_path / "log"
    child = processes.start(["sh", "-c", "trap '' TERM; sleep 300 & echo; wait"], log=log)
    until(lambda: log.stat().st_size, within=10)
    processes.stop(child, signal.SIGTERM, within=0.3)
    assert child.returncode == -signal.SIGKILL
    until(lambda: not alive(child.pid), within=10)  # the first process may bury it late


def test_a_recycled_number_is_not_taken_for_our_child(tmp_path, monkeypatch):
    monkeypatch.setattr(orphans, "PATIENCE", 0.2)
    stranger = subprocess.Popen(["sleep", "300"], start_new_session=True)
    birth = processes.born(stranger.pid)
    (tmp_path / "pids.json").write_text(json.dumps({"web": [stranger.pid, f"{birth}0"]}))
    orphans.wait_and_end(tmp_path)
    assert stranger.poll() is None
    (tmp_path / "pids.json").write_text(json.dumps({"web": [stranger.pid, birth]}))
    orphans.wait_and_end(tmp_path)
    assert stranger.wait(5) == -signal.SIGKILL


def test_a_zombie_counts_as_gone():
    child = subprocess.Popen(["true"])
    until(lambda: not processes.born(child.pid), within=10)
    assert child.wait() == 0


def test_a_private_file_is_whole_or_not_there(tmp_path):
    file = tmp_path / "secret"
    keys.write_private(file, "one")
    keys.write_private(file, "two")
    assert file.read_text() == "two"
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]
