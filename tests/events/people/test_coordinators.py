"""One coordinator of a school at a time, with deputies, successors and hand-over."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from events.kernel.actors import Role
from events.networks import queries as networks
from events.people import commands, queries
from events.people.models import Grant
from tests.events.registration.mail import at, letters
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, later, make_world

COORDINATOR = Role.SCHOOL_COORDINATOR


def give(person, school, **more):
    values = {"role": COORDINATOR, "scope": "school", "scope_id": school.pk, "by": SYSTEM, "at": AT}
    return commands.grant(person_id=person.pk, **{**values, **more})


@pytest.fixture
def world(db):
    return make_world()


def test_a_second_coordinator_is_refused_by_name_and_a_deputy_is_not(world):
    first, second = world.teachers[0], world.teachers[5]
    give(first, world.schools[0])
    with pytest.raises(commands.CoordinatorThere) as refused:
        give(second, world.schools[0])
    assert refused.value.data["name"] == first.name
    deputy = give(second, world.schools[0], deputy=True)
    assert world.actor(second).reach("schools", COORDINATOR) == {world.schools[0].pk}
    assert deputy.deputy
    assert [row.person_id for row in queries.coordinators_of(world.schools[0].pk)] == [first.pk]
    assert give(first, world.schools[0]).person_id == first.pk
    assert give(second, world.schools[1]).scope_id == world.schools[1].pk


def test_a_successor_begins_when_the_other_ends(world):
    first, second = world.teachers[0], world.teachers[5]
    give(first, world.schools[0], ends_at=later(days=10))
    with pytest.raises(commands.CoordinatorThere):
        give(second, world.schools[0], starts_at=later(days=9))
    give(second, world.schools[0], starts_at=later(days=10))
    third = world.teachers[1]
    with pytest.raises(commands.CoordinatorThere):
        give(third, world.schools[0], starts_at=later(days=5), ends_at=later(days=11))


def test_handing_over_leaves_one_and_a_deputy_becomes_the_holder(world):
    first, second = world.teachers[0], world.teachers[5]
    grant = give(first, world.schools[0])
    give(second, world.schools[0], deputy=True)
    commands.hand_over(grant_id=grant.pk, to_person_id=second.pk, by=SYSTEM, at=later(1))
    assert [row.person_id for row in queries.coordinators_of(world.schools[0].pk)] == [second.pk]
    assert not world.actor(first, at=later(2)).is_a(COORDINATOR)


def test_the_file_names_the_coordinator_and_not_the_deputy(world):
    first, second = world.teachers[0], world.teachers[5]
    give(first, world.schools[0])
    give(second, world.schools[0], deputy=True)
    assert {row.owner for row in networks.school_records([first.pk])} == {first.name}


def test_the_page_says_who_it_is_and_offers_hand_over_or_deputy(world):
    first, second = world.teachers[0], world.teachers[5]
    grant = give(first, world.schools[0])
    form = {"role": f"school_coordinator:school:{world.schools[0].pk}", "since": "", "until": ""}
    with at(AT):
        client = sign_in(Client(), world.coordinator)
        refused = client.post(f"/people/{second.handle}/", form)
        assert refused.status_code == 422
        assert f"{first.name} coordinates this school." in refused.text
        link = f"/people/{first.handle}/roles/{grant.pk}/?q=Teacher%20HR%2005"
        assert link in refused.text
        assert f"Hand over to {second.name}" in client.get(link).text
        assert client.post(f"/people/{second.handle}/", {**form, "deputy": "on"}).status_code == 302
        assert "Deputy: School coordinator" in client.get(f"/people/{second.handle}/").text
    assert len(letters(second, "role")) == 1


def test_a_deputy_takes_over_what_nobody_holds_any_more(world):
    first, second = world.teachers[0], world.teachers[5]
    grant = give(first, world.schools[0])
    give(second, world.schools[0], deputy=True)
    commands.end_grant(grant_id=grant.pk, by=SYSTEM, at=later(1))
    give(second, world.schools[0], at=later(2))
    assert [row.person_id for row in queries.coordinators_of(world.schools[0].pk)] == [second.pk]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_coordinator():
    world = make_world()
    school, results = world.schools[0], []

    def run(person):
        try:
            with transaction.atomic():
                give(person, school)
                results.append("given")
        except commands.CoordinatorThere:
            results.append("refused")
        finally:
            connection.close()

    people = [world.teachers[0], world.teachers[5], *world.teachers[1:4]]
    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["given", *["refused"] * 4]
    assert (
        Grant.objects.filter(
            role=COORDINATOR, ended_at=None, starts_at__gte=AT - timedelta(1)
        ).count()
        == 1
    )
