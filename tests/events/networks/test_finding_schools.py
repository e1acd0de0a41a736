"""In a country with many schools the form of a cluster finds them by name, without script."""

import pytest

from events.kernel.actors import Role
from events.networks import commands as networks
from events.networks.models import Cluster, School
from events.people import commands as people
from tests.events.registration.mail import at
from tests.factories.world import AT, SYSTEM, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with at(AT):
        yield


@pytest.fixture
def world():
    found = make_world()
    for number in range(60):
        networks.add_school(
            country_id=found.country.pk, name=f"Škola Čakovec {number:02}", place="Čakovec",
            national_code=f"X{number:02}", by=SYSTEM, at=AT,
        )  # fmt: skip
    people.grant(
        person_id=found.coordinator.pk, role=Role.NATIONAL_COORDINATOR, scope="country",
        scope_id=found.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return found


def form_of(world, **changes):
    ids = [school.pk for school in world.schools]
    values = {
        "name": "Typed name", "theme": "", "origin": "top_down", "mentor": ids[0],
        "mentees": ids[1:], "school_search": "",
    }  # fmt: skip
    return {**values, **changes}


def offered(page):
    return [pk for pk in School.objects.values_list("pk", flat=True)
            if f'name="mentees" value="{pk}"' in page.text]  # fmt: skip


def test_only_the_chosen_schools_are_listed_until_somebody_looks_for_more(client, world):
    client.force_login(world.coordinator)
    address = f"/clusters/{world.cluster.slug}/edit/"
    page = client.get(address)
    assert offered(page) == [school.pk for school in world.schools]
    assert "Find a school" in page.text
    found = client.post(address, form_of(world, school_search="Čakovec 07", find="1"))
    other = School.objects.get(name="Škola Čakovec 07")
    assert found.status_code == 200
    assert offered(found) == [*[school.pk for school in world.schools], other.pk]
    assert 'value="Typed name"' in found.text
    assert "1 school found." in found.text
    assert "There is a problem" not in found.text
    many = client.post(address, form_of(world, school_search="cakovec", find="1"))
    assert "60 schools found, the first 30 are below." in many.text
    assert len(offered(many)) == 35
    assert Cluster.objects.get(pk=world.cluster.pk).name == "Cluster HR"
    ids = [*form_of(world)["mentees"], other.pk]
    assert client.post(address, form_of(world, mentees=ids)).status_code == 302
    assert world.cluster.seats.filter(school=other, ended_on=None).exists()


def test_a_school_of_another_country_is_not_taken_for_a_choice(client, world):
    other = make_world("AL").schools[0]
    client.force_login(world.coordinator)
    ids = [*form_of(world)["mentees"], other.pk]
    seen = str(other.seats.get(ended_on=None).pk)  # that it would belong to two clusters
    sent = form_of(world, mentees=ids, confirmed=seen)
    answer = client.post(f"/clusters/{world.cluster.slug}/edit/", sent)
    assert answer.status_code == 422
    assert not world.cluster.seats.filter(school=other).exists()


def test_a_small_country_shows_all_its_schools(client):
    world = make_world("AL")
    client.force_login(world.coordinator)
    page = client.get(f"/clusters/{world.cluster.slug}/edit/")
    assert "Find a school" not in page.text
    assert len(offered(page)) == 5
