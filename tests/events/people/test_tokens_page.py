"""The page of API tokens: shown once, listed, revoked, one's own only."""

import re

import pytest

from events.people.models import ApiToken
from tests.factories import world as factory
from tests.factories.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/me/data/tokens/"
WANTED = {"name": "Lesson board", "scopes": ["events:read"], "days": "90"}


@pytest.fixture
def person():
    return factory.make_person("Ana Horvat")


def test_a_token_is_shown_once_and_listed_by_its_beginning(client, person):
    page = sign_in(client, person).post(PAGE, WANTED, follow=True).content.decode()
    token = re.search(r'value="(kol_[^"]+)"', page)[1]
    later = client.get(PAGE).content.decode()
    assert token not in later
    assert token[:10] in later
    assert ApiToken.objects.get().scopes == ["events:read"]


def test_a_form_sent_again_makes_no_second_token(client, person):
    sent = WANTED | {"_once": "a"}
    first = sign_in(client, person).post(PAGE, sent)
    assert (first.status_code, first["Location"]) == (302, PAGE)
    held = next(iter(value for name, value in client.session.items() if name == "shown:token"))
    assert "kol_" not in str(held)
    assert client.post(PAGE, sent).status_code == 302
    assert ApiToken.objects.count() == 1
    assert 'value="kol_' in client.get(PAGE).content.decode()
    assert 'value="kol_' not in client.get(PAGE).content.decode()


def test_a_token_without_name_or_scope_is_not_made(client, person):
    answer = sign_in(client, person).post(PAGE, {"name": "", "days": "90"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_of_somebody_else_is_not_there(client, person):
    sign_in(client, person).post(PAGE, WANTED)
    row = ApiToken.objects.get()
    other = sign_in(client, factory.make_person("Ivo Babic"))
    assert "Lesson board" not in other.get(PAGE).content.decode()
    assert other.post(f"{PAGE}{row.pk}/revoke/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_a_token_is_revoked_by_its_owner(client, person):
    sign_in(client, person).post(PAGE, WANTED)
    row = ApiToken.objects.get()
    client.post(f"{PAGE}{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(PAGE).status_code == 302


def offered(page):
    return set(re.findall(r'name="scopes" value="([^"]+)"', page.content.decode()))


def test_only_what_the_roles_can_use_is_offered(client, person):
    world = factory.make_world()
    teacher = offered(sign_in(client, person).get(PAGE))
    assert {"events:read", "certificates:read", "registrations:write"} <= teacher
    assert teacher.isdisjoint({"events:write", "exports:read", "people:write", "system:write"})
    coordinator = offered(sign_in(client, world.coordinator).get(PAGE))
    assert {"events:write", "attendance:write"} <= coordinator
    assert "exports:read" not in coordinator
    refused = sign_in(client, person).post(PAGE, WANTED | {"scopes": ["exports:read"]})
    assert refused.status_code == 422
    assert not ApiToken.objects.exists()
