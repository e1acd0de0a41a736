"""Pages of connections say what is so: a failed self-test, who said what, what can never work."""

import json
import socket

import pytest
import requests
from django.urls import reverse

from events.kernel.actors import Role
from integrations.accounts import commands, credentialforms, forms, health, testing
from integrations.accounts.models import Account
from integrations.accounts.refusals import AccountThere, MailboxThere, ServerThere
from integrations.ports import Denied, Finding, is_unknown_host
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_person
from tests.integrations.accounts.making import connected
from tests.matrix.places import give

pytestmark = pytest.mark.django_db
GUID = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
NO_KEY = "This is no private key that can be read."
PEM = "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----"
AWAY = Finding("calendar", went=False, code="host_unknown", said="ConnectionError")


@pytest.fixture
def administrator(client):
    person = make_person("Runs Everything")
    give(person, Role.ADMINISTRATOR, "world", 0)
    sign_in(client, person, second_step=True)
    return person


def get(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_a_failed_self_test_is_said_and_counted_everywhere(client, administrator):
    account = connected(administrator)
    assert "Nothing waits for you" not in get(client, "system")  # no backup was made
    testing.keep(account.pk, [AWAY], at=AT)
    account.refresh_from_db()
    assert (account.state, account.trouble) == ("new", "")
    for page in (get(client, "connections"), get(client, "connection", account.pk)):
        assert "not tried yet" not in page
        assert "does not work" in page
        assert "The self-test failed on " in page
        assert "The server was not found. Check its address." in page.replace("</h2><p>", " ")
        assert "Nothing to do now" not in page
    assert "1 connection does not work." in get(client, "connections")
    operations = get(client, "system")
    assert "1 connection does not work." in operations
    assert "The self-test failed on " in operations


def test_a_later_good_call_ends_a_failed_self_test(client, administrator):
    account = connected(administrator)
    testing.keep(account.pk, [AWAY], at=AT)
    health.note_good(account.pk, at=AT.replace(hour=AT.hour + 1))
    page = get(client, "connections")
    assert "does not work" not in page
    assert "The self-test failed" not in page


def test_only_what_needs_nobody_lets_operations_say_that_nothing_waits(
    client, administrator, settings, tmp_path
):
    settings.KOLEGA_DATA = tmp_path
    page = get(client, "system")
    assert "Nothing waits for you." not in page
    assert page.count("No backup was made here yet.") == 2
    (tmp_path / "last-backup").write_text("2999-01-01T00:00:00+00:00")
    assert "Nothing waits for you." in get(client, "system")
    commands.note_trouble(connected(administrator).pk, Denied("secret_expired"), at=AT)
    page = get(client, "system")
    assert "Nothing waits for you." not in page
    assert "1 connection does not work." in page


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("unreachable", "ConnectionError", False),
        ("address_refused", "another host", False),
        ("unreachable", "sign-in", False),
        ("forbidden", "403 Forbidden", True),
    ],
)
def test_only_words_from_the_wire_are_put_in_its_mouth(client, administrator, code, text, shown):
    account = connected(administrator)
    testing.keep(account.pk, [Finding("calendar", went=False, code=code, said=text)], at=AT)
    page = get(client, "connection", account.pk)
    assert (f"The provider said: {text}" in page) is shown
    assert ("The provider said" in page) is shown


def test_it_does_not_say_both_that_the_self_test_runs_and_never_ran(client, administrator):
    account = connected(administrator)
    assert "It has not run yet." in get(client, "connection", account.pk)
    client.post(reverse("connection_test", args=[account.pk]))
    page = get(client, "connection", account.pk)
    assert "The self-test is running." in page
    assert "It has not run yet." not in page


def test_a_second_server_is_told_what_is_true_and_the_address_is_shown(client, administrator):
    first = {"provider": "bigbluebutton", "calendar": "", "secrets": {"secret": "s"}}
    account = connected(administrator, options={"address": "https://one.example.org/"}, **first)
    with pytest.raises(ServerThere):
        connected(administrator, options={"address": "https://two.example.org/"}, **first)
    for page in (get(client, "connections"), get(client, "connection", account.pk)):
        assert "https://one.example.org/" in page
    sent = {"whose": "world:0", "address": "https://two.example.org/", "secret_secret": "s",
            "checksum": "sha256"}  # fmt: skip
    answer = client.post(reverse("connection_add", args=["bigbluebutton"]), sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "A server of this kind is connected here already." in said
    assert "This calendar is connected already" not in said


def test_a_mailbox_in_another_directory_is_not_called_the_same_calendar():
    def mailbox(tenant):
        return connected(
            provider="microsoft", calendar="a@example.org", secrets={"client_secret": "s"},
            options={"tenant": tenant, "client_id": GUID},
        )  # fmt: skip

    mailbox("one.example.org")
    with pytest.raises(MailboxThere):
        mailbox("two.example.org")
    with pytest.raises(AccountThere):
        mailbox("one.example.org")
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("provider", "field", "strict"),
    [("bigbluebutton", "address", False), ("caldav", "server", False), ("jitsi", "url", True)],
)
def test_an_address_without_tls_is_refused_first(settings, provider, field, strict):
    def faults(address):
        return str(forms.FORMS[provider]({field: address}).errors.get(field, ""))

    settings.KOLEGA_PRIVATE_SERVERS = False
    assert "Enter an https address." in faults("http://meet.example.org/")
    assert "Enter an https address." in faults(" HTTP://no host")
    assert faults("https://meet.example.org/") == ""
    settings.KOLEGA_PRIVATE_SERVERS = True
    assert ("Enter an https address." in faults("http://meet.example.org/")) is strict


@pytest.mark.parametrize(
    ("calendar", "fits"),
    [
        ("https://dav.example.org/cal/", True),
        ("/cal/events/", True),
        ("https://DAV.example.org/cal/", True),
        ("https://other.example.org/cal/", False),
        ("//other.example.org/cal/", False),
        ("http://dav.example.org/cal/", False),
    ],
)
def test_a_calendar_on_another_host_is_refused_in_the_form(calendar, fits):
    form = forms.CalDavDetails({"server": "https://dav.example.org/", "calendar": calendar})
    assert form.is_valid() is fits
    assert ("on the same server" in str(form.errors)) is not fits


@pytest.mark.parametrize(
    ("tenant", "client_id", "wrong"),
    [
        (GUID, GUID, set()),
        ("school.example.org", GUID.upper(), set()),
        ("contoso", GUID, {"tenant"}),
        ("https://school.example.org/", GUID, {"tenant"}),
        (GUID, "kolega", {"client_id"}),
        (GUID, f"{GUID}x", {"client_id"}),
        (f"{GUID}\nx", "school.example.org", {"tenant", "client_id"}),
    ],
)
def test_ids_of_microsoft_have_their_form(tenant, client_id, wrong):
    sent = {"tenant": tenant, "client_id": client_id, "calendar": "a@example.org"}
    assert set(forms.MicrosoftDetails(sent).errors) == wrong


def test_a_private_key_nobody_can_read_is_refused_in_the_form():
    google = {"client_email": "a@example.org", "private_key": PEM, "private_key_id": "k"}
    for form in (
        credentialforms.GoogleCredentials({"secret_service_account": json.dumps(google)}),
        credentialforms.MicrosoftCredentials(
            {"secret_private_key": PEM, "secret_certificate": PEM}
        ),
        credentialforms.JitsiCredentials({"secret_secret": PEM}),
    ):
        assert NO_KEY in str(form.errors)
    assert credentialforms.JitsiCredentials({"secret_secret": "a shared secret"}).is_valid()


def test_a_user_name_can_be_read_while_it_is_typed():
    drawn = str(credentialforms.CalDavCredentials({"secret_user": "ana"})["secret_user"])
    assert 'type="text"' in drawn
    assert "ana" not in drawn


def test_helps_of_forms_hold_no_marks():
    fields = [
        field
        for offered in (*forms.FORMS.values(), *credentialforms.FORMS.values())
        for field in offered().fields.values()
    ]
    assert len(fields) > 20
    assert [str(one.help_text) for one in fields if "`" in str(one.help_text)] == []


def test_a_host_without_an_address_is_told_from_one_that_is_away():
    def met(cause):
        try:
            try:
                raise cause
            except OSError as error:
                raise requests.ConnectionError from error
        except requests.ConnectionError as error:
            return error

    assert is_unknown_host(met(socket.gaierror(-2, "not known")))
    assert not is_unknown_host(met(ConnectionRefusedError()))
