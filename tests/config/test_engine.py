"""The engines under the test run."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from config import cache as cache_module
from config.celery import app, rooms


@pytest.mark.django_db
def test_the_suite_runs_on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 160000
        cursor.execute("SELECT lower('ŽĐĆ'), 'a' < 'B'")
        assert cursor.fetchone() == ("žđć", False)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("3s",)


def test_the_cache_keeps_what_it_is_given():
    cache.set("kept", {"a": 1})
    assert cache.get("kept") == {"a": 1}


def test_the_cache_fails_open():
    away = cache_module.FailOpenCache("unix:///nowhere/at/all", {})
    away.set("kept", 1)
    assert away.get("kept", "nothing") == "nothing"
    assert away.add("kept", 1) is True
    assert away.get_many(["kept"]) == {}
    assert away.incr("kept") == 1


def test_the_broker_answers_on_its_socket():
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=0, timeout=2)
        assert broker.connected


def test_rooms_with_tasks_are_named_in_full():
    assert all(name.count(".") == 1 for name in rooms())


def test_the_server_answers():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@override_settings(ALLOWED_HOSTS=["kolega.example.org"])
def test_another_host_is_refused():
    assert Client().get("/healthz", headers={"host": "evil.example.org"}).status_code == 400
