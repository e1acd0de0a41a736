"""Watching the demo's longest talk can earn its teacher the event it was recorded at."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from attendance.certificates import crediting
from attendance.presence.models import VerdictRow
from attendance.presence.reach import reach
from config.demo import cast
from config.demo.films import talks, telling
from config.demo.films.filming import Film
from events.backstage import jobs
from events.kernel import clock
from events.people.models import Person
from recordings.library import queries
from recordings.media import probe
from tests.factories.demo import DAY
from tests.factories.recordings import clip, make_rendition

pytestmark = pytest.mark.slow
MIDNIGHT = datetime.combine(DAY, time.min, UTC)
TALK = "en-workshop"
WORDS_A_MINUTE = 200  # faster than the voice, so the film is at least this long


def shortest(talk) -> int:
    """Milliseconds that a talk lasts at least: what is said, and the silence."""
    words = sum(len(text.split()) for text, _ in talk.lines)
    return words * 60_000 // WORDS_A_MINUTE + sum(silence for _, silence in talk.lines)


@pytest.fixture
def told(demo, monkeypatch, tmp_path):
    """The recording of the talk, published by the demo's own job with a short film for the long one."""
    talk, path = talks.read(TALK), clip(tmp_path)
    film = Film(path, [(0, 1000, talk.lines[0][0])], [(0, talk.slides[0].title)])
    facts = replace(probe.look(path), duration_ms=shortest(talk))
    monkeypatch.setattr(talks, "names", lambda: [TALK])
    monkeypatch.setattr(telling.filming, "make", lambda *_, **__: film)
    monkeypatch.setattr(telling.probe, "look", lambda *_, **__: facts)
    event_id = telling.part_for(talk, at=MIDNIGHT).event_id
    telling.begin(at=clock.now())
    jobs.run_due(at=clock.now(), long=True)
    [row] = queries.of_event(event_id)
    make_rendition(row, "audio")
    return queries.find(row.pk)


def test_the_teacher_who_was_not_there_can_earn_the_event_by_watching(demo, told):
    teacher = Person.objects.get(email=cast.TEACHER[0])
    at = clock.now()
    assert not VerdictRow.objects.filter(event_id=told.event_id, person=teacher).exists()
    assert queries.seen(told.slug, by=demo.actor(teacher), at=at) == told
    found = crediting.credit_of(told, teacher.pk, at=at)
    assert (found.state, found.over, found.certificate) == ("short", False, True)
    assert found.standing.in_reach
    assert reach(told, at=at).enough
