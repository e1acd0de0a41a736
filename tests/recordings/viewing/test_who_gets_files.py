"""A ticket is asked before a byte is read: whose, for what, until when, and whether it may still be."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.kernel import clock
from recordings.library import commands, standing
from recordings.library.models import Recording
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import SYSTEM, later, make_event, make_world
from tests.recordings.viewing import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def row(world, folder):
    made = make_recording(make_event(world))
    kept.keep(made, "240p.mp4", b"bytes")
    return made


@pytest.fixture
def teacher(world, client):
    return sign_in(client, world.teachers[0])


def test_the_holder_gets_the_file(row, teacher):
    assert teacher.get(kept.path_of(row, "240p.mp4", client=teacher)).getvalue() == b"bytes"


def test_nobody_else_does(row, teacher, world):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    for other in (Client(), sign_in(Client(), world.teachers[1])):
        answer = other.get(path)
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_an_old_ticket_is_over(row, teacher):
    at = clock.now()
    for days, status in ((0, 200), (1, 404)):
        path = kept.path_of(row, "240p.mp4", client=teacher, at=at - timedelta(days=days))
        assert teacher.get(path).status_code == status


def test_a_ticket_of_one_recording_opens_no_other(row, teacher, world):
    other = make_recording(make_event(world, title="Another"))
    kept.keep(other, "240p.mp4", b"other")
    path = kept.path_of(row, "240p.mp4", client=teacher, recording=other.pk)
    assert teacher.get(path).status_code == 404
    assert teacher.get(kept.path_of(row, "240p.mp4", client=teacher, revision=2)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["original.mp4", "../1/240p.mp4", "..%2f1%2f240p.mp4", "%2e%2e%2f240p.mp4", "240p.MP4", ".mp4",
     "240p.mp4/", "240p", "240p.mp4%00.jpg", "240p.exe", "a\\240p.mp4", "missing.mp4"],
)  # fmt: skip
def test_names_lead_nowhere_else(row, teacher, name):
    kept.keep(row, "original.mp4", b"all of it")
    kept.keep(row, "240p.exe", b"never")
    assert teacher.get(kept.path_of(row, name, client=teacher)).status_code == 404


@pytest.mark.parametrize("deed", ["withdraw", "unpublish", "note_removed"])
def test_it_stops_at_once(row, teacher, deed):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    assert teacher.get(path).status_code == 200
    getattr(commands, deed)(row.pk, by=SYSTEM, at=later(1))
    assert teacher.get(path).status_code == 404


def test_who_may_less_afterwards_starts_anew(row, teacher):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    commands.describe(row.pk, title="T", language="en", visibility="public", by=SYSTEM, at=later(1))
    assert teacher.get(path).status_code == 404
    row.refresh_from_db()
    assert teacher.get(kept.path_of(row, "240p.mp4", client=teacher)).status_code == 200


def test_captions_that_go_take_the_reach_with_them_at_once(row, teacher):
    commands.describe(row.pk, title="T", language="en", visibility="public", by=SYSTEM, at=later(1))
    row.refresh_from_db()
    path = kept.path_of(row, "240p.mp4", client=teacher)
    assert teacher.get(path).status_code == 200
    commands.note_captioned(row.pk, captioned=False, by=SYSTEM, at=later(2))
    assert teacher.get(path).status_code == 404


def test_a_late_reader_of_the_table_does_not_undo_a_withdrawal(
    row, teacher, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        commands.withdraw(row.pk, by=SYSTEM, at=later(1))
        # Somebody reads the table as it was before the commit, and keeps that.
        old = standing.epoch(row)
        cache.set(standing._name(row.pk), old, 20)
    assert standing.epoch_of(row.pk) != old


def test_without_the_cache_the_table_says_it(row, teacher, settings):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    }
    assert teacher.get(path).status_code == 200
    commands.withdraw(row.pk, by=SYSTEM, at=later(1))
    assert teacher.get(path).status_code == 404


def test_a_segment_asks_the_database_nothing(row, teacher):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    teacher.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert teacher.get(path, headers={"Range": "bytes=0-1"}).getvalue() == b"by"
    assert [query["sql"] for query in asked] == []


def test_a_row_that_is_gone_opens_nothing(row, teacher):
    path = kept.path_of(row, "240p.mp4", client=teacher)
    cache.delete(standing._name(row.pk))
    Recording.objects.filter(pk=row.pk).update(state="deleted")
    assert teacher.get(path).status_code == 404


def test_nginx_sends_the_file_where_told(row, teacher, settings):
    settings.RECORDINGS_ACCEL = "/protected-recordings/"
    answer = teacher.get(kept.path_of(row, "240p.mp4", client=teacher))
    assert answer.headers["X-Accel-Redirect"] == f"/protected-recordings/{row.pk}/1/240p.mp4"
    assert (answer.headers["Content-Type"], answer.content) == ("video/mp4", b"")
    assert teacher.get(kept.path_of(row, "240p.mp4")).status_code == 404
    assert "X-Accel-Redirect" not in teacher.get(kept.path_of(row, "240p.mp4")).headers
