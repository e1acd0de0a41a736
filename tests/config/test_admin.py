"""Django's own pages show no secret of anybody, also not to an administrator."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client

from events.kernel.actors import Role
from events.people import commands
from tests.events.registration.mail import at
from tests.factories.sessions import sign_in, with_app
from tests.factories.world import AT, SYSTEM, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    person = make_person("Administrator One")
    commands.grant(
        person_id=person.pk, role=Role.ADMINISTRATOR, scope="world", scope_id=0, by=SYSTEM, at=AT
    )
    with at(AT):
        yield sign_in(Client(), person, second_step=True)


def every_page(client):
    """All of Django's pages one can reach from the first, with what they say."""
    left, seen = {"/admin/"}, {}
    while left:
        path = left.pop()
        answer = client.get(path, follow=True)
        seen[path] = answer.content.decode()
        links = {
            link.partition("?")[0] for link in re.findall(r'href="(/admin/[^"]*)"', seen[path])
        }
        left |= links - set(seen) - {"/admin/logout/"}
    return seen


def test_no_page_of_the_admin_shows_a_secret(clerk):
    somebody = make_person("Somebody Careful")
    secret = with_app(somebody)
    somebody.set_password("four small green boats")
    somebody.save()
    EmailAddress.objects.create(user=somebody, email=somebody.email, verified=True)
    Group.objects.create(name="A group")
    kept = [row.data for row in Authenticator.objects.filter(user=somebody)]
    secrets = {secret, somebody.password, *(str(v) for data in kept for v in data.values() if v)}
    pages = every_page(clerk)
    assert len(pages) > 4
    found = [(path, word) for path, said in pages.items() for word in secrets if word in said]
    assert found == []


def test_code_apps_have_no_page_there(clerk):
    somebody = make_person("Somebody Careful")
    with_app(somebody)
    number = Authenticator.objects.filter(user=somebody)[0].pk
    assert not admin.site.is_registered(Authenticator)
    for path in ("", "add/", f"{number}/change/", f"{number}/history/"):
        assert clerk.get(f"/admin/mfa/authenticator/{path}").status_code == 404
