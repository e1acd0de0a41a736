"""One's own details, and the people one answers for."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from events.backstage.models import AuditEntry, Letter
from events.kernel.actors import Role
from events.kernel.errors import NotAllowed
from events.people import commands
from events.people.models import Grant, Identifier, Person
from events.registration import commands as registration
from events.registration import links
from tests.factories.sessions import sign_in
from tests.factories.world import (
    AT,
    SYSTEM,
    join,
    later,
    make_event,
    make_person,
    make_world,
)

pytestmark = pytest.mark.django_db
OIB = "69435151530"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def give(person, role, scope, scope_id=0, **dates):
    return commands.grant(
        person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=AT, **dates
    )


def signed_in(person, **more):
    return sign_in(Client(), person, **more)


# My details


def test_details_are_asked_for_after_signing_in(client):
    assert client.get("/me/data/").headers["Location"] == "/sign-in/?next=%2Fme%2Fdata%2F"
    assert client.get("/me/data/download/").headers["Location"].startswith("/sign-in/")
    assert client.post("/me/data/identifier/").headers["Location"].startswith("/sign-in/")


def test_a_person_changes_name_language_and_zone(world):
    client = signed_in(world.teachers[0])
    answer = client.post(
        "/me/data/", {"name": " Željka  Đurić ", "language": "hr", "zone": "Europe/Zagreb"}
    )
    assert answer.status_code == 302
    row = Person.objects.get(pk=world.teachers[0].pk)
    assert (row.name, row.language, row.zone) == ("Željka Đurić", "hr", "Europe/Zagreb")


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"name": "123"}, {"language": "xx"}, {"zone": "Mars/X"}]
)
def test_details_that_cannot_be_kept_change_nothing(world, values):
    client = signed_in(world.teachers[0])
    fine = {"name": "Ana", "language": "en", "zone": ""}
    answer = client.post("/me/data/", {**fine, **values})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert Person.objects.get(pk=world.teachers[0].pk).name == world.teachers[0].name


def test_nobody_changes_the_details_of_somebody_else(world):
    teacher, by = world.teachers[0], world.actor(world.coordinator)
    with pytest.raises(NotAllowed):
        commands.change_details(
            person_id=teacher.pk, name="Another Name", language="en", zone="", by=by, at=AT
        )
    with pytest.raises(NotAllowed):
        commands.set_identifier(
            person_id=teacher.pk, scheme="hr.oib", country="HR", value=OIB, by=by, at=AT
        )
    assert Person.objects.get(pk=teacher.pk).name == teacher.name


def test_an_identifier_is_checked_sealed_and_shown_to_its_owner_alone(world):
    ana, other = world.teachers[:2]
    client = signed_in(ana)
    wrong = client.post("/me/data/identifier/", {"scheme": "hr.oib", "value": "69435151531"})
    assert "<title>Error: " in wrong.text
    assert 0 < wrong.text.index("There is a problem") < wrong.text.index('id="details"')
    assert wrong.status_code == 422
    assert "check digit" in wrong.text
    assert not Identifier.objects.exists()
    assert (
        client.post("/me/data/identifier/", {"scheme": "hr.oib", "value": OIB}).status_code == 302
    )
    assert OIB.encode() not in bytes(Identifier.objects.get().sealed)
    assert OIB in client.get("/me/data/").text
    assert "no-cache" in client.get("/me/data/").headers["Cache-Control"]
    give(other, Role.ADMINISTRATOR, "world")
    watcher = signed_in(other, second_step=True)
    assert OIB not in watcher.get(f"/people/{ana.handle}/").text
    assert OIB not in watcher.get("/me/data/").text
    taken = signed_in(other).post("/me/data/identifier/", {"scheme": "hr.oib", "value": OIB})
    assert "Somebody else has this identifier" in taken.text
    client.post("/me/data/identifier/", {"do": "remove", "scheme": "hr.oib"})
    assert not Identifier.objects.exists()


def test_only_schemes_of_ones_own_country_are_offered(world):
    client = signed_in(world.teachers[0])
    page = client.get("/me/data/").text
    assert "OIB" in page
    assert "PESEL" not in page
    assert (
        client.post("/me/data/identifier/", {"scheme": "pl.pesel", "value": "1"}).status_code == 422
    )


def onlookers(client):
    page = client.get("/me/data/").text
    return re.sub(r"<[^>]+>|\s+", " ", page[page.index('id="who"') : page.index('id="all"')])


def test_who_sees_my_data_follows_the_grants_in_force(world):
    teacher, helper = world.teachers[1], make_person("Hedda Helper")
    sibling = make_world("SI", teachers=0)
    client = signed_in(teacher)
    assert "Coordinator HR" in onlookers(client)
    assert "Hedda Helper" not in onlookers(client)
    assert "Coordinator SI" not in onlookers(client)
    given = give(helper, Role.HELPDESK, "world", ends_at=AT + timedelta(days=1))
    assert "Hedda Helper" in onlookers(client)
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        assert "Hedda Helper" not in onlookers(signed_in(teacher))
    give(helper, Role.SCHOOL_COORDINATOR, "school", world.schools[2].pk)
    commands.end_grant(grant_id=given.pk, by=SYSTEM, at=AT)
    assert "Hedda Helper" not in onlookers(client)
    assert sibling.coordinator.name not in onlookers(client)


def test_everything_kept_comes_as_one_file(world):
    teacher = world.teachers[0]
    event = make_event(world, title="Small steps")
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    client = signed_in(teacher)
    client.post("/me/data/identifier/", {"scheme": "hr.oib", "value": OIB})
    answer = client.get("/me/data/download/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="kolega-')
    data = json.loads(answer.content)
    assert set(data) == {
        "as_of",
        "person",
        "registrations",
        "presence",
        "certificates",
        "hours",
        "connections",
        "consents",
        "watching",
        "busy_times",
    }
    assert data["person"]["account"]["email"] == teacher.email
    assert data["person"]["identifiers"][0]["value"] == OIB
    assert data["registrations"][0]["title"] == "Small steps"
    assert "password" not in data["person"]["account"]
    assert world.teachers[1].email not in answer.text


def test_a_forwarded_personal_link_reads_and_changes_nothing(world):
    teacher = world.teachers[0]
    event = make_event(world)
    path = f"/r/{links.token_of(links.link_for(event_id=event.pk, person_id=teacher.pk, at=AT))}/"
    stranger = Client()
    assert stranger.get(path).status_code == 200
    assert "sessionid" not in stranger.cookies
    assert "session" not in stranger.cookies
    stranger.post(path, {"way": "room"})
    for address in ("/me/data/", "/me/data/download/", "/people/", f"/people/{teacher.handle}/"):
        answer = stranger.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")
    assert stranger.post("/me/data/", {"name": "X Y"}).status_code == 302
    assert Person.objects.get(pk=teacher.pk).name == teacher.name


# The people one answers for


def test_a_coordinator_finds_people_of_the_own_cluster_alone(world):
    other = make_world("SI", teachers=1)
    make = make_person("Željka Đurić-Šimić")
    join(make, world.schools[3])
    client = signed_in(world.coordinator)
    page = client.get("/people/").text
    assert "Teacher HR 00" in page
    assert "Teacher SI" not in page
    assert make.name in client.get("/people/?q=djuric+zeljka").text
    assert "Nobody of this name" in client.get("/people/?q=teacher+si").text
    assert client.get(f"/people/{make.handle}/").status_code == 200
    assert client.get(f"/people/{other.teachers[0].handle}/").status_code == 404


def test_a_hidden_person_answers_as_a_missing_one(world):
    other = make_world("SI", teachers=1)
    hidden = other.teachers[0]
    grant = give(hidden, Role.SCHOOL_COORDINATOR, "school", other.schools[0].pk)
    client = signed_in(world.coordinator)
    pairs = [
        (f"/people/{hidden.handle}/", "/people/AAAAAAAAAA/"),
        (f"/people/{hidden.handle}/roles/{grant.pk}/", "/people/AAAAAAAAAA/roles/1/"),
    ]
    for there, nowhere in pairs:
        for method in (client.get, client.post):
            one, two = method(there), method(nowhere)
            assert one.status_code == two.status_code == 404
            assert one.content == two.content
    assert Grant.objects.get(pk=grant.pk).ended_at is None


@pytest.mark.parametrize("address", ["/people/", "/people/add/", "/people/{handle}/"])
def test_teachers_have_no_list_of_people(world, address):
    client = signed_in(world.teachers[0])
    for path in (address.format(handle=world.teachers[1].handle), "/people/nobody/roles/1/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == (405 if path == "/people/" else 404)
    assert client.get(address.format(handle=world.teachers[1].handle)).content == (
        client.get("/nowhere/").content
    )


def test_a_role_that_ran_out_opens_nothing(world):
    person = make_person("Past Coordinator")
    give(person, Role.CLUSTER_COORDINATOR, "cluster", world.cluster.pk, ends_at=later(days=1))
    assert signed_in(person).get("/people/").status_code == 200
    with time_machine.travel(later(days=1), tick=False):
        assert signed_in(person).get("/people/").status_code == 404


def test_a_colleague_is_added_once_however_often_the_form_is_sent(world):
    client = signed_in(world.coordinator)
    nonce = re.search(r'name="_once" value="([^"]+)"', client.get("/people/add/").text)[1]
    values = {
        "name": "Ivo  Novi", "email": "", "language": "hr", "school": world.schools[2].pk,
        "_once": nonce,
    }  # fmt: skip
    first, second = client.post("/people/add/", values), client.post("/people/add/", values)
    assert first.headers["Location"] == second.headers["Location"]
    row = Person.objects.get(name="Ivo Novi")
    assert row.memberships.get().school_id == world.schools[2].pk
    assert row.mail_state == "none"
    assert "None: print a card" in client.get(first.headers["Location"]).text


def test_nobody_is_added_to_a_school_of_others(world):
    other = make_world("SI", teachers=0)
    number = Person.objects.count()
    values = {"name": "Ivo Novi", "language": "hr", "school": other.schools[0].pk}
    assert signed_in(world.coordinator).post("/people/add/", values).status_code == 422
    assert Person.objects.count() == number


def role_of(world):
    return f"school_coordinator:school:{world.schools[0].pk}"


def test_a_role_is_given_with_dates_and_the_person_is_told(world):
    teacher = world.teachers[0]
    client = signed_in(world.coordinator)
    page = client.get(f"/people/{teacher.handle}/").text
    assert role_of(world) in page
    values = {"role": role_of(world), "since": "2026-11-10", "until": "2026-11-20"}
    assert client.post(f"/people/{teacher.handle}/", values).status_code == 302
    row = Grant.objects.get(person=teacher)
    assert (row.starts_at.isoformat(), row.ends_at.isoformat()) == (
        "2026-11-09T23:00:00+00:00", "2026-11-20T23:00:00+00:00",
    )  # fmt: skip
    assert world.actor(teacher, at=later(days=1)).standings == ()
    assert world.actor(teacher, at=later(days=9)).is_a(Role.SCHOOL_COORDINATOR)
    letter = Letter.objects.get(person=teacher, kind="role")
    assert letter.subject == "You coordinate School HR 0: start here"
    assert "/sign-in/?next=" in letter.text
    assert letter.reply_to == world.coordinator.email


def test_dates_the_wrong_way_round_are_refused_at_their_field(world):
    values = {"role": role_of(world), "since": "2026-11-20", "until": "2026-11-10"}
    answer = signed_in(world.coordinator).post(f"/people/{world.teachers[0].handle}/", values)
    assert answer.status_code == 422
    assert "lies before the first" in answer.text
    assert not Grant.objects.filter(person=world.teachers[0]).exists()


@pytest.mark.parametrize(
    "role", ["administrator:world:0", "helpdesk:world:0", "school_coordinator:cluster:{cluster}"]
)
def test_no_role_beyond_ones_own_reach_is_given(world, role):
    client = signed_in(world.coordinator)
    values = {"role": role.format(cluster=world.cluster.pk)}
    assert client.post(f"/people/{world.teachers[0].handle}/", values).status_code == 422
    assert not Grant.objects.filter(person=world.teachers[0]).exists()


def test_a_school_coordinator_reaches_one_school_also_by_giving_roles(world):
    keeper, friend = world.teachers[0], world.teachers[5]
    give(keeper, Role.SCHOOL_COORDINATOR, "school", world.schools[0].pk)
    by = world.actor(keeper)
    with pytest.raises(NotAllowed):
        commands.grant(
            person_id=friend.pk, role=Role.SCHOOL_COORDINATOR, scope="cluster",
            scope_id=world.cluster.pk, by=by, at=AT,
        )  # fmt: skip
    page = signed_in(keeper).get("/people/").text
    assert friend.name in page
    assert world.teachers[1].name not in page


def test_nobody_gives_a_role_to_themselves(world):
    page = signed_in(world.coordinator).get(f"/people/{world.coordinator.handle}/").text
    assert "Give a role" not in page
    mine, place = world.actor(world.coordinator), world.schools[0].pk
    with pytest.raises(NotAllowed):
        commands.grant(
            person_id=world.coordinator.pk, role=Role.SCHOOL_LEADER, scope="school",
            scope_id=place, by=mine, at=AT,
        )  # fmt: skip


def test_a_role_given_again_after_it_ran_out_counts(world):
    teacher = world.teachers[0]
    give(teacher, Role.SCHOOL_COORDINATOR, "school", world.schools[0].pk, ends_at=later(days=1))
    commands.grant(
        person_id=teacher.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[0].pk, by=SYSTEM, at=later(days=2),
    )  # fmt: skip
    assert world.actor(teacher, at=later(days=2)).is_a(Role.SCHOOL_COORDINATOR)


def test_a_role_is_handed_over(world):
    row = Grant.objects.get(person=world.coordinator)
    heir = world.teachers[0]
    client = signed_in(world.coordinator)
    address = f"/people/{world.coordinator.handle}/roles/{row.pk}/"
    assert heir.name in client.get(f"{address}?q=teacher+hr+00").text
    assert client.post(address, {"to": heir.handle}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at == AT
    assert world.actor(heir).is_a(Role.CLUSTER_COORDINATOR)
    assert not world.actor(world.coordinator).is_a(Role.CLUSTER_COORDINATOR)


def test_a_role_ends_and_what_ended_meanwhile_is_missing(world):
    teacher = world.teachers[0]
    row = give(teacher, Role.SCHOOL_COORDINATOR, "school", world.schools[0].pk)
    client = signed_in(world.coordinator)
    address = f"/people/{teacher.handle}/roles/{row.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert not world.actor(teacher).is_a(Role.SCHOOL_COORDINATOR)


def test_the_last_administrator_stays(world):
    admin, deputy = make_person("Adam Admin"), make_person("Dora Deputy")
    row = give(admin, Role.ADMINISTRATOR, "world")
    give(deputy, Role.ADMINISTRATOR, "world", ends_at=later(days=7))
    client = signed_in(admin, second_step=True)
    address = f"/people/{admin.handle}/roles/{row.pk}/"
    answer = client.post(address)
    assert answer.status_code == 409
    assert "last administrator" in answer.text
    assert Grant.objects.get(pk=row.pk).ended_at is None
    give(make_person("Eva Else"), Role.ADMINISTRATOR, "world")
    assert client.post(address).status_code == 302
    assert Grant.objects.get(pk=row.pk).ended_at == AT


# The helpdesk


@pytest.fixture
def helpdesk(world):
    person = make_person("Hedda Helper")
    give(person, Role.HELPDESK, "world")
    return signed_in(person)


def write(person, kind="receipt", text="Hello"):
    return Letter.objects.create(
        purpose=f"test:{kind}", message_id=f"<{kind}@example.org>", kind=kind, person=person,
        to_address=person.email, language="en", subject=f"About {kind}", text=text, state="sent",
        created_at=AT, sent_at=AT,
    )  # fmt: skip


def test_the_helpdesk_sends_a_mail_again_and_reads_no_text(world, helpdesk):
    teacher = world.teachers[0]
    letter = write(teacher, text="Secret words")
    page = helpdesk.get(f"/people/{teacher.handle}/").text
    assert "About receipt" in page
    assert "Secret words" not in page
    address = f"/people/{teacher.handle}/mails/{letter.pk}/again/"
    assert helpdesk.post(address).status_code == 302
    again = Letter.objects.exclude(pk=letter.pk).get()
    assert (again.purpose, again.text) == ("test:receipt:again:1", "Secret words")
    assert again.message_id != letter.message_id
    helpdesk.post(f"/people/{teacher.handle}/mails/{again.pk}/again/")
    assert Letter.objects.last().purpose == "test:receipt:again:2"
    assert AuditEntry.objects.filter(action="letter_sent_again").count() == 2


def test_letters_that_let_somebody_in_are_never_sent_again(world, helpdesk):
    teacher = world.teachers[0]
    letter = write(teacher, kind="sign_in", text="")
    assert "Not kept" in helpdesk.get(f"/people/{teacher.handle}/").text
    answer = helpdesk.post(f"/people/{teacher.handle}/mails/{letter.pk}/again/")
    assert answer.status_code == 409
    assert Letter.objects.count() == 1


def test_the_helpdesk_changes_nothing_else(world, helpdesk):
    teacher = world.teachers[0]
    row = give(teacher, Role.SCHOOL_COORDINATOR, "school", world.schools[0].pk)
    assert "Give a role" not in helpdesk.get(f"/people/{teacher.handle}/").text
    assert helpdesk.post(f"/people/{teacher.handle}/", {"role": role_of(world)}).status_code == 200
    assert helpdesk.post(f"/people/{teacher.handle}/roles/{row.pk}/").status_code == 404
    assert helpdesk.get("/people/add/").status_code == 404
    assert Grant.objects.filter(person=teacher, ended_at=None).count() == 1


def test_coordinators_do_not_send_mails_of_others_again(world):
    letter = write(world.teachers[0])
    client = signed_in(world.coordinator)
    address = f"/people/{world.teachers[0].handle}/mails/{letter.pk}/again/"
    assert client.post(address).status_code == 404
    assert "About receipt" not in client.get(f"/people/{world.teachers[0].handle}/").text


def test_a_list_costs_the_same_for_few_and_many(world, django_assert_num_queries):
    client = signed_in(world.coordinator)
    client.get("/people/")
    # session, person; grant, cluster's schools, home, home's clusters; count, rows, schools; kept
    with django_assert_num_queries(10):
        client.get("/people/")
    for number in range(10):
        join(make_person(f"More {number}"), world.schools[0])
    with django_assert_num_queries(10):
        client.get("/people/")


def test_membership_of_a_former_school_no_longer_shows_the_person(world):
    teacher = world.teachers[1]
    keeper = world.teachers[0]
    give(keeper, Role.SCHOOL_COORDINATOR, "school", world.schools[1].pk)
    client = signed_in(keeper)
    assert client.get(f"/people/{teacher.handle}/").status_code == 200
    teacher.memberships.update(ended_on=date(2026, 11, 1))
    assert client.get(f"/people/{teacher.handle}/").status_code == 404
