"""Whole series at the coordinator's desk: places, venue, rule."""

from datetime import datetime, timedelta

import pytest

from events.kernel.errors import DomainError
from events.planner import commands, series
from events.planner.commands import Place, Wish
from events.programme.models import Event, Part
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from events.registration.models import Pool
from tests.factories.world import AT, make_world, wish

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 10, 16, 30)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def by(world):
    return world.actor(world.coordinator)


@pytest.fixture
def planned(world, by):
    asked = Wish(wish(world, starts=TUESDAY), {"room": 20, "online": None}, Place("Hall"))
    return series.plan(asked, repeat=Repeat("weekly", number=4), publish=True, by=by, at=AT)


def parts(row):
    return list(Part.objects.filter(event__series=row).order_by("recurrence_id"))


def typed(part, places=None, **values):
    part = Part.objects.select_related("event__kind", "venue").get(pk=part.pk)
    plan = present_plan(part.event, part)
    plan = type(plan)(**{**vars(plan), **values})
    return Wish(plan, places or {"room": 20, "online": None}, Place(part.venue.name))


def room(part):
    return Pool.objects.get(event_id=part.event_id, way="room").capacity


def test_every_date_has_the_places_and_the_venue(planned):
    assert {room(part) for part in parts(planned)} == {20}
    assert {part.venue.name for part in parts(planned)} == {"Hall"}
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}


def test_places_set_on_one_date_survive_an_edit_of_all(planned, by):
    rows = parts(planned)
    commands.change(
        rows[1].event_id, typed(rows[1], {"room": 5, "online": None}), publish=False, by=by, at=AT
    )
    series.change(
        rows[0].event_id, typed(rows[0], {"room": 30, "online": None}), scope="all",
        repeat=Repeat("weekly", number=5), by=by, at=AT,
    )  # fmt: skip
    assert [room(part) for part in parts(planned)] == [30, 5, 30, 30, 30]


def test_registrations_follow_to_the_new_series(planned, by, world):
    rows = parts(planned)
    for part, teacher in zip(rows, world.teachers, strict=False):
        registration.register(
            part.event_id, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    done = series.change(
        rows[2].event_id, typed(rows[2], starts=rows[2].wall + timedelta(days=1)),
        scope="following", by=by, at=AT,
    )  # fmt: skip
    held = [
        list(part.event.registrations.values_list("person_id", flat=True))
        for part in parts(done.series)
    ]
    assert held == [[world.teachers[2].pk], [world.teachers[3].pk]]


def test_a_way_in_use_on_any_date_cannot_be_removed(planned, by, world):
    rows = parts(planned)
    teacher = world.teachers[0]
    registration.register(
        rows[3].event_id, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    before = list(Event.objects.values()), list(Part.objects.values())
    with pytest.raises(DomainError) as refused:
        series.change(rows[0].event_id, typed(rows[0], mode="online"), scope="all", by=by, at=AT)
    assert refused.value.code == "way_in_use"
    assert (list(Event.objects.values()), list(Part.objects.values())) == before
