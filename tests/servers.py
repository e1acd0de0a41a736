"""Starts a PostgreSQL and a Valkey for each test process, before settings are loaded."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from config import env
from config.embedded import places, processes, servers
from config.embedded import postgres as postgres_module

RUNNING = []


def _wanted(config):
    named = config.known_args_namespace
    quiet = ("help", "version", "collectonly", "markers", "showfixtures")
    return not any(getattr(named, name, False) for name in quiet)


def _start(data: Path, server, farewell):
    server.create()
    server.make_ready_to_start()
    child = processes.start(server.command(), farewell=farewell, log=data / "servers.log")
    RUNNING.append((child, farewell))
    if not processes.wait_until(lambda: server.ready() or child.poll() is not None, within=30) or (
        child.poll() is not None
    ):
        raise pytest.UsageError((data / "servers.log").read_text())
    return server


def start_servers(data: Path) -> None:
    """Start what the environment does not name, and name it there."""
    places.make_socket_folder(data)
    if not os.environ.get("DATABASE_URL"):
        cluster = servers.postgres_of(data, for_tests=True)
        _start(data, cluster, postgres_module.FAREWELL)
        cluster.create_database()
        os.environ["DATABASE_URL"] = cluster.url()
    if not os.environ.get("REDIS_URL"):
        valkey = _start(data, servers.valkey_of(data, for_tests=True), processes.signal.SIGTERM)
        os.environ["REDIS_URL"] = valkey.url()


def _stop(data: Path) -> None:
    for child, farewell in reversed(RUNNING):
        processes.stop(child, farewell, within=10)
    shutil.rmtree(places.socket_folder(data), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config) -> Iterator[None]:
    """pytest-django loads the settings in this hook, so the servers must be up before it."""
    if _wanted(early_config) and (_is_worker() or not os.environ.get("KOLEGA_TEST_DATA")):
        data = Path(tempfile.mkdtemp(prefix="kolega-tests-"))
        early_config.add_cleanup(lambda: _stop(data))
        for name in env.NAMES - {"DATABASE_URL", "REDIS_URL", "EMBEDDED_POSTGRESQL"}:
            os.environ.pop(name, None)
        os.environ.update(
            KOLEGA_TEST_DATA=str(data),
            KOLEGA_DATA=str(data),
            KOLEGA_DEMO="no",
            STATIC_NAMES="plain",
            KOLEGA_BELL="no",
        )
        (data / "static").mkdir()
        if not _only_hands_out(early_config):
            start_servers(data)
    return (yield)


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _only_hands_out(config) -> bool:
    """Whether this process runs no test itself but hands them out to others."""
    return bool(getattr(config.known_args_namespace, "numprocesses", None)) and not _is_worker()


@pytest.fixture(autouse=True)
def _language_ends_with_the_test() -> Iterator[None]:
    """A request leaves its reader's language in the thread; the next test begins with ours."""
    yield
    translation.deactivate()
