"""Recordings of the demo: texts that can be spoken and drawn, and one film made and published."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.demo.films import filming, panels, talks, telling
from events.backstage import jobs
from events.backstage.models import Job
from events.kernel import clock
from events.kernel.actors import ANONYMOUS
from events.programme import commands as programme
from events.programme.models import Slot
from recordings.captions import queries as captions
from recordings.library import queries
from recordings.media import probe, store
from tests.factories.world import AT, SYSTEM, later, make_event, make_world

SHORTEST = "sq-projekte"


def test_a_dozen_talks_in_the_languages_of_the_network():
    read = [talks.read(name) for name in talks.names()]
    assert len(read) == 12
    assert {talk.language for talk in read} == {
        "sq", "mk", "sr", "hr", "cs", "hu", "it", "nl", "pt", "en",
    }  # fmt: skip
    assert {talk.visibility for talk in read} == {"cluster", "network", "public"}
    for talk in read:
        assert len(talk.slides) >= 3
        assert all(slide.points and slide.said for slide in talk.slides), talk.name
        assert len({slide.title for slide in talk.slides}) == len(talk.slides)
        assert all(re.search(r"[.!?]$", text) for text, _ in talk.lines), talk.name


def test_the_same_talk_gives_the_same_speech_and_slides(tmp_path):
    talk = talks.read(SHORTEST)
    made = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        made.append(filming.make(talk, folder, beat=lambda: None))
    assert made[0].said == made[1].said
    assert made[0].captions == made[1].captions
    for name in ("speech.wav", "slide-00.png", "slide-02.png"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    found = probe.look(made[0].path)
    assert (found.width, found.height, found.fps) == (960, 540, 5)
    last = made[0].said[-1][1]
    assert last < found.duration_ms < last + 3000


@pytest.mark.slow
@pytest.mark.django_db
def test_the_next_film_is_made_and_published_once(monkeypatch):
    world = make_world()
    event = make_event(world, title="A talk that was held")
    talk = Slot(form="talk", minutes=10, title="Mine", presenter=world.teachers[0])
    programme.set_running_order(event.parts.get().pk, [talk], by=SYSTEM, at=AT)
    held = replace(talks.read(SHORTEST), country=event.country.code, event=event.title)
    monkeypatch.setattr(talks, "names", lambda: [SHORTEST])
    monkeypatch.setattr(talks, "read", lambda _: held)
    at = clock.now() + timedelta(days=1)
    telling.begin(at=at)
    assert panels.coming(ANONYMOUS, {}, at=at).values.total == 1
    with clock.standing(later(days=90)):
        jobs.run_due(at=later(days=90), long=True)
    assert panels.coming(ANONYMOUS, {}, at=at) is None
    [row] = queries.of_event(event.pk)
    assert (row.state, row.language, row.captioned, row.visibility) == (
        "published", "sq", True, "cluster",
    )  # fmt: skip
    starts = event.parts.get().starts_at
    assert row.pieces == [[0, int(starts.timestamp() * 1000)]]
    original = queries.original_of(row)
    assert probe.look(Path(store.storage().path(original.key))).duration_ms == row.duration_ms
    assert captions.track_of(row, "sq") is not None
    telling.begin(at=at)
    with clock.standing(later(days=91)):
        jobs.run_due(at=later(days=91), long=True)
    told = Job.objects.filter(kind=telling.KIND)
    assert list(told.values_list("state", flat=True)) == ["done", "done"]
    assert len(queries.of_event(event.pk)) == 1


@pytest.mark.django_db
def test_nothing_is_made_for_what_has_not_been_held():
    event = make_event(make_world())
    talk = replace(talks.read(SHORTEST), country=event.country.code, event=event.title)
    assert telling.part_for(talk, at=AT) is None
    assert telling.part_for(talk, at=event.starts_at + timedelta(minutes=1)) is None
    assert telling.part_for(talk, at=later(days=90)) is not None
