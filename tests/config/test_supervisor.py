"""The whole stack, started as `make run` starts it, and hurt in every part."""

import os
import signal
import socket

import pytest

from config.embedded import processes
from tests.stack import Stack, stack, until

pytestmark = [pytest.mark.slow]
CHILDREN = ("postgresql", "valkey", "web", "worker", "beat", "sweep", "films", "mailbox")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One running installation, in a folder with a space in its name."""
    with stack(tmp_path_factory.mktemp("data") / "with a space") as made:
        made.start()
        yield made


def test_everything_runs(running: Stack):
    until(lambda: set(running.pids()) == set(CHILDREN))
    assert running.get("/readyz") == (200, "ok\n")
    assert running.get("/mailbox/")[0] == 200


@pytest.mark.parametrize("name", CHILDREN)
def test_what_is_killed_comes_back(running: Stack, name: str):
    until(lambda: name in running.pids())
    before = running.pids()[name]
    os.kill(before, signal.SIGKILL)
    until(lambda: running.pids().get(name) not in {None, before})
    until(running.good)
    after = running.pids()[name]
    os.kill(after, 0)


def test_only_the_owner_can_read_the_data(running: Stack):
    for folder in (running.data, running.data / "secrets", running.sockets):
        assert folder.stat().st_mode & 0o077 == 0
    for secret in (running.data / "secrets").iterdir():
        assert secret.stat().st_mode & 0o177 == 0


def test_mail_sent_by_the_installation_is_read_in_its_mailbox(running: Stack):
    until((running.sockets / "mail").exists)
    running.manage("sendtestemail", "ana@example.org")
    assert "ana@example.org" in running.get("/mailbox/?to=ana")[1]


def test_a_second_start_on_the_same_data_is_refused(running: Stack):
    second = Stack(running.data)
    said = second.launch().communicate(timeout=30)[0]
    assert second.process.returncode == 2
    assert said == f"Kolega already runs on {running.data} (process {running.process.pid}).\n"
    assert running.good()


def test_a_taken_port_is_said_in_one_line(running: Stack, tmp_path):
    second = Stack(tmp_path, port=running.port)
    said = second.launch().communicate(timeout=30)[0]
    assert second.process.returncode == 2
    assert said.startswith(f"Port {running.port} cannot be used (Address already in use).")
    assert said.count("\n") == 1
    assert not second.sockets.exists()


def test_a_second_installation_runs_beside_the_first_and_ends_alone(running: Stack, tmp_path):
    with stack(tmp_path / "other") as second:
        second.start()
        second.stop(signal.SIGINT)
        assert second.left_behind() == []
        assert not second.sockets.exists()
    assert running.good()


def test_after_a_killed_supervisor_the_next_start_finds_its_data(tmp_path):
    with stack(tmp_path / "data") as first:
        first.start()
        first.manage("sendtestemail", "kept@example.org")
        old = set(first.pids().values())
        first.process.kill()
        first.process.communicate()
        again = Stack(first.data, port=first.port)
        again.start()
        first.process = again.process
        until(lambda: set(again.pids()) == set(CHILDREN))
        assert not any(processes.born(pid) for pid in old)
        assert "kept@example.org" in again.get("/mailbox/")[1]
        status, said = again.stop()
        assert (status, again.left_behind()) == (0, [])
        assert said.endswith("Stopping.\n")


def test_a_stop_during_the_start_leaves_nothing(tmp_path):
    with stack(tmp_path / "data") as early:
        early.launch()
        until((early.data / "postgresql").exists)
        early.stop()
        assert early.left_behind() == []
        assert not early.sockets.exists()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'. Write a whole number from 1 to 65535.\n"),
        ({"EMBEDDED_POSTGRESQL": "9"}, "EMBEDDED_POSTGRESQL is '9'. Write one of: 18, 16.\n"),
    ],
)
def test_a_bad_variable_is_said_in_one_line(tmp_path, variables, said):
    bad = Stack(tmp_path / "data", port=9)
    bad.environment.update({"PORT": str(Stack(tmp_path).port), **variables})
    assert bad.launch().communicate(timeout=30)[0] == said
    assert bad.process.returncode == 2


def valkey_listens(running: Stack) -> bool:
    """Whether somebody takes a connection at the socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(running.sockets / "valkey")) == 0


def test_servers_named_by_the_environment_are_used(running: Stack, tmp_path):
    # A test before this one may have killed it: tests run in any order.
    until(lambda: valkey_listens(running))
    password = (running.data / "secrets" / "valkey").read_text().strip().replace("/", "%2F")
    own = {
        "DATABASE_URL": f"postgresql://postgres@/postgres?host={running.sockets}/postgresql",
        "REDIS_URL": f"unix://:{password.replace('+', '%2B')}@{running.sockets}/valkey?db=4",
    }
    with stack(tmp_path / "guest", **own) as guest:
        guest.start()
        until(lambda: "web" in guest.pids())
        assert not {"postgresql", "valkey"} & set(guest.pids())
        guest.stop()
    assert running.good()
