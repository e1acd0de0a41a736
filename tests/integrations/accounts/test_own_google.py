"""One's own Google calendar by consent, against the simulated Google over HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.urls import reverse

from events.kernel.actors import Role
from integrations.accounts import calendars, commands, queries
from integrations.accounts.models import Account
from integrations.providers.google import auth
from integrations.simulators.google.server import PERSON, Google
from integrations.simulators.google.world import Book
from integrations.simulators.serving import running
from tests.contracts.peer import Sample
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_world
from tests.matrix.places import give

pytestmark = pytest.mark.django_db
OTHER = "somebody.else@elsewhere.example.org"


@pytest.fixture
def google(settings):
    auth.forget()
    with running(Google()) as simulator:
        settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = "client", "client-secret"
        settings.GOOGLE_ENDPOINTS = simulator.endpoints()
        settings.KOLEGA_SIMULATORS = True
        yield simulator
    assert simulator.broken == []


@pytest.fixture
def organiser(client):
    world = make_world(teachers=1)
    sign_in(client, world.coordinator)
    return world.coordinator


def to_google(client, google):
    """What somebody comes back with after the page at Google."""
    page = client.get(reverse("connection_own"))
    address = page.context["address"]
    assert address.replace("&", "&amp;") in page.content.decode()
    answer = requests.get(address, allow_redirects=False, timeout=5)
    given = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: one for name, [one] in given.items()}


def test_a_consent_becomes_an_account_for_the_own_events(client, google, organiser):
    answer = client.get(reverse("connection_back"), to_google(client, google))
    account = Account.objects.get()
    assert answer.url == reverse("connection", args=[account.pk])
    assert (account.provider, account.scope, account.scope_id) == ("google", "person", organiser.pk)
    assert set(queries.secrets_of(account)) == {"refresh_token", "client_id", "client_secret"}
    made = queries.adapter_of(account).calendar.put(Sample(1).entry(), known=None)
    assert made.remote_id


def test_a_second_consent_renews_the_same_account(client, google, organiser):
    for _ in range(2):
        answer = client.get(reverse("connection_back"), to_google(client, google))
        assert answer.url == reverse("connection", args=[Account.objects.get().pk])


def test_whoever_connects_anew_while_entries_are_being_removed_stays(client, google, organiser):
    client.get(reverse("connection_back"), to_google(client, google))
    account = Account.objects.get()
    commands.switch_off(account.pk, remove=True, by=SYSTEM, at=AT)
    client.get(reverse("connection_back"), to_google(client, google))
    account.refresh_from_db()
    assert (account.state != "off", account.leaving_at) == (True, None)


def as_another(google):
    """At Google, somebody signs in with another account."""
    google.consents.person = OTHER
    google.world.books[OTHER] = Book(OTHER)


def test_a_second_consent_by_another_google_account_is_refused(client, google, organiser):
    client.get(reverse("connection_back"), to_google(client, google))
    before = queries.secrets_of(Account.objects.get())
    as_another(google)
    answer = client.get(reverse("connection_back"), to_google(client, google), follow=True)
    said = f"This is another Google account. Choose {PERSON} at Google, or switch that"
    assert said in answer.content.decode()
    account = Account.objects.get()
    assert (account.calendar_id, queries.secrets_of(account)) == (PERSON, before)


def test_entries_are_handed_over_to_the_same_calendar_alone(client, google, organiser):
    """Switched off and connected anew: the ids of entries mean nothing in another calendar."""
    accounts = []
    for another in (False, False, True):
        if another:
            as_another(google)
        client.get(reverse("connection_back"), to_google(client, google))
        accounts.append(Account.objects.exclude(state="off").get())
        commands.switch_off(accounts[-1].pk, by=SYSTEM, at=AT)
    first, again, other = accounts
    assert calendars.same(first, again)
    assert not calendars.same(again, other)


def test_which_calendar_it_is_has_to_be_told(client, google, organiser):
    google.consents.unticked = {"calendar.calendars.readonly"}
    client.get(reverse("connection_back"), to_google(client, google))
    assert not Account.objects.exists()


@pytest.mark.parametrize("change", [{"state": "forged"}, {"state": ""}, {"state": "ž"}])
def test_a_code_without_the_state_of_the_session_connects_nothing(
    client, google, organiser, change
):
    back = to_google(client, google)
    answer = client.get(reverse("connection_back"), {**back, **change})
    assert answer.url == reverse("connection_own")
    assert client.get(reverse("connection_back"), back).url == reverse("connection_own")
    assert not Account.objects.exists()


def test_the_code_of_somebody_else_is_refused_by_their_verifier(client, google, organiser):
    stranger = to_google(client, google)
    own = to_google(client, google)
    client.get(reverse("connection_back"), {"state": own["state"], "code": stranger["code"]})
    assert not Account.objects.exists()


def test_a_no_at_google_connects_nothing_and_says_so(client, google, organiser):
    back = to_google(client, google)
    answer = client.get(
        reverse("connection_back"), {"state": back["state"], "error": "access_denied"}, follow=True
    )
    assert "Google gave no access. Nothing was connected." in answer.content.decode()
    assert not Account.objects.exists()


def test_a_consent_is_for_a_quarter_of_an_hour(client, google, organiser, time_machine):
    back = to_google(client, google)
    session = client.session
    session["google-consent"] = {**session["google-consent"], "until": 0}
    session.save()
    client.get(reverse("connection_back"), back)
    assert not Account.objects.exists()


def test_without_a_client_at_google_nothing_is_offered(client, settings, organiser):
    settings.GOOGLE_CLIENT_ID = ""
    give(organiser, Role.SCHOOL_COORDINATOR, "school", 1)
    assert "not registered at Google" in client.get(reverse("connection_own")).content.decode()
    assert (
        reverse("connection_own") not in client.get(reverse("connection_choose")).content.decode()
    )
    assert client.get(reverse("connection_back"), {"code": "x"}).url == reverse("connection_own")


def test_teachers_have_no_events_to_connect_for(client, google, organiser):
    world = make_world("RS", teachers=1)
    sign_in(client, world.teachers[0])
    assert client.get(reverse("connection_own")).status_code == 403
