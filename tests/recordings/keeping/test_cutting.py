"""What somebody does not want to be in is really gone: from the film, the sound, the texts, the disk."""

import pytest

from events.backstage import jobs, sweep
from events.backstage.models import Job
from events.kernel import clock
from recordings.captions import commands as captions
from recordings.captions import search
from recordings.captions.chapters import Mark
from recordings.captions.chapters import write as write_chapters
from recordings.captions.models import Chapter, Cue
from recordings.keeping import clearing, commands, cutting
from recordings.library import commands as library
from recordings.library import queries, shortening
from recordings.library.models import Original, Rendition
from recordings.media import store
from recordings.watched.models import Watched
from tests.factories.recordings import make_rendition
from tests.factories.world import AT, SYSTEM
from tests.recordings.keeping import looking

pytestmark = pytest.mark.django_db

MIDDLE = [(4000, 8000)]
VTT = (
    b"WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome apples\n\n00:03.500 --> 00:04.500\nOver edges\n\n"
    b"00:05.000 --> 00:07.000\nSecret pears\n\n00:09.000 --> 00:11.000\nGoodbye cherries\n"
)


def carry(row):
    """The cut alone, as a worker does it."""
    jobs.run_due(at=clock.now(), long=True)
    return queries.find(row.pk)


def path_of(row, name="original.mp4"):
    return store.storage().path(f"{store.folder_of(row.pk, row.revision)}/{name}")


def test_a_cut_span_is_neither_seen_nor_heard_and_the_rest_stays_in_step(row):
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    after = carry(row)
    assert (after.revision, after.cuts, after.wanted) == (2, [[4000, 8000]], [])
    facts = Original.objects.get(recording=row, revision=2).facts
    assert abs(facts["duration_ms"] - 8000) < 300
    assert abs(after.length_ms - 8000) < 300
    path = path_of(after)
    seen = [looking.colour_at(path, second) for second in (0.5, 3, 3.7, 4.3, 6, 7.5)]
    assert seen == ["red", "red", "red", "blue", "blue", "blue"]
    heard = [looking.tone_at(path, second) for second in (0.5, 3, 4.3, 7)]
    assert all(abs(one - two) < 20 for one, two in zip(heard, (300, 300, 3000, 3000), strict=True))


def test_a_second_cut_is_told_in_the_time_of_the_shown_file(row):
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    carry(row)
    commands.cut(row.pk, [(0, 2000), (5000, 6000)], by=SYSTEM, at=AT)
    after = carry(row)
    assert (after.revision, after.cuts) == (3, [[0, 2000], [4000, 8000], [9000, 10000]])
    assert [looking.colour_at(path_of(after), second) for second in (1, 1.6, 2.4)] == [
        "red", "red", "blue",
    ]  # fmt: skip


def test_the_old_files_are_gone_and_new_sizes_are_made(row):
    sweep.drain(at=clock.now())
    jobs.run_due(at=clock.now(), long=True)
    assert set(store.folders_in(str(row.pk))) == {"1"}
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    after = carry(row)
    assert store.folders_in(str(row.pk)) == ["2"]
    assert not Rendition.objects.filter(recording=row, revision=1).exists()
    first = Original.objects.get(recording=row, revision=1)
    assert first.removed_at is not None
    assert len(first.sha256) == 64
    sweep.drain(at=clock.now())
    jobs.run_due(at=clock.now(), long=True)
    assert "audio" in {one.name for one in queries.shown(after).renditions}
    assert store.folders_in(str(row.pk)) == ["2"]


def test_words_and_chapters_inside_are_deleted_also_of_replaced_captions(row, world):
    by = world.actor(world.coordinator)
    captions.add_track(row.pk, language="en", content=VTT, origin="upload", by=SYSTEM, at=AT)
    newer = VTT.replace(b"Secret", b"Hidden")
    captions.add_track(row.pk, language="en", content=newer, origin="upload", by=SYSTEM, at=AT)
    marks = [Mark(0, "Beginning"), Mark(4000, "Pears"), Mark(8000, "End")]
    write_chapters(row.pk, marks, by=SYSTEM, at=AT)
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    assert search.find("hidden", by=by, at=AT)
    carry(row)
    texts = set(Cue.objects.values_list("text", flat=True))
    assert texts == {"Welcome apples", "Goodbye cherries"}
    assert not search.find("pears", by=by, at=AT)
    hit = search.find("cherries", by=by, at=AT)[0]
    assert hit.moments[0].start == 5000
    assert list(Chapter.objects.values_list("title", flat=True)) == ["Beginning", "End"]


def test_what_was_watched_keeps_its_meaning(row, world):
    spans = [[0, 6000], [9000, 12000]]
    Watched.objects.create(
        person=world.teachers[0], recording=row, ranges=spans, counted=spans, covered_ms=9000,
        last_at=AT,
    )  # fmt: skip
    before = row.duration_ms
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    after = carry(row)
    assert Watched.objects.get().counted == spans
    assert after.duration_ms == before


STEPS = [
    (cutting.store, "put"), (cutting.shortening, "take_cut"), (cutting.forgetting, "forget_inside"),
    (cutting.clearing, "clear"), (clearing.store, "remove_folder"),
    (clearing.shortening, "note_cleared"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_worker_that_dies_at_any_step_loses_nothing(row, monkeypatch, where, name):
    captions.add_track(row.pk, language="en", content=VTT, origin="upload", by=SYSTEM, at=AT)
    make_rendition(row, "audio")
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)

    def die(*_args, **_more):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(where, name, die)
        with pytest.raises(SystemExit):
            carry(row)
    halfway = queries.find(row.pk)
    texts = set(Cue.objects.values_list("text", flat=True))
    assert ("Secret pears" in texts) == (halfway.revision == 1)
    with pytest.raises(library.BeingCut):
        library.publish(row.pk, by=SYSTEM, at=AT)
    Job.objects.update(lease_until=AT)
    after = carry(row)
    assert (after.revision, after.cuts, after.wanted) == (2, [[4000, 8000]], [])
    assert store.folders_in(str(row.pk)) == ["2"]
    assert Original.objects.get(revision=1).removed_at is not None
    assert Job.objects.get(kind=commands.KIND).state == "done"
    library.publish(row.pk, by=SYSTEM, at=AT)


def test_a_storage_that_keeps_files_is_not_believed(row, monkeypatch):
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    with monkeypatch.context() as patch:
        patch.setattr(clearing.store, "remove_folder", lambda _prefix: None)
        carry(row)
    assert Original.objects.get(revision=1).removed_at is None
    assert Job.objects.get(kind=commands.KIND).state == "waiting"
    with pytest.raises(library.BeingCut):
        library.publish(row.pk, by=SYSTEM, at=AT)


def test_marks_that_make_no_sense_are_refused(row):
    for spans in ([], [(3000, 3000)], [(3000, 3500)]):
        with pytest.raises(shortening.NothingMarked):
            commands.cut(row.pk, spans, by=SYSTEM, at=AT)
    for spans in ([(20000, 30000)], [(3000, 4000), (3000, 90000)]):
        with pytest.raises(shortening.PastTheEnd):
            commands.cut(row.pk, spans, by=SYSTEM, at=AT)
    with pytest.raises(shortening.NothingLeft):
        commands.cut(row.pk, [(0, 12000)], by=SYSTEM, at=AT)
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    with pytest.raises(library.BeingCut):
        commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)


def test_a_published_recording_is_down_while_it_is_cut_and_after(row):
    make_rendition(row, "audio")
    library.publish(row.pk, by=SYSTEM, at=AT)
    commands.cut(row.pk, MIDDLE, by=SYSTEM, at=AT)
    assert not queries.find(row.pk).watchable(AT)
    after = carry(row)
    assert after.state == "draft"
