"""The list at the door, over HTTP."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from attendance.doors import commands
from attendance.presence import queries
from attendance.presence.models import SightingRow
from events.people.models import Person
from events.registration import commands as registration
from events.registration.models import Registration
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    event = make_event(world, places={"room": 3, "online": None})
    for teacher in world.teachers[:3]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    time_machine.move_to(event.starts_at - timedelta(minutes=10), tick=False)
    client.force_login(world.coordinator)
    return world, event, f"/attendance/{event.pk}/list/"


def test_checking_in_and_undoing(scene, client):
    world, event, page = scene
    person = world.teachers[0].pk
    answer = client.post(f"{page}in/", {"person": person, "_once": "a"})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    client.post(f"{page}in/", {"person": person, "_once": "a"})
    assert SightingRow.objects.filter(withdrawn_at=None).count() == 1
    assert '1</span> <span class="mute">of 3' in client.get(page).content.decode()
    client.post(f"{page}undo/", {"person": person, "_once": "b"})
    assert SightingRow.objects.filter(withdrawn_at=None).count() == 0
    assert queries.judge(event.pk, at=event.ends_at)[person].minutes_counted == 0


def test_names_are_found_without_accents(scene, client):
    world, _, page = scene
    Person.objects.filter(pk=world.teachers[0].pk).update(name="Željka Đurić")
    body = client.get(page, {"q": "zelj djur"}).content.decode()
    assert "Željka Đurić" in body
    assert "Teacher HR 01" not in body


def test_somebody_of_the_cluster_walks_in_although_the_room_is_full(scene, client):
    world, event, page = scene
    person = world.teachers[4]
    assert person.name in client.get(page, {"q": "HR 04"}).content.decode()
    client.post(f"{page}walk-in/", {"person": person.pk, "_once": "a"})
    row = Registration.objects.get(person=person)
    assert (row.state, row.walk_in, event.pools.get(way="room").capacity) == ("registered", True, 4)
    assert SightingRow.objects.get(person=person).source == "door"


def test_a_new_face_is_added_registered_and_let_in(scene, client):
    world, _, page = scene
    fields = {"name": "Ana Ćosić", "email": "", "school": world.schools[2].pk, "_once": "a"}
    for _ in range(2):
        assert client.post(f"{page}new/", fields).status_code == 302
    person = Person.objects.get(name="Ana Ćosić")
    assert SightingRow.objects.filter(person=person).count() == 1
    assert person.memberships.get().school == world.schools[2]


def test_a_new_face_needs_a_name_and_keeps_what_was_typed(scene, client):
    world, _, page = scene
    answer = client.post(
        f"{page}new/", {"name": "", "email": "x@y.example", "school": world.schools[1].pk}
    )
    assert answer.status_code == 422
    assert "x@y.example" in answer.content.decode()
    assert not Person.objects.filter(email="x@y.example").exists()


def test_a_new_face_belongs_to_a_school_of_the_cluster(scene):
    world, event, _ = scene
    elsewhere = make_world("AL").schools[0]
    with pytest.raises(commands.SchoolElsewhere):
        commands.new_face(
            event.pk, name="Ana Ćosić", email="", school_id=elsewhere.pk,
            by=world.actor(world.coordinator), at=event.starts_at,
        )  # fmt: skip
    assert not Person.objects.filter(name="Ana Ćosić").exists()


def test_the_signed_list_is_taken_over_after_the_end(scene, client, time_machine):
    world, event, page = scene
    time_machine.move_to(event.ends_at + timedelta(minutes=5), tick=False)
    people = [teacher.pk for teacher in world.teachers[:2]]
    assert "Type in the signed list" in client.get(page).content.decode()
    client.post(f"{page}paper/", {"person": people, "_once": "a"})
    verdicts = queries.judge(event.pk, at=event.ends_at)
    assert [verdicts[person].evidence for person in people] == ["attested", "attested"]


def test_the_list_opens_on_the_day(scene, client, time_machine):
    _, event, page = scene
    time_machine.move_to(event.starts_at - timedelta(days=2), tick=False)
    body = client.get(page).content.decode()
    assert re.search(r"Opens [^<]*, \d\d:\d\d", body)
    assert ">Check in<" not in body


def test_before_it_opens_the_list_says_when(scene, client, time_machine):
    _, event, page = scene
    time_machine.move_to(event.starts_at - timedelta(hours=13), tick=False)
    opens = (event.starts_at - timedelta(hours=12)).astimezone(ZoneInfo(event.parts.get().zone))
    body = client.get(page).content.decode()
    assert re.search(rf"Opens [^<]*, {opens:%H:%M}", body)


def test_teachers_and_strangers_do_not_get_the_list(scene, client):
    world, _event, page = scene
    client.force_login(world.teachers[0])
    assert client.get(page).status_code == 403
    other = make_world("AL")
    client.force_login(other.coordinator)
    hidden, missing = client.get(page), client.get("/attendance/999999/list/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert client.post(f"{page}in/", {"person": world.teachers[0].pk}).status_code == 404
    assert SightingRow.objects.count() == 0
