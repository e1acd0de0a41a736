"""How PostgreSQL runs for root where the system forbids user namespaces."""

import os
import pwd
import tempfile
from pathlib import Path

import psycopg
import pytest

from config import env
from config.embedded import alone, places, servers, unprivileged
from config.embedded.places import Trouble


@pytest.fixture
def no_namespaces(monkeypatch):
    for name in env.NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(unprivileged, "namespaces_work", lambda: False)


@pytest.fixture
def open_folder():
    """A folder every account can enter, as pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_without_namespaces_the_server_runs_as_another_account(no_namespaces, open_folder):
    data = open_folder / "data"
    with alone.database(data, exclusive=True):
        with psycopg.connect(servers.postgres_of(data).url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        owner = pwd.getpwuid((data / "postgresql").stat().st_uid).pw_name
        if os.getuid() == 0:
            assert owner in unprivileged.ACCOUNTS
        else:
            assert owner == pwd.getpwuid(os.getuid()).pw_name
    assert not places.socket_folder(data).exists()


def test_a_folder_that_account_cannot_enter_is_said(no_namespaces, open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    if os.getuid() == 0:
        with (
            pytest.raises(Trouble, match="cannot reach"),
            alone.database(closed / "data", exclusive=True),
        ):
            pass
        assert not (closed / "data" / "postgresql").exists()
    else:
        assert unprivileged.command(["true"]) == ["true"]


def test_a_socket_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    monkeypatch.setattr(places, "socket_folder", lambda _data: link)
    with pytest.raises(Trouble, match="belongs to another user"):
        places.make_socket_folder(tmp_path)
