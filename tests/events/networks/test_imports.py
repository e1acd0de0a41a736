"""Lists of schools and people taken over later: matching, scope, questions, jobs, undo."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from events.backstage import jobs
from events.backstage.models import AuditEntry, Job
from events.kernel.actors import Role
from events.kernel.errors import Missing
from events.networks.imports import commands, undo
from events.networks.models import Membership, RosterImport, School
from events.people import commands as people
from events.people import queries as known
from events.people.models import Identifier, Person
from events.registration import commands as registration
from tests.events.networks.sending import confirm, fields_of, hidden, upload
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, join, make_event, make_person, make_world

pytestmark = pytest.mark.django_db

PEOPLE, SCHOOLS = "/network/import/people/", "/network/import/schools/"
STAFF = "Name;E-mail;School code\nNew One;new.one@example.org;HR-0\nNew Two;;HR-1\n"


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def client(world):
    return sign_in(Client(), world.coordinator)


def counts(page):
    return [int(number) for number in re.findall(r"</dt><dd>(\d+)</dd></div>", page.text)[:4]]


def given(person, role, scope, scope_id):
    people.grant(person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=AT)
    return person


def schools_of(rows):
    return {
        name: School.objects.get(memberships__person__name=name).name for name in rows
    }  # fmt: skip


def test_a_column_called_school_may_hold_its_code_and_remarks_say_what_is_taken(client):
    rows = (
        "Name;E-mail;School;OIB\nNew One;nowhere;HR-1;12345678901\n"
        "New Two;two@example.org;HR-1;69435151530\nNew Three;three@example.org;HR-1;\n"
    )
    page = upload(client, rows, PEOPLE)
    assert page.status_code == 200, re.sub("<[^>]+>|\\s+", " ", page.text)[-3000:]
    assert "is not an e-mail address. The row is taken without it; add it later." in page.text
    assert "This OIB cannot be right. The row is taken without it; add it later." in page.text
    assert "There is no school" not in page.text
    confirm(client, page, PEOPLE)
    person = Person.objects.get(name="New One")
    assert person.memberships.get().school.national_code == "HR-1"


def test_people_come_in_with_their_schools(client):
    page = upload(client, STAFF, PEOPLE)
    assert counts(page) == [2, 0, 0, 0]
    assert not Person.objects.filter(name="New One").exists()
    answer = confirm(client, page, PEOPLE)
    roster = RosterImport.objects.get()
    assert answer.url == f"/network/import/{roster.pk}/"
    assert (roster.rows, len(roster.digest), roster.finished_at) == (2, 64, AT)
    assert schools_of(["New One", "New Two"]) == {
        "New One": "School HR 0",
        "New Two": "School HR 1",
    }
    assert "2 people are added." in client.get(answer.url).text


def test_known_people_are_found_and_not_added(client, world):
    teacher = world.teachers[1]
    rows = f"Name;E-mail;School code\n{teacher.name.upper()};{teacher.email};HR-1\n{teacher.name};;HR-1\n"
    page = upload(client, rows, PEOPLE)
    assert counts(page) == [0, 2, 0, 0]
    before = (Person.objects.count(), Membership.objects.count())
    confirm(client, page, PEOPLE)
    assert (Person.objects.count(), Membership.objects.count()) == before


def test_somebody_with_the_same_address_is_asked_about(client, world):
    teacher = world.teachers[0]
    page = upload(client, f"Name;E-mail;School code\nOther Name;{teacher.email};HR-0\n", PEOPLE)
    assert counts(page) == [0, 0, 1, 0]
    assert f"{teacher.name} has the same e-mail address. Is it one person?" in page.text
    before = Person.objects.count()
    confirm(client, page, PEOPLE)
    assert Person.objects.count() == before
    confirm(client, page, PEOPLE, doubt_2=str(teacher.pk), _once="a")
    assert Person.objects.count() == before
    confirm(client, page, PEOPLE, doubt_2="add", _once="b")
    assert Person.objects.get(name="Other Name").email == teacher.email


def test_the_same_name_with_another_address_is_asked_about(client, world):
    teacher = world.teachers[0]
    page = upload(client, f"Name;E-mail;School code\n{teacher.name};x@example.org;HR-0\n", PEOPLE)
    assert counts(page) == [0, 0, 1, 0]
    assert "of the same school has this name" in page.text


def test_an_answer_that_was_not_offered_changes_nothing(client, world):
    stranger = make_world("AL").teachers[0]
    teacher = world.teachers[0]
    page = upload(client, f"Name;E-mail;School code\nOther;{teacher.email};HR-0\n", PEOPLE)
    confirm(client, page, PEOPLE, doubt_2=str(stranger.pk))
    assert Membership.objects.filter(person=stranger).count() == 1


def test_schools_out_of_reach_are_not_filled(client):
    make_world("AL")
    page = upload(client, "Name;School code\nNew One;AL-0\n", PEOPLE)
    assert counts(page) == [0, 0, 0, 1]
    assert "There is no school “AL-0” in your reach." in page.text
    assert 'value="confirm"' not in page.text


def test_people_of_other_countries_are_not_taken_along(client):
    stranger = make_world("AL").teachers[0]
    page = upload(
        client, f"Name;E-mail;School code\n{stranger.name};{stranger.email};HR-0\n", PEOPLE
    )
    assert counts(page) == [0, 0, 0, 1]
    assert "belongs to a school outside your reach" in page.text


def test_somebody_who_left_school_can_be_taken_in(client):
    free = make_person("Free Teacher")
    official = given(make_person("Official"), Role.MINISTRY_OFFICER, "country", 1)
    rows = "".join(f"{one.name};{one.email};HR-0\n" for one in (free, official))
    page = upload(client, "Name;E-mail;School code\n" + rows, PEOPLE)
    assert counts(page) == [0, 1, 0, 1]
    confirm(client, page, PEOPLE)
    assert Membership.objects.get(person=free).school.national_code == "HR-0"
    assert not Membership.objects.filter(person=official).exists()


def test_a_school_coordinator_fills_one_school(world):
    person = given(make_person("Keeper"), Role.SCHOOL_COORDINATOR, "school", world.schools[2].pk)
    client = sign_in(Client(), person)
    pasted = {
        "do": "preview",
        "country": "HR",
        "text": "1. Eva Novak eva@example.org\n2. Ivo Kos\n",
    }
    page = client.post(PEOPLE, pasted | {"school": str(world.schools[2].pk)})
    assert counts(page) == [2, 0, 0, 0]
    confirm(client, page, PEOPLE)
    assert schools_of(["Eva Novak", "Ivo Kos"]) == dict.fromkeys(
        ["Eva Novak", "Ivo Kos"], "School HR 2"
    )
    other = client.post(PEOPLE, pasted | {"school": str(world.schools[0].pk)})
    assert other.status_code == 422
    assert client.get(SCHOOLS).status_code == 403


def test_teachers_import_nothing(world):
    client = sign_in(Client(), world.teachers[0])
    for path in (PEOPLE, SCHOOLS, "/network/import/"):
        assert client.get(path).status_code == 403
    assert client.post(PEOPLE, {"do": "preview", "country": "HR", "text": STAFF}).status_code == 403
    assert client.get("/network/import/nonsense/").status_code == 404


def everything_stored():
    """The text of every row of every table but the people of the factories."""
    return "\n".join(
        repr(values) for model in apps.get_models() for values in model.objects.values_list()
    )


def test_pupils_and_passwords_are_never_stored(client):
    rows = (
        "Vorname;Name;Rolle;Passwort;E-Mail\nMax;Beispielkind;Schüler;geheim7;max@example.org\n"
        "Uta;Lehrreich;Lehrerin;geheim8;uta@example.org\n"
    )
    school = str(School.objects.get(national_code="HR-0").pk)
    page = upload(client, rows, PEOPLE, school=school)
    assert "Pupils are not imported." in page.text
    assert "geheim" not in page.text
    confirm(client, page, PEOPLE)
    stored = everything_stored()
    assert "Uta Lehrreich" in stored
    for secret in ("Beispielkind", "geheim7", "geheim8", "max@example.org"):
        assert secret not in stored


def test_a_class_list_is_taken_only_on_the_users_word(client):
    rows = "Ime;Prezime;Razred\nAna;Anić;1A\nIvo;Ivić;1B\n"
    school = str(School.objects.get(national_code="HR-0").pk)
    page = upload(client, rows, PEOPLE, school=school)
    assert "Pupils are never imported." in page.text
    assert counts(page) == [0, 0, 0, 2]
    again = client.post(PEOPLE, {**fields_of(page), "do": "map", "staff": "yes"})
    assert counts(again) == [2, 0, 0, 0]
    unseen = confirm(client, page, PEOPLE, staff="yes")
    assert unseen.status_code == 422
    assert confirm(client, again, PEOPLE, staff="yes").status_code == 302
    assert Person.objects.filter(name="Ana Anić").exists()


def test_official_identifiers_come_in_sealed_and_find_their_person(client):
    rows = "Name;OIB;School code\nOna Prva;33392005961;HR-0\n"
    confirm(client, upload(client, rows, PEOPLE), PEOPLE)
    person = Person.objects.get(name="Ona Prva")
    assert known.identifiers_of([person.pk])[0].value == "33392005961"
    assert "33392005961" not in everything_stored()
    assert counts(upload(client, rows, PEOPLE)) == [0, 1, 0, 0]
    other = upload(client, "Name;OIB;School code\nOn Drugi;33392005961;HR-0\n", PEOPLE)
    assert counts(other) == [0, 0, 0, 1]
    assert "Somebody else has the official identifier of this row." in other.text


def test_an_identifier_of_ones_own_is_not_overwritten(client, world):
    teacher = world.teachers[0]
    people.set_identifier(
        person_id=teacher.pk, scheme="hr.oib", country="HR", value="69435151530", by=SYSTEM, at=AT
    )
    rows = f"Name;E-mail;OIB;School code\n{teacher.name};{teacher.email};33392005961;HR-0\n"
    confirm(client, upload(client, rows, PEOPLE), PEOPLE)
    assert [one.value for one in known.identifiers_of([teacher.pk])] == ["69435151530"]


def test_a_folder_of_school_data_sync_comes_in(world):
    from pathlib import Path

    folder = Path(__file__).parents[2] / "payloads" / "rosters" / "oneroster_11.zip"
    person = given(make_person("National"), Role.NATIONAL_COORDINATOR, "country", world.country.pk)
    client = sign_in(Client(), person)
    page = upload(client, folder.read_bytes(), SCHOOLS, file_name="folder.zip")
    assert counts(page)[0] > 0
    assert confirm(client, page, SCHOOLS).status_code == 302
    added = School.objects.exclude(national_code__startswith="HR-").count()
    assert added == counts(page)[0]
    client = sign_in(Client(), person)
    staff = upload(client, folder.read_bytes(), PEOPLE, file_name="folder.zip")
    assert counts(staff)[0] > 0
    before = Person.objects.count()
    confirm(client, staff, PEOPLE)
    assert Person.objects.count() == before + counts(staff)[0]


def test_the_preview_of_one_person_is_of_no_use_to_another(client, world):
    page = upload(client, STAFF, PEOPLE)
    other = given(make_person("Other"), Role.CLUSTER_COORDINATOR, "cluster", world.cluster.pk)
    answer = sign_in(Client(), other).post(PEOPLE, {**fields_of(page), "do": "confirm"})
    assert answer.status_code == 422
    assert "This preview is too old." in answer.text
    assert hidden(page, "draft")


def test_a_preview_ends_after_a_day(client, world, time_machine):
    page = upload(client, STAFF, PEOPLE)
    time_machine.move_to(AT + timedelta(hours=25), tick=False)
    answer = confirm(sign_in(Client(), world.coordinator), page, PEOPLE)
    assert "This preview is too old." in answer.text
    assert not RosterImport.objects.exists()


# ---- undo


def taken_back(client):
    roster = RosterImport.objects.latest("pk")
    return client.post(f"/network/import/{roster.pk}/", follow=True)


def test_an_import_is_taken_back(client):
    before = (Person.objects.count(), Membership.objects.count(), School.objects.count())
    rows = "Name;OIB;School code\nOna Prva;33392005961;HR-0\n"
    confirm(client, upload(client, rows, PEOPLE), PEOPLE)
    page = taken_back(client)
    assert "Taken back: 1 entry." in page.text
    after = (Person.objects.count(), Membership.objects.count(), School.objects.count())
    assert after == before
    assert not Identifier.objects.exists()
    assert AuditEntry.objects.filter(action="roster_undone").count() == 1
    assert "Taken back: 0 entries." in taken_back(client).text


def test_what_is_in_use_stays_with_the_reason(client, world):
    event = make_event(world)
    confirm(client, upload(client, STAFF, PEOPLE), PEOPLE)
    one = Person.objects.get(name="New One")
    registration.register(event.pk, person_id=one.pk, way="room", by=world.actor(one), at=AT)
    page = taken_back(client)
    assert "Taken back: 1 entry." in page.text
    assert "What stays, and why" in page.text
    assert "This person is registered for an event." in page.text
    assert Person.objects.filter(name="New One").exists()
    assert not Person.objects.filter(name="New Two").exists()


def test_somebody_who_signed_in_or_has_a_role_stays(client, world):
    confirm(client, upload(client, STAFF, PEOPLE), PEOPLE)
    sign_in(Client(), Person.objects.get(name="New One"))
    given(Person.objects.get(name="New Two"), Role.SCHOOL_LEADER, "school", world.schools[0].pk)
    page = taken_back(client).text
    assert "This person has signed in." in page
    assert "This person has a role." in page
    assert Person.objects.filter(name__startswith="New ").count() == 2


def test_a_membership_that_lasted_is_ended_and_not_forgotten(client, time_machine):
    free = make_person("Free Teacher")
    rows = f"Name;E-mail;School code\n{free.name};{free.email};HR-0\n"
    confirm(client, upload(client, rows, PEOPLE), PEOPLE)
    time_machine.move_to(AT + timedelta(days=3), tick=False)
    taken_back(sign_in(Client(), RosterImport.objects.get().by))
    assert Membership.objects.get(person=free).ended_on == AT.date() + timedelta(days=3)


def test_schools_are_taken_back_unless_they_are_used(world):
    person = given(make_person("National"), Role.NATIONAL_COORDINATOR, "country", world.country.pk)
    client = sign_in(Client(), person)
    rows = "Name of school,Code\nNorth School,007\nSouth School,008\n"
    confirm(client, upload(client, rows, SCHOOLS), SCHOOLS)
    used = School.objects.get(national_code="007")
    join(make_person("Somebody"), used)
    page = taken_back(client).text
    assert "North School" in page
    assert "There are members of another list or school." in page
    assert School.objects.filter(national_code="007").exists()
    assert not School.objects.filter(national_code="008").exists()


def test_only_who_keeps_the_country_takes_it_back(client, world):
    confirm(client, upload(client, STAFF, PEOPLE), PEOPLE)
    spot = f"/network/import/{RosterImport.objects.get().pk}/"
    other = given(make_person("Other"), Role.CLUSTER_COORDINATOR, "cluster", world.cluster.pk)
    stranger = make_world("AL").coordinator
    for who in (other, stranger):
        denied = sign_in(Client(), who)
        assert denied.get(spot).content == denied.get("/network/import/98765/").content
        assert denied.post(spot).status_code == 404
        with pytest.raises(Missing):
            undo.undo(roster_id=RosterImport.objects.get().pk, by=world.actor(who), at=AT)
    assert RosterImport.objects.get().undone_at is None


# ---- large lists


def test_a_long_list_goes_on_as_a_job(client, world, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 10)
    monkeypatch.setattr(commands, "BATCH", 4)
    rows = "Name;OIB;School code\nOna Prva;33392005961;HR-0\n"
    rows += "".join(f"Teacher Long {number:02};;HR-1\n" for number in range(10))
    answer = confirm(client, upload(client, rows, PEOPLE), PEOPLE)
    assert "The list is long and is being added." in client.get(answer.url).text
    roster = RosterImport.objects.get()
    assert roster.finished_at is None
    assert "33392005961" not in everything_stored()
    assert "still running" in taken_back(client).text
    jobs.run_due(at=AT)
    roster.refresh_from_db()
    assert (bytes(roster.pending), roster.left) == (b"", [])
    assert roster.finished_at is not None
    assert (Job.objects.get().state, Job.objects.get().done) == ("done", 11)
    assert Person.objects.filter(name__startswith="Teacher Long").count() == 10
    assert "Taken back: 11 entries." in taken_back(client).text
    assert Person.objects.filter(name__startswith="Teacher Long").count() == 0


def test_a_row_that_became_impossible_is_named(world, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 1)
    person = given(make_person("National"), Role.NATIONAL_COORDINATOR, "country", world.country.pk)
    client = sign_in(Client(), person)
    rows = "Name of school,Code\nNorth School,007\nSouth School,008\n"
    confirm(client, upload(client, rows, SCHOOLS), SCHOOLS)
    from events.networks import commands as networks

    networks.add_school(
        country_id=world.country.pk, name="Quicker", national_code="008", by=SYSTEM, at=AT
    )
    jobs.run_due(at=AT)
    page = client.get(f"/network/import/{RosterImport.objects.get().pk}/").text
    assert "Row 3" in page
    assert "its school has been added meanwhile" in page
    assert School.objects.filter(national_code="007").exists()
