"""One file comes in for a recording at a time, and whatever ends it leaves nothing behind."""

import shutil
import time
from datetime import timedelta

import pytest

from config.wiring import LONG_JOBS
from events.backstage import jobs
from events.backstage.models import Job
from recordings.arrivals import commands, parcels, tasks, words
from recordings.arrivals.models import Upload
from recordings.keeping import commands as keeping
from recordings.library.models import Original
from recordings.media import answers, probe, store
from recordings.media.running import TookTooLong
from tests.factories.recordings import sha256
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(row, film, coordinator, folders):
    copy = folders / "copy"
    shutil.copy(film, copy)
    return commands.receive_whole(row.pk, copy, file_name="film.mp4", by=coordinator, at=AT)


def begin(row, by):
    return commands.begin_upload(row.pk, length=10, file_name="other.mp4", by=by, at=AT)


def parts(folders):
    return [path.name for path in (folders / "work").rglob("*.part")]


def test_no_second_file_while_one_is_looked_into(row, whole, coordinator):
    with pytest.raises(commands.BeingLookedInto):
        begin(row, coordinator)
    commands.take_in(whole.pk, at=AT)
    with pytest.raises(commands.HasFile):
        begin(row, coordinator)


def test_a_second_whole_file_never_takes_the_place_of_the_first(row, whole, film, coordinator):
    two = Upload.objects.create(
        recording=row, file_name="film.mp4", length=5, offset=5, state="whole", created_at=AT,
        moved_at=AT,
    )  # fmt: skip
    shutil.copy(film, parcels.path_of(two.pk))
    with parcels.path_of(two.pk).open("ab") as more:
        more.write(bytes(8))
    commands.take_in(whole.pk, at=AT)
    commands.take_in(two.pk, at=AT)
    two.refresh_from_db()
    made = Original.objects.get(recording=row)
    with store.at_hand(made.key) as path:
        assert made.sha256 == sha256(path) == sha256(film)
    assert (two.state, two.refused) == ("refused", "has_file")
    assert "another file" in words.of_refusal(two.refused)


def test_removing_a_recording_ends_its_files_on_their_way(
    row, whole, coordinator, folders, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        keeping.remove(row.pk, by=coordinator, at=AT)
    whole.refresh_from_db()
    assert (whole.state, whole.refused, parts(folders)) == ("refused", "removed", [])
    assert commands._kept_by_country(row.event_id) == 0


def test_removed_while_it_is_looked_into(row, whole, coordinator, folders, monkeypatch):
    look = probe.look

    def removed_meanwhile(path, **more):
        facts = look(path, **more)
        with monkeypatch.context() as patch:
            patch.setattr(keeping.arrivals, "end_all", lambda *_args, **_more: None)
            keeping.remove(row.pk, by=coordinator, at=AT)
        return facts

    monkeypatch.setattr(probe, "look", removed_meanwhile)
    assert tasks.take_in_step(jobs.latest(commands.KIND, prefix=str(whole.pk)))
    whole.refresh_from_db()
    assert (whole.state, whole.refused, parts(folders)) == ("refused", "removed", [])


def test_what_takes_too_long_is_refused_with_its_sentence(row, whole, coordinator, monkeypatch):
    def slow(*_args, **_more):
        raise TookTooLong

    monkeypatch.setattr(probe, "look", slow)
    commands.take_in(whole.pk, at=AT)
    whole.refresh_from_db()
    assert (whole.state, whole.refused) == ("refused", "took_too_long")
    assert "took too long" in words.of_refusal(whole.refused)


def test_a_whole_file_whose_job_failed_is_looked_into_again(row, whole, folders):
    Job.objects.update(state="failed")
    commands.forget_left_alone(at=AT + timedelta(hours=1))
    assert list(Job.objects.values_list("state", flat=True).order_by("state")) == [
        "failed", "waiting",
    ]  # fmt: skip
    commands.forget_left_alone(at=AT + timedelta(hours=2))
    assert Job.objects.count() == 2
    commands.forget_left_alone(at=AT + timedelta(days=4))
    whole.refresh_from_db()
    assert (whole.state, whole.refused) == ("refused", "not_taken")


def test_looking_into_a_file_is_long_work_that_says_it_is_alive(row, whole, monkeypatch):
    assert commands.KIND in LONG_JOBS
    monkeypatch.setattr(store, "_link", lambda *_args: False)
    put = store.put
    monkeypatch.setattr(store, "TICK", 0.01)

    def slowly(key, path):
        time.sleep(0.2)
        return put(key, path)

    monkeypatch.setattr(store, "put", slowly)
    beats = []
    store.take("1/1/original.mp4", parcels.path_of(whole.pk), beat=lambda: beats.append(1))
    assert len(beats) > 3


def test_files_and_every_folder_have_the_modes_of_the_storage(row, whole, settings, folders):
    place = folders / "served"
    settings.STORAGES = {
        **settings.STORAGES,
        "recordings": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(place), "file_permissions_mode": 0o640,
                "directory_permissions_mode": 0o750,
            },
        },
    }  # fmt: skip
    store.take("7/1/original.mp4", parcels.path_of(whole.pk))
    store.put("7/1/240p.mp4", parcels.path_of(whole.pk))
    found = {str(path.relative_to(place)): oct(path.stat().st_mode & 0o777)
             for path in (place, *place.rglob("*"))}  # fmt: skip
    assert found == {
        ".": "0o750", "7": "0o750", "7/1": "0o750", "7/1/original.mp4": "0o640",
        "7/1/240p.mp4": "0o640",
    }  # fmt: skip


def test_whatever_may_come_in_can_be_downloaded_again():
    assert {f".{suffix}" for suffix in commands.SUFFIXES} <= set(answers.TYPES)
