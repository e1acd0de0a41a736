"""A pasted list of colleagues, from the text to the places."""

import re

import pytest

from events.kernel.actors import Role
from events.people import commands as people
from events.people.models import Person
from events.registration import matching
from events.registration.matching import Fit, Member, Pasted
from events.registration.models import Registration
from tests.events.registration.mail import at, letters, settle
from tests.factories.world import AT, SYSTEM, join, later, make_event, make_person, make_world

NOW = later(minutes=5)
MEMBERS = [
    Member(1, "Željka Đurić", "z@example.org"),
    Member(2, "Ana Horvat", ""),
    Member(3, "Ana Horvat", "ana@example.org"),
    Member(4, "Marko Marić", "staff@example.org"),
    Member(5, "Iva Ivić", "iva@example.org", own=False),
]


def fit(name, email=""):
    [line] = matching.match([Pasted(1, name, email)], MEMBERS)
    return line.fit, [member.person_id for member in line.candidates]


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Zeljka Djuric", "", (Fit.KNOWN, [1])),
        ("ĐURIĆ Željka", "", (Fit.KNOWN, [1])),
        ("Жељка Ђурић", "", (Fit.KNOWN, [1])),
        ("Željka Đurić", "other@example.org", (Fit.DOUBTFUL, [1])),
        ("Ana Horvat", "", (Fit.DOUBTFUL, [2, 3])),
        ("Ana Horvat", "ana@example.org", (Fit.KNOWN, [3])),
        ("Zeljka Durin", "", (Fit.DOUBTFUL, [1])),
        ("Petra Perić", "staff@example.org", (Fit.DOUBTFUL, [4])),
        ("Iva Ivić", "", (Fit.DOUBTFUL, [5])),
        ("script alert /script", "", (Fit.DOUBTFUL, [])),
        ("Tomislav Babić 12345678901", "", (Fit.DOUBTFUL, [])),
        ("Matematika", "", (Fit.DOUBTFUL, [])),
        ("Ana-Marija O’Neil", "", (Fit.NEW, [])),
        ("Iva Ivić", "iva@example.org", (Fit.KNOWN, [5])),
        ("Petra Perić", "", (Fit.NEW, [])),
    ],
)
def test_who_a_line_means(name, email, expected):
    assert fit(name, email) == expected


def test_a_doubtful_line_waits_for_an_answer():
    lines = matching.match([Pasted(1, "Ana Horvat", ""), Pasted(2, "Petra Perić", "")], MEMBERS)
    taken, unsettled = matching.settle(lines, {1: "99"})
    assert ([item.person_id for item in taken], unsettled) == ([None], [1])
    assert [item.person_id for item in matching.settle(lines, {1: "3"})[0]] == [3, None]
    assert [item.person_id for item in matching.settle(lines, {1: "out"})[0]] == [None]


def test_a_person_pasted_twice_is_taken_once():
    twice = [Pasted(1, "Željka Đurić", ""), Pasted(2, "Zeljka Djuric", "")]
    taken, _ = matching.settle(matching.match(twice, MEMBERS), {})
    assert [item.person_id for item in taken] == [1]


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def keeper(world):
    person = make_person("Kata Keeper")
    join(person, world.schools[1])
    people.grant(
        person_id=person.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[1].pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


def open_page(client, person, event, query=""):
    with at(NOW):
        client.force_login(person)
        return client.get(f"/events/{event.slug}/colleagues/{query}")


def send(client, event, school, names, **more):
    values = {"school": school.pk, "way": "room", "names": names, **more}
    with at(NOW):
        return client.post(f"/events/{event.slug}/colleagues/", values)


def test_a_school_coordinator_registers_known_and_new_colleagues(client, world, keeper):
    event, school = make_event(world, places={"room": 2, "online": None}), world.schools[1]
    known = world.teachers[1]
    open_page(client, keeper, event)
    names = f"{known.name}\nPetra Perić\n3. Ivo Ivić <ivo@example.org>"
    look = send(client, event, school, names)
    assert "Known at the school" in look.text
    assert "1 person more than there are places" in look.text
    assert "Register 3 colleagues" in look.text
    assert not Registration.objects.exists()
    done = send(client, event, school, names, register="1", _once="n1")
    assert done.url.endswith("#registered")
    rows = Registration.objects.order_by("pk")
    assert sorted(row.person.name for row in rows) == ["Ivo Ivić", "Petra Perić", known.name]
    assert [row.school_id for row in rows] == [school.pk] * 3
    assert sorted(row.state for row in rows) == ["registered", "registered", "waiting"]
    assert Person.objects.get(name="Ivo Ivić").memberships.get().school == school
    send(client, event, school, names, register="1", _once="n1")
    assert Person.objects.filter(name="Petra Perić").count() == 1
    settle(NOW)
    assert not letters(Person.objects.get(name="Petra Perić"))
    assert letters(known, "receipt")


def test_a_name_of_another_school_of_the_cluster_is_asked_with_that_person_chosen(
    client, world, keeper
):
    event, school, other = make_event(world), world.schools[1], world.teachers[2]
    open_page(client, keeper, event)
    look = send(client, event, school, other.name)
    assert f"{other.name} teaches at {world.schools[2].name}" in look.text
    assert re.search(rf'name="pick-1" value="{other.pk}" checked', look.text)
    count = Person.objects.count()
    send(client, event, school, other.name, register="1", _once="n1", **{"pick-1": other.pk})
    assert Registration.objects.get().person == other
    assert Person.objects.count() == count


def test_lines_can_be_left_out_and_a_name_that_stands_twice_counts_once(client, world, keeper):
    event, school = make_event(world), world.schools[1]
    open_page(client, keeper, event)
    names = "Petra Perić\nPetra Perić\nIvo Ivić\n<script>alert(1)</script>"
    look = send(client, event, school, names)
    assert "Register 2 colleagues" in look.text
    assert "This looks like no name of a person." in look.text
    left = {"pick-3": "out", "pick-4": "out"}
    send(client, event, school, names, register="1", _once="n1", **left)
    assert [row.person.name for row in Registration.objects.all()] == ["Petra Perić"]
    assert not Person.objects.filter(name__in=["Ivo Ivić"]).exists()


def test_the_host_school_or_ones_own_is_chosen_beforehand(client, world):
    chosen = r'<option value="(\d+)" selected'
    event = make_event(world)
    join(world.coordinator, world.schools[3])
    page = open_page(client, world.coordinator, event)
    wanted = event.host_school_id or world.schools[3].pk
    assert re.search(chosen, page.text)[1] == str(wanted)


def test_doubtful_names_are_asked_before_anything_is_written(client, world, keeper):
    event, school = make_event(world), world.schools[1]
    twin = make_person("Ana Horvat")
    join(twin, school)
    open_page(client, keeper, event)
    answer = send(client, event, school, "Ana Horvath", register="1", _once="n1")
    assert answer.status_code == 422
    assert "Answer every question below" in answer.text
    assert not Registration.objects.exists()
    assert 'name="pick-1"' in answer.text
    send(client, event, school, "Ana Horvath", register="1", _once="n2", **{"pick-1": twin.pk})
    assert Registration.objects.get().person == twin


def test_a_refusal_leaves_nothing_half_done(client, world, keeper):
    event, school = make_event(world, registration_closes_at=NOW), world.schools[1]
    open_page(client, keeper, event)
    count = Person.objects.count()
    answer = send(client, event, school, "Petra Perić", register="1", _once="n1")
    assert answer.status_code == 409
    assert "Registration has closed." in answer.text
    assert "Petra Perić" in answer.text
    assert Person.objects.count() == count


@pytest.mark.parametrize("names", ["", "   ", "\n\n"])
def test_an_empty_list_is_refused_in_words(client, world, keeper, names):
    event = make_event(world)
    open_page(client, keeper, event)
    answer = send(client, event, world.schools[1], names)
    assert answer.status_code == 422
    assert "Enter or paste at least one name." in answer.text


def test_only_schools_of_ones_own(client, world, keeper):
    event = make_event(world)
    page = open_page(client, keeper, event)
    assert world.schools[1].name in page.text
    assert f'value="{world.schools[2].pk}"' not in page.text
    answer = send(client, event, world.schools[2], "Petra Perić", register="1", _once="n1")
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_a_cluster_coordinator_has_all_its_schools(client, world):
    event = make_event(world)
    page = open_page(client, world.coordinator, event)
    assert len(re.findall(r"<option", page.text)) == 5


def test_a_teacher_is_told_whom_to_ask(client, world):
    event = make_event(world)
    assert open_page(client, world.teachers[0], event).status_code == 403


def test_a_stranger_finds_nothing(client, world):
    event = make_event(world)
    other = make_world("AL")
    assert open_page(client, other.coordinator, event).status_code == 404


def test_the_mail_about_colleagues_without_mail_fills_the_list(client, world):
    silent = make_person("Ana Anić", email="")
    join(silent, world.schools[2])
    event = make_event(world)
    settle()
    [told] = letters(kind="unreached")
    query = re.search(r"/colleagues/(\?school=\d+)", told.text)[1]
    page = open_page(client, world.coordinator, event, query)
    assert re.search(r"<textarea[^>]*>\s*Ana Anić</textarea>", page.text)


def test_times_are_those_of_the_request(client, world, keeper):
    event = make_event(world)
    open_page(client, keeper, event)
    send(client, event, world.schools[1], "Petra Perić", register="1", _once="n1")
    assert Registration.objects.get().registered_at == NOW


def test_only_rows_that_will_be_registered_are_counted_and_both_numbers_are_said(
    client, world, keeper
):
    event, school, known = make_event(world), world.schools[1], world.teachers[1]
    open_page(client, keeper, event)
    names = f"{known.name}\nPetra Perić\nMatematika"
    send(client, event, school, known.name, register="1", _once="n1")
    assert "Register 1 colleague<" in send(client, event, school, names).text
    again = send(client, event, school, known.name).text
    assert 'name="register"' not in again
    send(client, event, school, names, register="1", _once="n2", **{"pick-3": "out"})
    page = open_page(client, keeper, event).text
    assert "Registered: 1." in page
    assert "Left out: 1 (Matematika)." in page


def test_cards_are_offered_to_whom_no_mail_reaches_else_to_everybody(client, world, keeper):
    event, school = make_event(world), world.schools[1]
    cards = f'href="/attendance/{event.pk}/ticket-cards.pdf'
    assert cards not in open_page(client, keeper, event).text
    send(client, event, school, world.teachers[1].name, register="1", _once="n1")
    page = open_page(client, keeper, event).text
    assert f'{cards}?who=all"' in page
    assert "Print cards for everybody" in page
    send(client, event, school, "Petra Perić", register="1", _once="n2")
    page = open_page(client, keeper, event).text
    assert f'{cards}"' in page
    assert "Print cards for everybody" not in page
