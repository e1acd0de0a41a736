"""A recording at Google, Microsoft or BigBlueButton comes into the library: whole, checked, once."""

from datetime import timedelta

import pytest

from integrations.harvest import fetches, loading, rules
from integrations.harvest.models import HeldRecording, RecordingFetch
from integrations.providers.bigbluebutton import download
from integrations.providers.bigbluebutton.client import session
from recordings.arrivals.models import Upload
from recordings.captions import commands as captions
from recordings.captions import queries
from recordings.library import commands as library
from recordings.library.models import Original, Recording
from tests.factories.recordings import clip
from tests.integrations.harvest.recorded import BEGAN, _sha

pytestmark = pytest.mark.django_db


def digest(stage):
    return Original.objects.get(recording=stage.recording).sha256


def test_what_was_announced_comes_by_itself_and_once(stage, film):
    stage.found(film)
    stage.fetch()
    assert (stage.fetching.state, stage.fetching.last_error) == ("done", "")
    assert digest(stage) == _sha(film)
    recording = stage.recording
    assert (recording.source, recording.provider, recording.state) == (
        "harvest", stage.provider, "draft",
    )  # fmt: skip
    assert stage.asked() == [0]
    held = stage.fetching.held
    stage.after(hours=3, minutes=1)
    stage.click(held)
    stage.fetch()
    assert stage.asked() == [0]
    assert Recording.objects.count() == Original.objects.count() == Upload.objects.count() == 1
    assert "The recording was fetched from" in stage.board()


def test_at_google_a_recording_that_is_made_becomes_its_file(meet_recorded, film):
    """Until there is a file, Meet names the recording by itself."""
    record = meet_recorded.hold({"Ana": ("ana", (0, 150))})
    meet_recorded.far.hand.record(record, film, file_id="f1", state="ENDED")
    meet_recorded.after(minutes=16)
    assert "is making a recording" in meet_recorded.board()
    meet_recorded.far.faults.switch_on("server_error", "/recordings", times=9)
    meet_recorded.after(hours=1, minutes=1)
    assert HeldRecording.objects.get().state == "pending"  # nothing was answered
    meet_recorded.far.faults.clear()
    del meet_recorded.far.world.records[record].lists[f"{record}/recordings"]
    meet_recorded.far.hand.record(record, film, file_id="f1")
    meet_recorded.after(hours=3, minutes=1)
    assert "is making a recording" not in meet_recorded.board()
    held = HeldRecording.objects.get()
    assert (held.remote_id, held.state) == ("f1", "ready")
    meet_recorded.fetch()
    assert digest(meet_recorded) == _sha(film)


def test_after_a_cut_it_goes_on_where_it_ended(stage, film, monkeypatch):
    monkeypatch.setattr(loading, "PIECE", 4096)
    stage.found(film)
    _cut(stage)
    stage.fetch()
    cut = stage.fetching
    assert cut.state == "coming"
    assert cut.last_error in {"cut", "unreachable"}
    assert 0 < cut.loaded <= len(film) // 2
    assert "Fetching goes on by itself." in stage.board()
    stage.fetch(minutes=3)
    assert stage.asked() == [0, cut.loaded]
    assert digest(stage) == _sha(film)


def test_a_file_that_changed_meanwhile_is_taken_from_the_start(stage, film, monkeypatch, tmp_path):
    monkeypatch.setattr(loading, "PIECE", 4096)
    stage.found(film)
    _cut(stage)
    stage.fetch()
    assert stage.fetching.loaded
    other = clip(tmp_path, seconds=21, rate=10).read_bytes()
    stage.swap(other)
    stage.fetch(minutes=3)
    assert digest(stage) == _sha(other)
    assert Recording.objects.count() == 1


def _cut(stage):
    """The file ends halfway; at Google the first call only tells of it."""
    if stage.provider == "google":
        stage.far.faults.switch_on("slow", stage.media)
    stage.far.faults.switch_on("half", stage.media)


def test_a_pause_asked_for_is_kept(stage, film):
    stage.found(film)
    stage.fault("rate_limit", after=900)
    stage.fetch()
    row = stage.fetching
    assert (row.state, row.last_error) == ("coming", "rate_limit")
    assert row.next_at >= stage.now + timedelta(seconds=900)
    stage.fetch(minutes=14)
    assert stage.asked() in ([], [0])
    stage.fetch(minutes=2)
    assert stage.fetching.state == "done"


def test_a_refusal_is_said_and_can_be_tried_again(stage, film):
    held = stage.found(film)
    stage.fault("forbidden")
    stage.fetch()
    assert (stage.fetching.state, stage.fetching.last_error) == ("refused", "forbidden")
    board = stage.board()
    assert "The account may not download recordings." in board
    assert "Fetch it again" in board
    stage.fetch(hours=5)
    assert stage.fetching.state == "refused"
    stage.click(held)
    stage.fetch()
    assert digest(stage) == _sha(film)


def test_a_file_inside_a_private_network_is_refused_at_once(room_recorded, film, monkeypatch):
    """The server may be reached, what it names may not."""
    room_recorded.found(film)
    monkeypatch.setattr(download, "session", lambda *, private: session(private=False))
    room_recorded.fetch()
    row = room_recorded.fetching
    assert (row.state, row.last_error, row.failures) == ("refused", "address_refused", 0)
    assert "The file lies inside a private network." in room_recorded.board()
    assert room_recorded.asked() == []


def test_what_its_service_deleted_is_said_to_be_gone(stage, film):
    stage.found(film)
    stage.remove()
    stage.fetch()
    assert stage.fetching.state == "gone"
    assert "The recording is no longer at" in stage.board()


def test_too_large_is_refused_before_a_byte_is_loaded(stage, film, settings):
    stage.found(film)
    settings.RECORDING_MAX_BYTES = len(film) - 1
    stage.fetch()
    row = stage.fetching
    assert (row.state, row.last_error, row.loaded) == ("refused", "recording_too_large", 0)
    assert not Upload.objects.exists()


def test_a_full_quota_is_refused_in_words(teams_recorded, film, settings):
    held = teams_recorded.found(film)
    settings.RECORDING_QUOTA_BYTES = len(film) - 1
    teams_recorded.fetch()
    row = teams_recorded.fetching
    assert (row.state, row.last_error, row.loaded) == ("refused", "quota_reached", 0)
    assert "The room for recordings of your country is full." in teams_recorded.board()
    settings.RECORDING_QUOTA_BYTES = len(film)
    teams_recorded.click(held)
    teams_recorded.fetch()
    assert teams_recorded.fetching.state == "done"


def test_damaged_on_its_way_it_is_loaded_again_and_then_refused(meet_recorded, film):
    meet_recorded.found(film)
    stored = meet_recorded.far.world.files["f1"]
    stored.content = film[:-1] + bytes([film[-1] ^ 1])
    for _ in range(rules.PATIENCE):
        meet_recorded.fetch(minutes=10)
    assert meet_recorded.asked() == [0, 0, 0]
    row = meet_recorded.fetching
    assert (row.state, row.last_error) == ("refused", "checksum_wrong")
    assert not Original.objects.exists()


def test_another_length_than_was_told_is_not_taken(meet_recorded, film):
    meet_recorded.found(film)
    meet_recorded.far.world.files["f1"].meta["size"] = str(len(film) + 5)
    meet_recorded.fetch()
    row = meet_recorded.fetching
    assert (row.state, row.last_error, row.loaded) == ("coming", "size_wrong", 0)


def test_what_cannot_be_played_is_refused_by_the_library(teams_recorded):
    teams_recorded.found(b"This is no film at all." * 400)
    teams_recorded.fetch()
    assert teams_recorded.fetching.state == "done"
    assert Upload.objects.get().state == "refused"
    assert not Original.objects.exists()


def test_its_first_moment_and_its_transcript_come_along(teams_recorded, film):
    began = teams_recorded.part.starts_at + BEGAN
    said = b"WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n<v Ana>Small steps</v>\n"
    teams_recorded.say(said, later=timedelta(seconds=3))
    teams_recorded.found(film)
    teams_recorded.fetch()
    teams_recorded.fetch()
    assert teams_recorded.recording.pieces == [[0, int(began.timestamp() * 1000)]]
    cue = teams_recorded.recording.tracks.get().cues.get()
    assert (cue.start_ms, cue.end_ms, cue.text) == (5000, 7000, "Small steps")
    assert RecordingFetch.objects.filter(state="done").count() == 2


def test_captions_of_a_person_stay_when_a_transcript_comes(teams_recorded, film):
    teams_recorded.found(film)
    teams_recorded.fetch()
    recording = teams_recorded.recording
    captions.add_track(
        recording.pk, language=recording.language, origin="upload", by=fetches.BY,
        at=teams_recorded.now, content=b"WEBVTT\n\n00:01.000 --> 00:03.000\nBy hand\n",
    )  # fmt: skip
    teams_recorded.say(b"WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n<v Ana>By machine</v>\n")
    teams_recorded.after(hours=1, minutes=1)
    teams_recorded.fetch()
    assert RecordingFetch.objects.filter(state="done").count() == 2
    (track,) = queries.tracks_of(recording)
    assert track.cues.get().text == "By hand"


def test_what_was_not_announced_waits_for_a_person(teams_recorded, film):
    teams_recorded.now += timedelta(hours=1)
    teams_recorded.begin(title="Unannounced", recorded=False)
    held = teams_recorded.found(film)
    teams_recorded.fetch()
    assert not RecordingFetch.objects.exists()
    assert "Fetch it" in teams_recorded.board()
    stranger = teams_recorded.world.teachers[0]
    teams_recorded.client.force_login(stranger)
    path = f"/attendance/{teams_recorded.event.pk}/recordings/{held.pk}/"
    assert teams_recorded.client.post(path).status_code in {403, 404}
    assert not RecordingFetch.objects.exists()
    teams_recorded.click(held)
    teams_recorded.fetch()
    assert teams_recorded.fetching.state == "done"


def test_removed_here_it_does_not_come_again(teams_recorded, film, monkeypatch):
    monkeypatch.setattr(loading, "PIECE", 4096)
    held = teams_recorded.found(film)
    _cut(teams_recorded)
    teams_recorded.fetch()
    library.note_removed(teams_recorded.recording.pk, by=fetches.BY, at=teams_recorded.now)
    teams_recorded.fetch(minutes=3)
    row = teams_recorded.fetching
    assert (row.state, row.last_error) == ("refused", "removed_here")
    teams_recorded.click(held)
    teams_recorded.fetch()
    assert teams_recorded.fetching.last_error == "removed_here"
    assert "This recording was removed here" in teams_recorded.board()
