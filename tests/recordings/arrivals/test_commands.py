"""Pieces are kept once, in their order; what can be played is taken over, the rest is refused."""

import hashlib
import io
import shutil
from datetime import timedelta

import pytest

from events.backstage import jobs
from events.kernel.errors import Missing, NotAllowed
from recordings.arrivals import commands, parcels, tasks, words
from recordings.library import queries
from recordings.library.models import Original
from recordings.media import store
from tests.factories.recordings import make_recording, sha256
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def begin(row, by, length=10, name="film.mp4"):
    return commands.begin_upload(row.pk, length=length, file_name=name, by=by, at=AT)


def send(upload, content, by, offset=None, **more):
    return commands.append(
        upload.pk, io.BytesIO(content).read, offset=upload.offset if offset is None else offset,
        by=by, at=AT, **more,
    )  # fmt: skip


def handed_in(row, film, by, folders, name="film.mp4"):
    copy = folders / "copy"
    shutil.copy(film, copy)
    return commands.receive_whole(row.pk, copy, file_name=name, by=by, at=AT)


def test_pieces_follow_one_another_and_the_whole_begins_a_job(row, coordinator):
    upload = begin(row, coordinator)
    upload = send(upload, b"01234", coordinator)
    with pytest.raises(commands.WrongOffset):
        send(upload, b"01234", coordinator, offset=0)
    upload = send(upload, b"56789more than promised", coordinator)
    assert (upload.offset, upload.state) == (10, "whole")
    assert parcels.path_of(upload.pk).read_bytes() == b"0123456789"
    assert jobs.latest(commands.KIND, prefix=str(upload.pk)).state == "waiting"


def test_what_a_crash_left_behind_the_offset_is_written_over(row, coordinator):
    upload = send(begin(row, coordinator), b"012", coordinator)
    with parcels.path_of(upload.pk).open("ab") as left:
        left.write(b"rubbish of a crash, and a lot of it")
    send(upload, b"3456789", coordinator)
    assert parcels.path_of(upload.pk).read_bytes() == b"0123456789"


def test_a_line_that_breaks_keeps_what_came(row, coordinator):
    pieces = iter([b"0123"])

    def read(_size):
        try:
            return next(pieces)
        except StopIteration:
            raise ConnectionResetError from None

    upload = begin(row, coordinator)
    found = commands.append(upload.pk, read, offset=0, by=coordinator, at=AT)
    assert (found.offset, found.state) == (4, "coming")


def test_a_damaged_piece_is_not_kept(row, coordinator):
    upload = begin(row, coordinator)
    right = ("sha256", hashlib.sha256(b"01234").hexdigest())
    with pytest.raises(parcels.Torn):
        send(upload, b"0123x", coordinator, checksum=right)
    assert send(upload, b"01234", coordinator, checksum=right).offset == 5


def test_two_requests_never_write_to_one_file(row, coordinator):
    upload = begin(row, coordinator)
    with parcels.alone(upload.pk), pytest.raises(parcels.Busy):
        send(upload, b"01234", coordinator)


def test_too_large_too_many_and_wrong_names_are_refused(row, coordinator, settings):
    settings.RECORDING_MAX_BYTES = 100
    settings.RECORDING_QUOTA_BYTES = 120
    with pytest.raises(commands.TooLarge):
        begin(row, coordinator, length=101)
    with pytest.raises(commands.WrongFile):
        begin(row, coordinator, name="notes.docx")
    begin(row, coordinator, length=100)
    other = make_recording(row.event, ready=False, publish=False)
    Original.objects.update(removed_at=AT)
    with pytest.raises(commands.QuotaReached):
        begin(other, coordinator, length=100)


def test_what_is_replaced_does_not_count_beside_what_replaces_it(
    row, coordinator, settings, django_capture_on_commit_callbacks
):
    settings.RECORDING_QUOTA_BYTES = 120
    first = send(begin(row, coordinator, length=100), b"01234", coordinator)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(commands.QuotaReached):
        begin(row, coordinator, length=121)
    first.refresh_from_db()
    assert (first.state, parcels.path_of(first.pk).read_bytes()) == ("coming", b"01234")
    with django_capture_on_commit_callbacks(execute=True):
        begin(row, coordinator, length=110)
    first.refresh_from_db()
    assert (first.state, first.refused) == ("refused", "replaced")
    assert not parcels.path_of(first.pk).exists()


def test_only_who_runs_the_event_sends_its_file(row, world, coordinator):
    teacher = world.actor(world.teachers[0])
    with pytest.raises((Missing, NotAllowed)):
        begin(row, teacher)
    upload = begin(row, coordinator)
    with pytest.raises((Missing, NotAllowed)):
        send(upload, b"0", teacher)


def test_a_film_becomes_the_original_whole_and_once(row, coordinator, film, folders):
    upload = handed_in(row, film, coordinator, folders)
    commands.take_in(upload.pk, at=AT)
    commands.take_in(upload.pk, at=AT)
    made = Original.objects.get(recording=row)
    assert (made.sha256, made.size) == (sha256(film), film.stat().st_size)
    assert 5900 <= made.facts["duration_ms"] <= 6200
    with store.at_hand(made.key) as path:
        assert sha256(path) == sha256(film)
    assert not list((folders / "work").rglob("*.part"))
    with pytest.raises(commands.HasFile):
        begin(row, coordinator)


@pytest.fixture
def handed(row, film, coordinator, folders):
    return handed_in(row, film, coordinator, folders)


@pytest.mark.parametrize("broken", ["take", "note_original", "remove"])
def test_a_worker_that_dies_at_any_step_loses_nothing(row, handed, folders, monkeypatch, broken):
    upload = handed

    def die(*_args, **_more):
        raise SystemExit

    where = {"take": store, "note_original": commands.library, "remove": parcels}[broken]
    with monkeypatch.context() as patch:
        patch.setattr(where, broken, die)
        with pytest.raises(SystemExit):
            commands.take_in(upload.pk, at=AT)
    commands.take_in(upload.pk, at=AT)
    upload.refresh_from_db()
    assert (upload.state, Original.objects.filter(recording=row).count()) == ("taken", 1)
    commands.forget_left_alone(at=AT + timedelta(days=9000))
    assert not list((folders / "work").rglob("*.part"))
    assert [path.name for path in (folders / "stored").rglob("*") if path.is_file()] == [
        "original.mp4"
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"only words\n" * 500, "no_medium"), (b"PK\x03\x04" + bytes(4000), "no_medium")],
)
def test_what_is_no_medium_is_refused_with_a_reason(row, coordinator, folders, content, code):
    path = folders / "words"
    path.write_bytes(content)
    upload = commands.receive_whole(row.pk, path, file_name="film.mp4", by=coordinator, at=AT)
    assert tasks.take_in_step(jobs.latest(commands.KIND, prefix=str(upload.pk)))
    upload.refresh_from_db()
    assert (upload.state, upload.refused) == ("refused", code)
    assert "MP4" in words.of_refusal(code)
    assert queries.original_of(row) is None
    begin(row, coordinator)


def test_files_left_alone_are_forgotten_and_others_are_not(row, coordinator, folders):
    upload = send(begin(row, coordinator), b"0123", coordinator)
    commands.forget_left_alone(at=AT + timedelta(days=2))
    assert parcels.path_of(upload.pk).exists()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda do, **_: do())
        commands.forget_left_alone(at=AT + timedelta(days=4))
    upload.refresh_from_db()
    assert (upload.refused, parcels.path_of(upload.pk).exists()) == ("left_alone", False)
