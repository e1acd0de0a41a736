"""A film that was light before a cut is as light after it, in every size that is made of it."""

import pytest

from config.demo.films import filming, talks
from recordings.keeping import commands
from recordings.library import queries
from recordings.library.models import Original, Rendition
from tests.factories.world import AT, SYSTEM
from tests.recordings.processing import scenes

pytestmark = pytest.mark.django_db

TAKEN = [(10_000, 20_000)]
MORE = 1.1  # a tenth: key frames at new places, and what a rate control overshoots


@pytest.fixture(scope="module")
def slides(tmp_path_factory):
    """Spoken slides of about a minute and a half, as the demo films them."""
    folder = tmp_path_factory.mktemp("slides")
    return filming.make(talks.read("sq-projekte"), folder, beat=lambda: None).path


def weights(row):
    """Bytes per second of the file kept and of each size."""
    scenes.work()
    original = Original.objects.get(recording=row, revision=row.revision)
    sizes = Rendition.objects.filter(recording=row, revision=row.revision)
    found = {one.name: one.download_bytes for one in sizes} | {"original": original.size}
    return {name: size * 1000 / original.facts["duration_ms"] for name, size in found.items()}


def test_a_light_film_stays_light_when_something_is_cut_out(event, slides):
    light = scenes.arrive(event, slides)
    before = weights(light)
    assert set(before) == {"original", "audio", "240p", "480p"}
    commands.cut(light.pk, TAKEN, by=SYSTEM, at=AT)
    scenes.work()
    after = weights(queries.find(light.pk))
    assert set(after) == set(before)
    assert {name: after[name] for name in after if after[name] > MORE * before[name]} == {}, before
