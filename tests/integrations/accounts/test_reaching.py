"""Credentials go nowhere but where they were given for, whoever manages the account with us."""

import json

import pytest
from django.urls import reverse

from events.backstage.models import AuditEntry, Job, Once
from events.kernel.actors import Role
from integrations.accounts import commands, queries
from integrations.accounts.models import Account
from integrations.accounts.refusals import CredentialsStay
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_person
from tests.integrations.accounts.making import CALDAV, SECRET, connected
from tests.matrix.places import give

pytestmark = pytest.mark.django_db
HERE = "https://dav.example.org/"
STAY = "The credentials were given for another server or person. Enter the new ones too."
GUID = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
MINE = {"secret_user": "mine", "secret_password": "my-own"}


@pytest.fixture
def second(client):
    """Another manager of the scope than who connected the account."""
    person = make_person("Manages Too")
    give(person, Role.ADMINISTRATOR, "world", 0)
    sign_in(client, person, second_step=True)
    return person


def caldav(**more):
    return connected(options={"server": HERE}, calendar=f"{HERE}cal/", **more)


def post(client, account, sent):
    return client.post(reverse("connection_edit", args=[account.pk]), sent)


def unchanged(account):
    kept = Account.objects.get(pk=account.pk)
    fields = ("calendar", "subject", "options", "name")
    return [getattr(kept, one) for one in fields] == [getattr(account, one) for one in fields]


@pytest.mark.parametrize(
    "sent",
    [
        {
            "server": "https://elsewhere.example.net/",
            "calendar": "https://elsewhere.example.net/c/",
        },
        {"server": "https://elsewhere.example.net/", "calendar": "/cal/"},
        {"server": "https://dav.example.org:8443/", "calendar": "/cal/"},
        {"server": "https://dav.example.org.example.net/", "calendar": "/cal/"},
    ],
)
def test_a_password_does_not_follow_to_another_server(client, second, sent):
    account = caldav()
    answer = post(client, account, {"name": "New", **sent, "_once": "a"})
    assert answer.status_code == 422
    assert STAY in answer.content.decode()
    assert unchanged(account)
    assert not Job.objects.exists()


def test_a_calendar_on_another_host_is_refused_by_the_deed_itself():
    account = caldav()
    wish = commands.Wish(
        "caldav", "world", calendar="https://elsewhere.example.net/c/", options={"server": HERE}
    )
    with pytest.raises(CredentialsStay):
        commands.change(account.pk, wish=wish, by=SYSTEM, at=AT)
    assert unchanged(account)


def test_with_credentials_of_its_own_another_server_is_taken(client, second):
    account = caldav()
    sent = {"name": "New", "server": "https://elsewhere.example.net/", "calendar": "/cal/", **MINE}
    assert post(client, account, {**sent, "_once": "a"}).status_code == 302
    account.refresh_from_db()
    assert account.options == {"server": "https://elsewhere.example.net/"}
    assert queries.secrets_of(account) == {"user": "mine", "password": "my-own"}
    assert Job.objects.count() == 1
    deeds = AuditEntry.objects.filter(thing="account", thing_id=account.pk)
    assert {"account_changed", "account_credentials_replaced"} <= set(
        deeds.values_list("action", flat=True)
    )
    assert "my-own" not in str(list(Once.objects.values()))


def test_half_of_the_credentials_is_none_and_none_comes_back(client, second):
    account = caldav()
    answer = post(
        client, account,
        {"server": "https://elsewhere.example.net/", "calendar": "/c/", "secret_password": "my-own"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "my-own" not in answer.content.decode()
    assert unchanged(account)


def test_on_the_same_server_nothing_is_asked_for(client, second):
    account = caldav()
    page = client.get(reverse("connection_edit", args=[account.pk])).content.decode()
    assert "Left empty, the old ones stay." in page
    assert post(client, account, {"server": HERE, "calendar": "/other/"}).status_code == 302
    account.refresh_from_db()
    assert (account.calendar, queries.secrets_of(account)) == ("/other/", CALDAV)


@pytest.mark.parametrize(
    ("provider", "wished", "sent"),
    [
        ("google", {"subject": "a@example.org"}, {"subject": "head@example.org", "calendar": "c"}),
        (
            "microsoft", {"options": {"tenant": GUID, "client_id": GUID}},
            {"tenant": GUID, "client_id": GUID, "calendar": "head@example.org"},
        ),
        (
            "bigbluebutton", {"calendar": "", "options": {"address": "https://bbb.example.org/"}},
            {"address": "https://bbb.example.net/", "checksum": "sha256"},
        ),
        (
            "jitsi",
            {"calendar": "", "options": {"url": "https://meet.example.org/", "app_id": "k"}},
            {"url": "https://meet.example.net/", "app_id": "k"},
        ),
    ],
)  # fmt: skip
def test_other_secrets_and_delegated_keys_stay_too(client, second, provider, wished, sent):
    account = connected(provider=provider, **{"calendar": "c", **wished})
    answer = post(client, account, sent)
    assert answer.status_code == 422
    assert STAY in answer.content.decode()
    assert unchanged(account)


def test_renaming_a_google_account_asks_for_no_key(client, second):
    account = connected(provider="google", subject="A@example.org", calendar="c")
    sent = {"name": "Renamed", "subject": "a@example.org", "calendar": "c"}
    assert post(client, account, sent).status_code == 302


def test_the_own_google_account_has_no_key_to_ask_for(client):
    owner = make_person("Owns A Calendar")
    give(owner, Role.SCHOOL_COORDINATOR, "school", 1)
    sign_in(client, owner, second_step=True)
    account = connected(
        owner, provider="google", scope="person", scope_id=owner.pk, calendar="",
        secrets={"refresh_token": json.dumps(SECRET)},
    )  # fmt: skip
    page = client.get(reverse("connection_edit", args=[account.pk])).content.decode()
    assert "Left empty, the old ones stay." not in page
    assert post(client, account, {"name": "Mine"}).status_code == 302
