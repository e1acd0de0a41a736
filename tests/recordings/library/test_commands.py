"""Recordings begin as drafts, come up with their first size, and go at once when withdrawn."""

import pytest

from events.backstage.models import FactRow
from events.kernel.errors import Missing, NotAllowed
from events.kernel.transitions import WrongState
from recordings.library import commands, queries
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Source
from tests.factories.recordings import make_recording, make_rendition
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def kinds():
    return list(FactRow.objects.order_by("pk").values_list("kind", flat=True))


def test_published_before_ready_comes_up_with_the_first_size(world):
    row = make_recording(make_event(world), ready=False)
    assert row.up_at is None
    assert "RecordingPublished" not in kinds()
    make_rendition(row, "audio")
    make_rendition(row, "240p")
    assert kinds().count("RecordingPublished") == 1
    assert [one.name for one in queries.shown(row).renditions] == ["audio", "240p"]


def test_the_same_file_of_a_provider_comes_in_once(world):
    part = make_event(world).parts.get()
    file = Arrival(Source.HARVEST, provider="google", remote_id="f1", remote_revision="3")
    first = commands.begin(part.pk, title="A", language="hr", arrival=file, by=SYSTEM, at=AT)
    again = commands.begin(part.pk, title="B", language="hr", arrival=file, by=SYSTEM, at=AT)
    assert (first.pk, Recording.objects.count()) == (again.pk, 1)


def test_withdrawn_is_gone_at_once_and_not_published_again(world):
    row = make_recording(make_event(world))
    commands.withdraw(row.pk, by=SYSTEM, at=AT)
    with pytest.raises(Missing):
        queries.seen(row.slug, by=world.actor(world.teachers[0]), at=AT)
    with pytest.raises(WrongState):
        commands.publish(row.pk, by=SYSTEM, at=AT)


def test_nothing_is_published_without_a_file_or_a_link(world):
    part = make_event(world).parts.get()
    row = commands.begin(
        part.pk, title="A", language="hr", arrival=Arrival(Source.UPLOAD), by=SYSTEM, at=AT
    )
    with pytest.raises(commands.NothingToShow):
        commands.publish(row.pk, by=SYSTEM, at=AT)


def test_only_who_runs_the_event_looks_after_its_recordings(world):
    row = make_recording(make_event(world))
    with pytest.raises(NotAllowed):
        commands.unpublish(row.pk, by=world.actor(world.teachers[0]), at=AT)
    abroad = make_world("AL")
    with pytest.raises(Missing):
        commands.unpublish(row.pk, by=abroad.actor(abroad.coordinator), at=AT)
    commands.unpublish(row.pk, by=world.actor(world.coordinator), at=AT)


def test_pieces_run_forwards(world):
    row = make_recording(make_event(world))
    with pytest.raises(commands.OutOfOrder):
        commands.set_pieces(row.pk, pieces=[(0, 50), (10, 40)], by=SYSTEM, at=AT)
