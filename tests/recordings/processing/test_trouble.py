"""Stopped, refused, out of room: what is finished stays, and the reason is told in words."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from events.backstage import holding, jobs, reactions
from events.backstage.models import Job
from events.kernel import chance, clock
from recordings.library import commands as library
from recordings.library.models import Rendition
from recordings.media import probe, store, tools
from recordings.processing import (
    commands,
    encoding,
    failures,
    making,
    recipes,
    sizes,
    storing,
    sweeping,
)
from tests.factories.recordings import clip
from tests.factories.world import AT, SYSTEM, make_event, make_world
from tests.recordings.processing import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Twelve seconds."""
    return clip(tmp_path_factory.mktemp("film"), seconds=12, size="960x540", rate=25)


@pytest.fixture
def made(db, film):
    return scenes.arrive(make_event(make_world()), film)


@pytest.fixture
def slowly(monkeypatch):
    """The transcoder reads film as slowly as it plays."""
    before = recipes.film

    def slow(*args, **kwargs):
        call = before(*args, **kwargs)
        place = call.index("-protocol_whitelist")
        return [*call[:place], "-re", *call[place:]]

    monkeypatch.setattr(recipes, "film", slow)


def when_the_sound_is_ready(monkeypatch, do):
    def instead(_bench):
        do()

    monkeypatch.setattr(making.Bench, "make_poster", instead)


def test_stopped_by_a_person_it_ends_within_seconds_and_keeps_what_is_ready(
    made, slowly, monkeypatch
):
    stopped = []

    def stop():
        commands.stop(made.pk, by=SYSTEM, at=AT)
        stopped.append(time.monotonic())

    when_the_sound_is_ready(monkeypatch, stop)
    scenes.work()
    assert time.monotonic() - stopped[0] < 6
    assert scenes.job_of(made).state == "cancelled"
    assert set(scenes.renditions(made)) == {"audio"}
    assert scenes.transcoders() == []
    assert scenes.working() == []
    monkeypatch.undo()
    commands.begin(made.pk, by=SYSTEM, at=AT)
    scenes.work()
    assert set(scenes.renditions(made)) == {"audio", "240p", "480p"}


def test_a_job_another_worker_took_over_is_let_go(made, slowly, monkeypatch):
    theirs = {"lease_token": chance.uuid(), "lease_until": clock.now() + timedelta(hours=1)}
    when_the_sound_is_ready(monkeypatch, lambda: Job.objects.update(**theirs))
    scenes.work()
    job = scenes.job_of(made)
    assert (job.state, job.lease_until) == ("running", theirs["lease_until"])
    assert set(scenes.renditions(made)) == {"audio"}
    assert scenes.transcoders() == []


def test_what_was_made_for_a_job_that_was_just_taken_over_gets_no_row(made, monkeypatch):
    before = storing.put_size

    def put(*args):
        before(*args)
        Job.objects.update(lease_token=chance.uuid())

    monkeypatch.setattr(storing, "put_size", put)
    scenes.work()
    assert scenes.job_of(made).state == "running"
    assert scenes.renditions(made) == {}


def test_told_to_end_the_worker_gives_the_job_back(made, slowly, monkeypatch):
    when_the_sound_is_ready(monkeypatch, holding.ending.set)
    try:
        scenes.work()
    finally:
        holding.ending.clear()
    job = scenes.job_of(made)
    assert (job.state, job.attempts) == ("waiting", 0)
    assert scenes.transcoders() == []


def test_the_lease_is_renewed_while_the_transcoder_runs(made, slowly, monkeypatch):
    monkeypatch.setattr(holding, "LEASE", timedelta(seconds=4))
    seen = []
    before = holding.Hold.say

    def say(self, done):
        before(self, done)
        job = Job.objects.get(pk=self.job.pk)
        seen.append((job.lease_until - clock.now(), job.done))

    monkeypatch.setattr(holding.Hold, "say", say)
    scenes.work()
    assert scenes.job_of(made).state == "done"
    assert len(seen) > 4
    assert all(left > timedelta(seconds=3) for left, _ in seen)
    told = [done for _, done in seen]
    assert told == sorted(told)
    assert any(20 < done < 95 for done in told)


def test_without_a_transcoder_it_says_so_at_once(made, settings):
    settings.FFMPEG = "/nowhere/ffmpeg"
    tools.ffmpeg.cache_clear()
    try:
        scenes.work()
    finally:
        tools.ffmpeg.cache_clear()
    job = scenes.job_of(made)
    assert (job.state, job.attempts) == ("failed", 1)
    assert "administrator must install" in failures.sentence_of(job.last_error)


def test_a_full_disk_is_tried_again(made, monkeypatch):
    monkeypatch.setattr(encoding, "RESERVE", 1 << 60)
    scenes.work()
    job = scenes.job_of(made)
    assert (job.state, job.last_error) == ("waiting", "DiskFull")
    assert job.due_at > clock.now()
    assert scenes.working() == []


def test_a_file_that_grows_too_large_counts_as_a_full_disk(film, tmp_path):
    call = [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-i", str(film),
            "-f", "rawvideo", str(tmp_path / "raw")]  # fmt: skip
    with pytest.raises(failures.DiskFull):
        encoding.encode(
            call, duration_ms=12_000, room=2_000_000, folder=tmp_path, beat=lambda _: None
        )
    assert (tmp_path / "raw").stat().st_size <= 2_000_000


def test_a_transcoder_that_wants_too_much_memory_is_refused(film, tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "MEMORY", 220 * 1024 * 1024)
    call = recipes.film(
        film,
        None,
        [(sizes.Picture("480p", 854, 480, 25, 900_000), tmp_path / "480p.mp4")],
        threads=2,
    )
    with pytest.raises(failures.TooHungry):
        encoding.encode(
            call, duration_ms=12_000, room=9_000_000, folder=tmp_path, beat=lambda _: None
        )


def test_four_times_its_length_and_a_while_are_the_limit(made, slowly, monkeypatch):
    monkeypatch.setattr(encoding, "SLOWEST", 0.2)
    monkeypatch.setattr(encoding, "PATIENCE", 0.5)
    monkeypatch.setattr(making.Bench, "make_poster", lambda _: None)
    scenes.work()
    job = scenes.job_of(made)
    assert (job.state, job.last_error) == ("failed", "TooSlow")
    assert scenes.transcoders() == []


def test_a_film_that_cannot_be_read_fails_in_words_and_keeps_the_file(made):
    path = Path(scenes.path_of(made, "original.mp4"))
    content = bytearray(path.read_bytes())
    begin = content.find(b"mdat") + 60_000
    content[begin:] = bytes(len(content) - begin)
    path.write_bytes(content)
    scenes.work()
    job = scenes.job_of(made)
    assert (job.state, job.last_error) == ("failed", "Unreadable")
    assert "damaged" in failures.sentence_of(job.last_error)
    assert path.exists()
    made.refresh_from_db()
    assert scenes.working() == []


def test_a_file_of_which_half_is_left_is_not_shown_as_the_whole_film(made):
    path = Path(scenes.path_of(made, "original.mp4"))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    scenes.work()
    job = scenes.job_of(made)
    assert (job.state, job.last_error) == ("failed", "Unreadable")
    assert set(scenes.renditions(made)) <= {"audio"}


def test_a_file_that_is_gone_is_told(made):
    store.remove(f"{store.folder_of(made.pk, 1)}/original.mp4")
    scenes.work()
    assert scenes.job_of(made).last_error == "OriginalGone"


def test_a_deleted_recording_is_left_alone(made):
    library.note_removed(made.pk, by=SYSTEM, at=AT)
    scenes.work()
    assert scenes.renditions(made) == {}
    assert not Job.objects.filter(kind="recording").exclude(state="done").exists()


def test_rubbish_goes_after_a_day_and_nothing_that_is_in_use(made, tmp_path):
    later = clock.now() + 2 * sweeping.OLD
    note = tmp_path / "note"
    note.write_text("x")
    store.put("99999/1/240p_00001.m4s", note)
    with store.working_folder() as used:
        left = used.with_name(f"{store.WORKING}left")
        left.mkdir()
        (left / "240p.mp4").write_text("x")
        sweeping.sweep(at=clock.now())
        assert left.exists()
        assert store.size("99999/1/240p_00001.m4s") == 1
        sweeping.sweep(at=later)
        assert used.exists()
        assert not left.exists()
    assert list(store.keys_under("99999/1")) == []
    assert probe.look(Path(scenes.path_of(made, "original.mp4"))).duration_ms > 11_000


def test_what_a_stopped_job_left_in_the_storage_is_taken_back(made, tmp_path):
    scenes.work(at=AT)
    note = tmp_path / "note"
    note.write_text("x")
    Job.objects.filter(kind="recording").update(state="cancelled")  # one before was stopped
    commands.begin(made.pk, by=SYSTEM, at=clock.now())
    job = scenes.job_of(made)
    store.put(f"{store.folder_of(made.pk, 1)}/480p_00001.m4s", note)
    Rendition.objects.filter(recording=made, name="480p").delete()
    sweeping.sweep(at=clock.now())
    assert "480p_00001.m4s" in scenes.files_of(made)  # the job waits, so it may be in use
    Job.objects.filter(pk=job.pk).update(state="cancelled")
    sweeping.sweep(at=clock.now())
    assert not any(name.startswith("480p") for name in scenes.files_of(made))
    assert any(name.startswith("240p") for name in scenes.files_of(made))


def test_all_kinds_have_a_worker(made):
    assert set(reactions.job_kinds(long=True)) | set(reactions.job_kinds(long=False)) == set(
        reactions.job_kinds(long=None)
    )
    assert "recording" in reactions.job_kinds(long=True)
    jobs.run_due(at=clock.now(), long=False)
    assert scenes.renditions(made) == {}
