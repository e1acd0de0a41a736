"""The demo network in a database of its own, loaded once in a test run.

The fixtures are there for every test (`pyproject.toml` names this file as a plugin):

`demo`: the test runs on the demo network and everything it writes is rolled back; costs nothing
after the first use in a run, which loads it (about half a minute on an idle machine). It yields the
`config.demo.network.Network`, whose ids lead to everybody:

    def test_something(demo, client):
        iva = Person.objects.get(email="teacher@example.org")

`demo_copy`: the test gets a copy of that database for itself and may commit, start a live server or
threads; the copy is dropped afterwards (about half a second). Use it together with `live_server`
or `transactional_db`, named before them.

The network stands as at the beginning of DAY in UTC; move the clock there with time-machine or let
pages run at the present, which is the same day unless midnight passes meanwhile.
"""

import faulthandler
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.db import OperationalError, connection, connections
from django.test import override_settings

from config.embedded import simulators
from events.kernel import clock

DAY = clock.now().date()
TRIES, PAUSE = 50, 0.2  # ten seconds


def simulators_url() -> str:
    """Where the simulators of this demo would stand."""
    return f"http://127.0.0.1:{simulators.kept_port(settings.KOLEGA_DATA)}"


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Within it the default connection leads to the database of that name."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def _run(sql: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def _copy(new: str, template: str) -> None:
    connections.close_all()
    _run(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)')
    for left in reversed(range(TRIES)):
        _end_idle(template)
        try:
            _run(f'CREATE DATABASE "{new}" TEMPLATE "{template}"')
        except OperationalError:
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            return


def _end_idle(database: str) -> None:
    """A thread of a live server may keep its connection while a browser keeps its own."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND state = 'idle' AND pid <> pg_backend_pid()",
            [database],
        )


def _count_anew() -> None:
    """Numbers of rows begin where the rows end: tests before this one have used some up."""
    from django.apps import apps

    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(line)


@contextmanager
def copied(name: str) -> Iterator[None]:
    """Within it the default connection leads to a copy of that database."""
    copy = f"{name}_copy"
    _copy(copy, name)
    try:
        with _named(copy):
            yield
    finally:
        _run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


@pytest.fixture(scope="session")
def demo_loaded(django_db_setup, django_db_blocker):
    """Name of the database and the network as it was built."""
    from config.demo import loading

    faulthandler.cancel_dump_traceback_later()  # loading may take longer than a test may
    with django_db_blocker.unblock():
        plain = connection.settings_dict["NAME"]
        name = f"{plain}_demo"
        _copy(name, plain)
        with _named(name):
            _count_anew()
            told = override_settings(KOLEGA_SIMULATORS=True, SIMULATORS_URL=simulators_url())
            with told:
                loading.open_doors(day=DAY)
                network = loading.load(day=DAY)
        yield name, network
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def _demo_module(demo_loaded, django_db_blocker):
    with django_db_blocker.unblock(), _named(demo_loaded[0]):
        yield demo_loaded[1]


@pytest.fixture
def demo(_demo_module, db):
    """The test runs on the demo network; what it writes is rolled back."""
    return _demo_module


@pytest.fixture
def demo_copy(demo_loaded, django_db_blocker):
    """The test runs on a copy of the demo network and may commit."""
    name, network = demo_loaded
    with django_db_blocker.unblock(), copied(name):
        yield network
