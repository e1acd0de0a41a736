"""How accounts fare over time: who is told what, and how often."""

from datetime import timedelta

import pytest

from events.backstage.models import AuditEntry, Letter
from events.kernel.actors import Role
from integrations.accounts import commands, watching
from integrations.accounts.models import Account
from integrations.ports import Denied
from tests.factories.world import AT, SYSTEM, make_person
from tests.integrations.accounts.making import CALDAV, connected
from tests.matrix.places import give

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EXPIRED, FORBIDDEN = Denied("secret_expired", "AADSTS7000222"), Denied("forbidden")


@pytest.fixture
def owner():
    return make_person("Owner")


@pytest.fixture
def administrator():
    person = make_person("Administrator")
    give(person, Role.ADMINISTRATOR, "world", 0)
    return person


def told(kind="connection-broken"):
    """Who was written to, in order."""
    return list(Letter.objects.filter(kind=kind).order_by("pk").values_list("to_name", flat=True))


def fresh(account):
    return Account.objects.get(pk=account.pk)


def test_one_letter_per_outage_however_often_it_is_noted(owner):
    account = connected(owner)
    for minute in range(30):
        commands.note_trouble(account.pk, EXPIRED, at=AT + minute * MINUTE)
        watching.look_after(at=AT + minute * MINUTE)
    assert told() == ["Owner"]
    account = fresh(account)
    assert (account.state, account.trouble, account.trouble_since) == (
        "reconnect",
        "secret_expired",
        AT,
    )
    assert AuditEntry.objects.filter(action="account_broke").count() == 1


def test_administrators_hear_of_it_after_an_hour_if_it_is_still_so(owner, administrator):
    account = connected(owner)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    watching.look_after(at=AT + 59 * MINUTE)
    assert told() == ["Owner"]
    for minute in (60, 70, 300):
        watching.look_after(at=AT + minute * MINUTE)
    assert told() == ["Owner", "Administrator"]


def test_administrators_hear_nothing_of_a_short_outage(owner, administrator):
    account = connected(owner)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    commands.note_good(account.pk, at=AT + 50 * MINUTE)
    watching.look_after(at=AT + 61 * MINUTE)
    assert told() == ["Owner"]
    assert told("connection-back") == ["Owner"]


def test_everybody_who_heard_of_it_hears_that_it_is_over_once(owner, administrator):
    account = connected(owner)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    watching.look_after(at=AT + 2 * HOUR)
    for hour in (3, 4):
        commands.note_good(account.pk, at=AT + hour * HOUR)
    assert told("connection-back") == ["Owner", "Administrator"]
    account = fresh(account)
    assert (account.state, account.trouble, account.good_at) == ("fine", "", AT + 4 * HOUR)


def test_an_administrator_who_owns_the_account_is_told_once(administrator):
    account = connected(administrator)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    watching.look_after(at=AT + 2 * HOUR)
    commands.note_good(account.pk, at=AT + 3 * HOUR)
    assert (told(), told("connection-back")) == (["Administrator"], ["Administrator"])


def test_another_trouble_changes_the_words_and_not_the_beginning(owner):
    account = connected(owner)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    commands.note_trouble(account.pk, FORBIDDEN, at=AT + HOUR)
    account = fresh(account)
    assert (account.state, account.trouble, account.trouble_since) == ("troubled", "forbidden", AT)
    assert told() == ["Owner"]


def test_failing_by_turns_does_not_fill_the_mailbox(owner):
    account = connected(owner)
    for minute in range(0, 300, 2):
        commands.note_trouble(account.pk, FORBIDDEN, at=AT + minute * MINUTE)
        watching.look_after(at=AT + minute * MINUTE)
        commands.note_good(account.pk, at=AT + (minute + 1) * MINUTE)
    assert told() == ["Owner"]
    assert told("connection-back") == ["Owner"]
    commands.note_trouble(account.pk, FORBIDDEN, at=AT + 301 * MINUTE)
    assert told() == ["Owner"]
    watching.look_after(at=AT + 7 * HOUR)
    assert told() == ["Owner", "Owner"]


def test_new_credentials_are_tried_and_refused_ones_stop_again(owner):
    account = connected(owner)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    commands.replace_credentials(account.pk, secrets=CALDAV, ends_at=None, by=SYSTEM, at=AT)
    assert fresh(account).state == "troubled"
    commands.note_trouble(account.pk, EXPIRED, at=AT + MINUTE)
    assert fresh(account).state == "reconnect"
    assert told() == ["Owner"]


def test_a_day_without_an_answer_is_a_trouble_told_once(owner):
    account = connected(owner)
    commands.note_good(account.pk, at=AT)
    watching.look_after(at=AT + DAY - MINUTE)
    assert fresh(account).state == "fine"
    for hour in (24, 25, 49):
        watching.look_after(at=AT + hour * HOUR)
    account = fresh(account)
    assert (account.state, account.trouble, account.trouble_since) == ("troubled", "silent", AT)
    assert told() == ["Owner"]
    commands.note_good(account.pk, at=AT + 50 * HOUR, synced=False)
    assert fresh(account).trouble == "silent"
    commands.note_good(account.pk, at=AT + 51 * HOUR)
    assert fresh(account).trouble == ""


def test_a_meeting_server_may_be_silent(owner):
    account = connected(owner, provider="bigbluebutton", calendar="")
    watching.look_after(at=AT + 9 * DAY)
    assert fresh(account).trouble == ""


def test_the_end_of_credentials_is_told_thirty_days_before_and_once(owner, administrator):
    account = connected(owner, credentials_end_at=AT + 31 * DAY, provider="bigbluebutton")
    watching.look_after(at=AT)
    assert told("connection-ending") == []
    for day in (1, 2, 30, 40):
        watching.look_after(at=AT + day * DAY)
    assert told("connection-ending") == ["Owner", "Administrator"]
    assert fresh(account).warned_at == AT + DAY
    commands.replace_credentials(
        account.pk, secrets=CALDAV, ends_at=AT + 90 * DAY, by=SYSTEM, at=AT + 40 * DAY
    )
    watching.look_after(at=AT + 61 * DAY)
    assert told("connection-ending") == ["Owner", "Administrator"] * 2


def test_a_switched_off_account_is_left_alone(owner):
    account = connected(owner, credentials_end_at=AT + DAY)
    commands.switch_off(account.pk, by=SYSTEM, at=AT)
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    commands.note_good(account.pk, at=AT)
    watching.look_after(at=AT + 9 * DAY)
    assert fresh(account).state == "off"
    assert not Letter.objects.exists()


def test_an_owner_nobody_reaches_leaves_it_to_the_administrators(administrator):
    account = connected(make_person("Silent Owner", email=""))
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    watching.look_after(at=AT + HOUR)
    assert told() == ["Administrator"]


def test_the_letter_says_what_to_do_and_where(owner):
    account = connected(owner, name="Calendar of the ministry")
    commands.note_trouble(account.pk, EXPIRED, at=AT)
    letter = Letter.objects.get()
    assert "Calendar of the ministry" in letter.subject
    assert "Make new credentials at the provider, then replace them here." in letter.text
    assert f"connections%2F{account.pk}%2F" in letter.text
    assert "Events and registrations stay as they are." in letter.text
