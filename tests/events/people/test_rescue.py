"""Getting in again: a lost second step, a wrong address, mail that came back."""

import io
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from events.backstage.models import AuditEntry, Letter
from events.kernel.actors import Role
from events.kernel.errors import NotAllowed
from events.people import commands, rescue
from events.people.models import Person
from tests.api.calls import Caller
from tests.events.registration.mail import at, letters
from tests.factories.sessions import sign_in, with_app
from tests.factories.world import AT, SYSTEM, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with at(AT):
        yield


@pytest.fixture
def world():
    return make_world()


def give(person, role, scope="world", scope_id=0):
    commands.grant(
        person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM,
        at=AT - timedelta(days=1),
    )  # fmt: skip
    return person


@pytest.fixture
def admin(world):
    return give(make_person("Admin One"), Role.ADMINISTRATOR)


def page_of(person):
    return f"/people/{person.handle}/"


def test_an_administrator_takes_away_a_lost_second_step(world, admin):
    officer = give(make_person("Officer"), Role.MINISTRY_OFFICER, "country", world.country.pk)
    with_app(officer)
    Person.objects.filter(pk=officer.pk).update(password="argon2$kept")
    program = Caller(officer, "events:read")
    assert program.get("/events").status_code == 200
    lost = sign_in(Client(), Person.objects.get(pk=officer.pk), second_step=True)
    assert lost.get("/me/data/").status_code == 200
    client = sign_in(Client(), admin, second_step=True)
    assert "A code app is set up." in client.get(page_of(officer)).text
    address = f"{page_of(officer)}second-step/"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert Authenticator.objects.filter(user=officer).count() == 2
    answer = client.post(address, {"reason": "Lost the phone, called from the school"})
    assert answer.headers["Location"] == page_of(officer)
    assert not Authenticator.objects.filter(user=officer).exists()
    assert lost.get("/me/data/").status_code == 302
    assert program.get("/events").json()["code"] == "token_revoked"
    assert not Person.objects.get(pk=officer.pk).has_usable_password()
    [letter] = letters(officer, "security")
    assert "Lost the phone" in letter.text
    assert "Admin One" in letter.text
    entry = AuditEntry.objects.get(action="second_step_taken")
    assert (entry.actor_id, entry.thing_id) == (admin.pk, officer.pk)
    assert "A code app is set up." not in client.get(page_of(officer)).text
    assert client.post(address, {"reason": "Again"}).status_code == 404


@pytest.mark.parametrize("role", [Role.HELPDESK, Role.NATIONAL_COORDINATOR])
def test_nobody_but_another_administrator_takes_it_away(world, admin, role):
    scope = {"scope": "country", "scope_id": world.country.pk} if role != Role.HELPDESK else {}
    helper = give(make_person("Helper"), role, **scope)
    with_app(admin)
    with_app(world.teachers[0])
    for person in (admin, world.teachers[0]):
        answer = sign_in(Client(), helper).post(f"{page_of(person)}second-step/", {"reason": "x"})
        assert answer.status_code == 404
    own = sign_in(Client(), admin, second_step=True)
    assert own.post(f"{page_of(admin)}second-step/", {"reason": "x"}).status_code == 404
    with pytest.raises(NotAllowed):
        rescue.take_second_step(
            person_id=world.teachers[0].pk, reason="x", by=world.actor(helper), at=AT
        )
    assert Authenticator.objects.count() == 4
    assert not AuditEntry.objects.filter(action="second_step_taken").exists()


def test_the_last_administrator_is_helped_on_the_server(admin):
    with_app(admin)
    out = io.StringIO()
    call_command("reset_second_step", admin.email.upper(), stdout=out)
    assert admin.handle in out.getvalue()
    assert not Authenticator.objects.exists()
    assert len(letters(admin, "security")) == 1
    with pytest.raises(CommandError, match="no code app"):
        call_command("reset_second_step", admin.handle)


def test_the_server_asks_for_the_handle_where_an_address_is_shared(world):
    one = make_person("Ana A", email="shared@example.org")
    make_person("Ben B", email="shared@example.org")
    with_app(one)
    with pytest.raises(CommandError, match=one.handle):
        call_command("reset_second_step", "shared@example.org")
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_step", "nobody@example.org")
    call_command("reset_second_step", one.handle, stdout=io.StringIO())
    assert not Authenticator.objects.exists()


def test_a_new_address_clears_the_mark_and_the_former_one_is_told(world):
    teacher = world.teachers[0]
    client = sign_in(Client(), world.coordinator)
    address = f"{page_of(teacher)}address/"
    assert address in client.get(page_of(teacher)).text
    assert client.post(address, {"email": "Right@Example.org"}).status_code == 302
    [told] = letters(teacher, "security")
    assert told.to_address == teacher.email
    assert "right@example.org" not in told.text
    commands.mail_bounced(address="right@example.org")
    assert client.post(address, {"email": "third@example.org"}).status_code == 302
    teacher.refresh_from_db()
    assert (teacher.email, teacher.mail_state) == ("third@example.org", "fine")
    assert Letter.objects.filter(kind="security").count() == 1
    assert client.post(address, {"email": "third@example.org"}).status_code == 422
    assert client.post(address, {"email": "no address"}).status_code == 422


def test_an_account_in_use_or_with_a_role_keeps_its_address(world, admin):
    used, holder = world.teachers[0], world.teachers[5]
    Person.objects.filter(pk=used.pk).update(last_login=AT)
    give(holder, Role.SCHOOL_LEADER, "school", world.schools[0].pk)
    client = sign_in(Client(), world.coordinator)
    refused = client.post(f"{page_of(used)}address/", {"email": "mine@example.org"})
    assert "Ask an administrator" in refused.text
    assert client.post(f"{page_of(holder)}address/", {"email": "m@example.org"}).status_code == 404
    other = make_world("AL").teachers[0]
    assert client.post(f"{page_of(other)}address/", {"email": "m@example.org"}).status_code == 404
    for person in (used, holder, other):
        before = person.email
        person.refresh_from_db()
        assert person.email == before
    above = sign_in(Client(), admin, second_step=True)
    assert above.post(f"{page_of(used)}address/", {"email": "new@example.org"}).status_code == 302


def test_the_helpdesk_tries_an_address_again_for_all_who_share_it(world):
    helper = give(make_person("Helper"), Role.HELPDESK)
    one, two = (make_person(name, email="s@example.org") for name in ("Ana A", "Ben B"))
    commands.mail_bounced(address="s@example.org")
    client = sign_in(Client(), helper)
    assert "Try this address again" in client.get(page_of(one)).text
    assert client.post(f"{page_of(one)}mail/again/").status_code == 302
    assert set(
        Person.objects.filter(email="s@example.org").values_list("mail_state", flat=True)
    ) == {"fine"}
    assert client.post(f"{page_of(two)}mail/again/").status_code == 404
    commands.mail_bounced(address="s@example.org")
    assert (
        sign_in(Client(), world.teachers[0]).post(f"{page_of(one)}mail/again/").status_code == 404
    )
    assert AuditEntry.objects.filter(action="mail_tried_again").count() == 1
