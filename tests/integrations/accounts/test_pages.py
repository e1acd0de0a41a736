"""Pages of connections over HTTP: adding, looking, testing, replacing, switching off."""

import json

import pytest
from django.urls import reverse

from events.backstage.models import Job, Once
from events.kernel.actors import Role
from integrations.accounts import commands, permissions, queries, testing, words
from integrations.accounts.models import Account
from integrations.ports import Denied, Finding
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_person, make_world
from tests.integrations.accounts.making import SECRET, connected
from tests.matrix.places import give

pytestmark = pytest.mark.django_db
CALDAV = {
    "whose": "world:0", "name": "Network", "server": "https://dav.example.org/",
    "calendar": "https://dav.example.org/cal/events/", "secret_user": "kolega",
    "secret_password": SECRET,
}  # fmt: skip


@pytest.fixture
def administrator(client):
    person = make_person("Runs Everything")
    give(person, Role.ADMINISTRATOR, "world", 0)
    sign_in(client, person, second_step=True)
    return person


def text(answer):
    return answer.content.decode()


def test_a_connection_is_added_and_tested_at_once(client, administrator):
    page = client.get(reverse("connection_add", args=["caldav"]))
    assert "Connect CalDAV" in text(page)
    answer = client.post(reverse("connection_add", args=["caldav"]), {**CALDAV, "_once": "a"})
    account = Account.objects.get()
    assert answer.url == reverse("connection", args=[account.pk])
    assert queries.secrets_of(account) == {"user": "kolega", "password": SECRET}
    assert (account.scope, account.options) == ("world", {"server": "https://dav.example.org/"})
    assert Job.objects.get().kind == testing.KIND
    again = client.post(reverse("connection_add", args=["caldav"]), {**CALDAV, "_once": "a"})
    assert (again.url, Account.objects.count()) == (answer.url, 1)
    assert SECRET not in str(list(Once.objects.values()))


def test_the_stored_digest_does_not_depend_on_the_secret(client, administrator):
    client.post(reverse("connection_add", args=["caldav"]), {**CALDAV, "_once": "a"})
    first = Once.objects.get().digest
    Account.objects.update(state="off")
    other = {**CALDAV, "secret_password": "another", "_once": "b"}
    client.post(reverse("connection_add", args=["caldav"]), other)
    assert set(Once.objects.values_list("digest", flat=True)) == {first}


@pytest.mark.parametrize(
    ("provider", "sent"),
    [
        ("caldav", {"secret_user": SECRET, "secret_password": SECRET}),
        ("google", {"secret_service_account": json.dumps({"private_key": SECRET})}),
        ("microsoft", {"secret_client_secret": SECRET, "secret_private_key": SECRET}),
        ("bigbluebutton", {"secret_secret": SECRET}),
    ],
)
def test_secrets_never_come_back_into_a_form(client, administrator, provider, sent):
    answer = client.post(reverse("connection_add", args=[provider]), sent)
    assert answer.status_code == 422
    assert SECRET not in text(answer)
    assert "Enter the credentials again" in text(answer)
    account = connected(administrator, provider=provider, calendar=provider)
    answer = client.post(
        reverse("connection_credentials", args=[account.pk]), {**sent, "ends_on": "x"}
    )
    assert answer.status_code == 422
    assert SECRET not in text(answer)


def test_the_same_calendar_is_refused_at_its_field(client, administrator):
    connected(administrator, calendar=CALDAV["calendar"])
    answer = client.post(reverse("connection_add", args=["caldav"]), CALDAV)
    assert answer.status_code == 422
    assert "This calendar is connected already" in text(answer)
    assert Account.objects.count() == 1


def test_the_health_page_says_each_check_and_what_to_do(client, administrator):
    account = connected(administrator)
    testing.keep(
        account.pk,
        [
            Finding("calendar", went=True),
            Finding("write", went=False, code="forbidden", said="403 Forbidden"),
            Finding("busy", went=False, code="busy_not_told"),
        ],
        at=AT,
    )
    page = text(client.get(reverse("connection", args=[account.pk])))
    assert "Open the calendar: <b>ok</b>" in page
    assert "Write an entry and take it away again: <b>does not work</b>" in page
    assert "Share the calendar with the account" in page
    assert "The provider said: 403 Forbidden" in page
    assert "Hear what changed in the calendar: <b>not known</b>" in page
    assert "busy times are shown as unknown" in page
    account.refresh_from_db()
    assert (account.state, account.trouble) == ("troubled", "forbidden")


def test_an_extra_that_fails_breaks_nothing(client, administrator):
    account = connected(administrator)
    testing.keep(
        account.pk,
        [Finding("calendar", went=True), Finding("busy", went=False, code="busy_not_told")],
        at=AT,
    )
    account.refresh_from_db()
    assert (account.state, account.trouble, account.good_at) == ("fine", "", None)


def test_a_line_remembers_since_when_it_is_so():
    account = connected()
    bad = Finding("calendar", went=False, code="calendar_missing")
    for hours in range(3):
        testing.keep(account.pk, [bad], at=AT.replace(hour=9 + hours))
    account.refresh_from_db()
    assert account.findings[0]["since"] == AT.isoformat()
    testing.keep(account.pk, [Finding("calendar", went=True)], at=AT.replace(hour=15))
    account.refresh_from_db()
    assert account.findings[0]["since"] == AT.replace(hour=15).isoformat()


def test_the_self_test_runs_as_a_job_and_says_it_does(client, administrator):
    account = connected(administrator, options={"server": "https://nowhere.invalid/"})
    page = reverse("connection", args=[account.pk])
    assert client.post(reverse("connection_test", args=[account.pk])).url == page
    waiting = client.get(page)
    assert "The self-test is running" in text(waiting)
    assert waiting.headers["Refresh"] == "3"
    assert Job.objects.count() == 1


def test_credentials_are_replaced_and_the_account_is_tried_again(client, administrator):
    account = connected(administrator)
    commands.note_trouble(account.pk, Denied("secret_wrong"), at=AT)
    sent = {"secret_user": "new", "secret_password": "other", "ends_on": "2027-05-01", "_once": "x"}
    client.post(reverse("connection_credentials", args=[account.pk]), sent)
    account.refresh_from_db()
    assert queries.secrets_of(account) == {"user": "new", "password": "other"}
    assert (account.state, account.trouble) == ("troubled", "secret_wrong")
    assert account.credentials_end_at.isoformat() == "2027-05-01T00:00:00+00:00"


def test_switching_off_is_asked_for_first(client, administrator):
    account = connected(administrator)
    asked = reverse("connection_off", args=[account.pk])
    assert "This cannot be undone" in text(client.get(asked))
    account.refresh_from_db()
    assert account.state == "new"
    assert client.post(asked).url == reverse("connections")
    account.refresh_from_db()
    assert (account.state, account.sealed) == ("off", None)
    assert client.post(asked).status_code == 409


def test_the_calendar_stays_once_entries_stand_in_it(client, administrator):
    account = connected(administrator, options={"server": "https://dav.example.org/"})
    edit = reverse("connection_edit", args=[account.pk])
    sent = {"name": "Renamed", "server": "https://dav.example.org/", "calendar": "typo mended"}
    assert client.post(edit, sent).status_code == 302
    commands.note_good(account.pk, at=AT)
    refused = client.post(edit, {**sent, "calendar": "another"})
    assert refused.status_code == 422
    assert "add the other calendar" in text(refused)
    account.refresh_from_db()
    assert (account.name, account.calendar) == ("Renamed", "typo mended")


def test_operations_show_a_line_per_broken_connection(client, administrator):
    account = connected(administrator, name="Broken one")
    commands.note_trouble(account.pk, Denied("secret_expired"), at=AT)
    page = text(client.get(reverse("system")))
    assert "Broken one" in page
    assert "The credentials have expired." in page
    commands.note_good(account.pk, at=AT)
    assert "The one connection works." in text(client.get(reverse("system")))


def test_whoever_plans_sees_what_serves_their_events_and_nothing_of_its_health(client):
    world, away = make_world(teachers=1), make_world("MK")
    found = connected(scope="country", scope_id=world.country.pk, name="Calendars of the ministry")
    connected(scope="country", scope_id=away.country.pk, name="Of another country")
    commands.note_trouble(found.pk, Denied("secret_expired"), at=AT)
    sign_in(client, world.coordinator)
    page = text(client.get(reverse("connections")))
    assert "Looked after by others" in page
    assert "Calendars of the ministry" in page
    assert "Of another country" not in page
    assert "The credentials have expired." not in page
    assert client.get(reverse("connection", args=[found.pk])).status_code == 404
    commands.switch_off(found.pk, by=SYSTEM, at=AT)
    assert "Looked after by others" not in text(client.get(reverse("connections")))


def test_a_teacher_has_no_connections(client):
    world = make_world(teachers=1)
    sign_in(client, world.teachers[0])
    assert client.get(reverse("connections")).status_code == 403
    assert client.get(reverse("connection", args=[connected().pk])).status_code == 404


@pytest.mark.parametrize(
    ("provider", "granted"), [("google", permissions.GOOGLE), ("microsoft", permissions.MICROSOFT)]
)
def test_guides_name_every_permission(client, provider, granted):
    page = text(client.get(reverse("connection_guide", args=[provider])))
    assert [one for one in granted if one not in page] == []


def test_a_self_test_belongs_to_its_own_account(client, administrator):
    first = connected(administrator)
    Account.objects.filter(pk=first.pk).update(id=1)
    Account.objects.filter(pk=connected(administrator, calendar="x").pk).update(id=12)
    client.post(reverse("connection_test", args=[12]))
    assert "The self-test is running" in text(client.get(reverse("connection", args=[12])))
    assert "The self-test is running" not in text(client.get(reverse("connection", args=[1])))


@pytest.mark.parametrize("state", ["fine", "off"])
@pytest.mark.parametrize("name", ["", "microsoft 365", "Calendar of the ministry"])
def test_a_connection_without_a_name_of_its_own_says_its_provider_once(
    client, administrator, state, name
):
    account = connected()
    Account.objects.update(provider="microsoft", name=name, state=state, calendar="")
    page = text(client.get(reverse("connections"))).partition("<main")[2]
    seen = page.replace(f">{name or 'Microsoft 365'}</a>", "", 1)
    assert seen != page
    assert ("Microsoft 365" in seen) is (name == "Calendar of the ministry")
    assert reverse("connection", args=[account.pk]) in page


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Zoom"), ("Zoom", "Zoom"), ("Talks", "Talks (Zoom)")],
)
def test_an_account_in_full_says_each_word_once(name, said):
    assert words.in_full(name, "zoom") == said
