"""Places and the waiting list."""

import pytest

from events.backstage.models import FactRow
from events.kernel.errors import Missing, NotAllowed
from events.registration import commands
from events.registration.models import Pool
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db


def states(event):
    rows = event.registrations.order_by("person__sort_key")
    return [(row.state, row.number) for row in rows]


def test_a_full_event_puts_people_on_the_waiting_list_in_order():
    world = make_world()
    event = make_event(world, places={"room": 2, "online": None})
    for teacher in world.teachers[:4]:
        commands.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    assert states(event) == [
        ("registered", None), ("registered", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip


def test_giving_a_place_back_draws_in_the_first_who_waits():
    world = make_world()
    event = make_event(world, places={"room": 1, "online": None})
    for teacher in world.teachers[:3]:
        commands.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    first = world.teachers[0]
    commands.cancel(event.pk, person_id=first.pk, by=world.actor(first), at=later(1))
    assert states(event) == [("cancelled", None), ("registered", None), ("waiting", 2)]
    kinds = list(FactRow.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["Registered", "RegistrationCancelled"]


def test_registering_twice_changes_nothing():
    world = make_world()
    event = make_event(world)
    teacher = world.teachers[0]
    for _ in range(2):
        commands.register(
            event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
        )
    pool = Pool.objects.get(event=event, way="online")
    assert (pool.taken, pool.waiting, FactRow.objects.filter(kind="Registered").count()) == (
        1,
        0,
        1,
    )


def test_switching_frees_the_place_in_the_room():
    world = make_world()
    event = make_event(world, places={"room": 1, "online": None})
    a, b = world.teachers[:2]
    commands.register(event.pk, person_id=a.pk, way="room", by=world.actor(a), at=AT)
    commands.register(event.pk, person_id=b.pk, way="room", by=world.actor(b), at=AT)
    commands.register(event.pk, person_id=a.pk, way="online", by=world.actor(a), at=later(1))
    rows = event.registrations.order_by("person__sort_key").values_list("way", "state")
    assert list(rows) == [("online", "registered"), ("room", "registered")]


def test_more_places_draw_in_everybody_who_fits():
    world = make_world()
    event = make_event(world, places={"room": 1, "online": None})
    for teacher in world.teachers[:4]:
        commands.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    by = world.actor(world.coordinator)
    commands.set_places(event.pk, places={"room": 3, "online": None}, by=by, at=AT)
    assert [state for state, _ in states(event)] == ["registered"] * 3 + ["waiting"]


def test_fewer_places_than_people_are_refused():
    world = make_world()
    event = make_event(world, places={"room": 3, "online": None})
    for teacher in world.teachers[:3]:
        commands.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    with pytest.raises(commands.TooFewPlaces):
        commands.set_places(event.pk, places={"room": 2}, by=world.actor(world.coordinator), at=AT)


def test_nobody_registers_somebody_else():
    world = make_world()
    event = make_event(world)
    a, b = world.teachers[:2]
    with pytest.raises(NotAllowed):
        commands.register(event.pk, person_id=b.pk, way="room", by=world.actor(a), at=AT)


def test_an_event_of_another_cluster_is_missing():
    world, other = make_world(), make_world("AL")
    event = make_event(world)
    stranger = other.teachers[0]
    with pytest.raises(Missing):
        commands.register(
            event.pk, person_id=stranger.pk, way="room", by=other.actor(stranger), at=AT
        )


def test_registration_ends_with_the_event():
    world = make_world()
    event = make_event(world)
    teacher = world.teachers[0]
    with pytest.raises(commands.RegistrationOver):
        commands.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=event.ends_at
        )


def test_the_recount_finds_a_wrong_counter():
    world = make_world()
    event = make_event(world)
    assert commands.recount(at=AT) == []
    Pool.objects.filter(event=event, way="room").update(taken=1)
    assert commands.recount(at=AT) == [Pool.objects.get(event=event, way="room").pk]


def test_a_new_place_costs_ten_statements(django_assert_num_queries):
    world = make_world()
    event = make_event(world)
    teacher = world.teachers[0]
    actor = world.actor(teacher)
    # parts with the event, school, a taken back no; pools locked, own row, quota, new row, pool;
    # audit, fact; and the two of the inner transaction
    with django_assert_num_queries(12):
        commands.register(event.pk, person_id=teacher.pk, way="room", by=actor, at=AT)


def test_an_unknown_event_is_missing_and_an_unknown_way_is_refused():
    world = make_world()
    event = make_event(world, mode="room", places={"room": 5})
    teacher = world.teachers[0]
    given = {"person_id": teacher.pk, "by": world.actor(teacher), "at": AT}
    with pytest.raises(Missing):
        commands.register(event.pk + 1000, way="room", **given)
    with pytest.raises(commands.WayNotOffered):
        commands.register(event.pk, way="online", **given)
    assert not event.registrations.exists()
