"""Recordings end on their day, after a warning; what was earned with them stays."""

from datetime import date, datetime, timedelta

import pytest

from events.backstage import jobs, sweep
from events.backstage.models import Letter
from events.kernel import clock
from events.people.models import Grant, Person
from recordings.captions import commands as captions
from recordings.captions.chapters import Mark
from recordings.captions.chapters import write as write_chapters
from recordings.captions.models import Chapter, Cue, Track
from recordings.keeping import clearing, commands, tasks
from recordings.library import commands as library
from recordings.library import queries, retention, shortening
from recordings.library.models import Original, Rendition, Source
from recordings.media import store
from recordings.watched.models import Watched
from tests.factories.recordings import make_rendition
from tests.factories.world import AT, SYSTEM

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome\n"


@pytest.fixture
def shown(row, world):
    """A published recording with a file, a size, words, and somebody who watched it."""
    captions.add_track(row.pk, language="en", content=VTT, origin="upload", by=SYSTEM, at=AT)
    write_chapters(row.pk, [Mark(0, "Beginning")], by=SYSTEM, at=AT)
    make_rendition(row, "audio")
    library.publish(row.pk, by=SYSTEM, at=AT)
    Watched.objects.create(
        person=world.teachers[0], recording=row, ranges=[[0, 9000]], counted=[[0, 9000]],
        covered_ms=9000, last_at=AT,
    )  # fmt: skip
    return queries.find(row.pk)


def warned():
    return list(Letter.objects.filter(kind="recording_ends").order_by("pk"))


def day(row, days):
    """Noon some days before (negative) or after its day."""
    ends = row.kept_until
    return AT.replace(year=ends.year, month=ends.month, day=ends.day, hour=12) + timedelta(days)


def is_removed(row):
    found = queries.find(row.pk)
    return found.state == "deleted" and not any(store.keys_under(str(row.pk)))


def finish():
    sweep.drain(at=clock.now())


def test_it_is_kept_for_a_year_after_the_event(shown, event):
    assert shown.kept_until == (event.ends_at + timedelta(days=365)).date()


def test_what_comes_in_late_is_kept_for_a_year_and_so_are_drafts(event):
    late = event.ends_at + timedelta(days=500)
    arrival = library.Arrival(Source.LINK, link="https://video.example.org/1")
    made = library.begin(
        event.parts.get().pk, title="Old", language="en", arrival=arrival, by=SYSTEM, at=late
    )
    assert made.kept_until == (late + timedelta(days=365)).date()
    library.publish(made.pk, by=SYSTEM, at=late)
    assert queries.find(made.pk).kept_until == made.kept_until
    tasks.look_after(at=late)
    assert warned() == []


def test_a_draft_that_is_never_published_goes_too(row):
    tasks.look_after(at=day(row, -30))
    assert len(warned()) == 1
    tasks.look_after(at=day(row, 0))
    assert queries.find(row.pk).state == "deleted"


def test_while_nobody_can_be_told_it_is_kept(shown, world, event):
    Person.objects.filter(pk=world.coordinator.pk).update(email="")
    tasks.look_after(at=day(shown, -30))
    tasks.look_after(at=day(shown, 30))
    found = queries.find(shown.pk)
    assert (warned(), found.warned_at, found.state) == ([], None, "published")
    other = world.teachers[4]
    Grant.objects.create(person=other, role="host", scope="event", scope_id=event.pk, starts_at=AT)
    tasks.look_after(at=day(shown, 31))
    assert [one.to_address for one in warned()] == [other.email]
    tasks.look_after(at=day(shown, 33))
    assert queries.find(shown.pk).state == "published"
    tasks.look_after(at=day(shown, 39))
    assert queries.find(shown.pk).state == "deleted"


def test_the_organiser_is_told_once_a_month_before_then_it_goes(shown, world):
    tasks.look_after(at=day(shown, -31))
    assert warned() == []
    tasks.look_after(at=day(shown, -30))
    tasks.look_after(at=day(shown, -29))
    assert [one.to_address for one in warned()] == [world.coordinator.email]
    assert f"/recordings/{shown.slug}/keep/" in warned()[0].text
    tasks.look_after(at=day(shown, -1))
    finish()
    assert not is_removed(shown)
    tasks.look_after(at=day(shown, 0))
    finish()
    assert is_removed(shown)
    assert_only_evidence_is_left(shown)


def assert_only_evidence_is_left(row):
    left = (Cue, Track, Chapter, Rendition)
    assert [table.objects.count() for table in left] == [0, 0, 0, 0]
    original = Original.objects.get()
    assert (original.removed_at is not None, len(original.sha256)) == (True, 64)
    assert Watched.objects.get().counted == [[0, 9000]]
    assert queries.find(row.pk).duration_ms == row.duration_ms


def test_nobody_is_surprised_after_a_long_silence_of_the_server(shown):
    late = day(shown, 90)
    tasks.look_after(at=late)
    assert (len(warned()), queries.find(shown.pk).state) == (1, "published")
    tasks.look_after(at=late + timedelta(days=8))
    assert queries.find(shown.pk).state == "deleted"


def test_a_later_day_keeps_it_and_brings_another_warning(shown):
    tasks.look_after(at=day(shown, -30))
    later = shown.kept_until + timedelta(days=100)
    shortening.keep_until(shown.pk, until=later, by=SYSTEM, at=day(shown, -20))
    tasks.look_after(at=day(shown, 1))
    assert queries.find(shown.pk).state == "published"
    tasks.look_after(at=day(shown, 71))
    assert len(warned()) == 2
    with pytest.raises(shortening.TooSoon):
        shortening.keep_until(shown.pk, until=AT.date(), by=SYSTEM, at=AT)


def test_ten_years_are_the_longest_it_can_be_kept(shown):
    last = retention.last_day(at=AT)
    assert last == date(AT.year + 10, AT.month, AT.day)
    with pytest.raises(shortening.TooLate):
        shortening.keep_until(shown.pk, until=last + timedelta(days=1), by=SYSTEM, at=AT)
    assert queries.find(shown.pk).kept_until == shown.kept_until
    shortening.keep_until(shown.pk, until=last, by=SYSTEM, at=AT)
    assert queries.find(shown.pk).kept_until == last
    leap = datetime(2028, 2, 29, tzinfo=AT.tzinfo)
    assert retention.last_day(at=leap) == date(2038, 2, 28)


def test_nothing_is_removed_while_something_is_cut(shown):
    tasks.look_after(at=day(shown, -30))
    commands.cut(shown.pk, [(4000, 8000)], by=SYSTEM, at=AT)
    tasks.look_after(at=day(shown, 1))
    with pytest.raises(library.BeingCut):
        commands.remove(shown.pk, by=SYSTEM, at=AT)
    assert any(store.keys_under(str(shown.pk)))
    jobs.run_due(at=clock.now(), long=True)
    tasks.look_after(at=day(shown, 1))
    finish()
    assert is_removed(shown)


@pytest.mark.parametrize(
    ("where", "name"),
    [(clearing.store, "remove_folder"), (clearing.shortening, "note_cleared")],
)
def test_removing_goes_on_after_a_crash(shown, monkeypatch, where, name):
    def die(*_args, **_more):
        raise SystemExit

    commands.remove(shown.pk, by=SYSTEM, at=AT)
    with monkeypatch.context() as patch:
        patch.setattr(where, name, die)
        with pytest.raises(SystemExit):
            clearing.clear(shown.pk, at=AT)
    tasks.look_after(at=clock.now())
    tasks.look_after(at=clock.now())
    assert is_removed(shown)
    assert_only_evidence_is_left(shown)
