"""Switching an account off: its entries stay over there, or are removed first, in its lane."""

from datetime import timedelta

import pytest
from django.urls import reverse

from integrations.accounts.models import Account
from integrations.sync import commands, tasks
from integrations.sync.models import Link, Question
from tests.api.calls import Caller
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT
from tests.integrations.failures.conftest import (  # noqa: F401  pytest finds fixtures by their names
    far,
    google,
    microsoft,
    stage,
)

pytestmark = pytest.mark.django_db


def off(stage, account, **sent):  # noqa: F811  the fixture
    """The form is sent; no call may be made meanwhile."""
    calls = [len(one.diary) for one in stage.fars.values()]
    with stands_at(stage.now):
        stage.client.force_login(stage.world.coordinator)
        answer = stage.client.post(reverse("connection_off", args=[account.pk]), sent)
    assert [len(one.diary) for one in stage.fars.values()] == calls
    assert answer.status_code == 302
    account.refresh_from_db()
    return account


def account_of(stage):  # noqa: F811  the fixture
    return Account.objects.get(pk=stage.link().account_id)


def test_entries_stay_unless_something_else_is_chosen(stage, far):  # noqa: F811  fixtures
    event = stage.event()
    page = stage.page(reverse("connection_off", args=[account_of(stage).pk]))
    assert 'value="leave" id="id_entries_0" checked' in page
    account = off(stage, account_of(stage), entries="leave")
    assert (account.state, account.sealed, account.leaving_at) == ("off", None, None)
    stage.work(60)
    assert len(stage.standing()) == 1
    assert stage.asked(far, "DELETE") == []
    assert stage.part(event).join_url


def test_entries_are_removed_first_and_then_it_is_off(stage, far):  # noqa: F811  fixtures
    event = stage.event()
    account = off(stage, account_of(stage), entries="remove")
    assert (account.state, bool(account.sealed), account.leaving_at) == ("fine", True, stage.now)
    assert "is being switched off" in stage.page("/connections/")
    stage.work(1)
    account.refresh_from_db()
    assert stage.standing() == []
    assert (account.state, account.sealed, stage.link().state) == ("off", None, "removed")
    event.refresh_from_db()
    assert (event.state, Question.objects.count()) == ("published", 0)
    assert stage.part(event).join_url == ""
    with stands_at(stage.now):
        tasks.compare_wishes(at=stage.now)
    stage.work(60)
    assert stage.standing() == []


def test_a_program_lets_entries_be_removed_first(stage, far):  # noqa: F811  fixtures
    stage.event()
    account = account_of(stage)
    with stands_at(stage.now):
        caller = Caller(stage.world.coordinator)
        here = f"/connections/{account.pk}"
        seen = caller.get(here)
        assert seen.json()["leaving_at"] is None
        told = caller.post(f"{here}/clear", **{"If-Match": seen.headers["ETag"]})
    assert (told.status_code, told.json()["state"]) == (200, "fine")
    assert told.json()["leaving_at"] is not None
    stage.work(1)
    with stands_at(stage.now):
        assert caller.get(here).json()["state"] == "off"
    assert stage.standing() == []


def test_what_does_not_work_cannot_be_asked_to_remove(stage, far):  # noqa: F811  fixtures
    stage.event()
    account = account_of(stage)
    Account.objects.filter(pk=account.pk).update(state=Account.State.RECONNECT)
    with stands_at(stage.now):
        caller = Caller(stage.world.coordinator)
        here = f"/connections/{account.pk}"
        told = caller.post(f"{here}/clear", **{"If-Match": caller.get(here).headers["ETag"]})
    assert (told.status_code, told.json()["code"]) == (409, "account_broken")
    account.refresh_from_db()
    assert account.leaving_at is None


def test_it_works_until_the_last_entry_is_away(stage, far):  # noqa: F811  fixtures
    stage.event()
    stage.fars[far].faults.switch_on("server_error", "DELETE", times=5)
    account = off(stage, account_of(stage), entries="remove")
    stage.work(1)
    account.refresh_from_db()
    assert (account.state, len(stage.standing())) == ("fine", 1)
    for _ in range(8):
        stage.work(300)
    account.refresh_from_db()
    assert (account.state, stage.standing()) == ("off", [])


def test_it_can_be_ended_at_once_meanwhile(stage, far):  # noqa: F811  fixtures
    stage.event()
    stage.fars[far].faults.switch_on("server_error", "DELETE", times=99)
    account = off(stage, account_of(stage), entries="remove")
    stage.work(1)
    page = stage.page(reverse("connection_off", args=[account.pk]))
    assert "Its entries are being removed now." in page
    assert "entries_0" not in page
    account = off(stage, account)
    assert (account.state, account.sealed, account.leaving_at) == ("off", None, None)
    stage.work(3600)
    assert len(stage.standing()) == 1


def test_entries_of_events_that_are_over_stay(stage, far):  # noqa: F811  fixtures
    past = stage.event()
    stage.event(title="Coming", starts=stage.part(past).wall + timedelta(days=5))
    stage.now = stage.part(past).ends_at + timedelta(hours=1)
    stage.work(1)
    account = off(stage, Account.objects.get(), entries="remove")
    stage.work(1)
    account.refresh_from_db()
    assert (account.state, len(stage.standing())) == ("off", 1)
    assert stage.part(past).join_url


def test_what_was_taken_out_of_our_hands_stays(stage, far):  # noqa: F811  fixtures
    event = stage.event()
    with stands_at(stage.now):
        commands.leave_out(event.pk, by=stage.by, at=stage.now)
    account = off(stage, account_of(stage), entries="remove")
    stage.work(1)
    account.refresh_from_db()
    assert (account.state, len(stage.standing())) == ("off", 1)


def test_a_further_account_takes_the_event_over(stage, google, microsoft):  # noqa: F811  fixtures
    stage.google(google, scope="country")
    near = stage.microsoft(microsoft)
    event = stage.event()
    former = stage.part(event).join_url
    off(stage, near, entries="remove")
    stage.work(1)
    with stands_at(stage.now):
        tasks.compare_wishes(at=stage.now)
    for _ in range(3):
        stage.work(10)
    assert (stage.standing("microsoft"), len(stage.standing("google"))) == ([], 1)
    assert stage.part(event).join_url not in {"", former}
    assert Link.objects.exclude(state="removed").get().state == "ok"


def test_meanwhile_no_new_entry_is_made_there(stage, far):  # noqa: F811  fixtures
    stage.event()
    stage.fars[far].faults.switch_on("server_error", "DELETE", times=99)
    off(stage, account_of(stage), entries="remove")
    stage.event(title="Later", starts=AT.replace(tzinfo=None) + timedelta(days=9))
    assert Link.objects.count() == 1


def test_an_account_that_does_not_work_leaves_its_entries(stage, far):  # noqa: F811  fixtures
    stage.event()
    account = account_of(stage)
    Account.objects.update(state="reconnect", trouble="consent_revoked")
    page = stage.page(reverse("connection_off", args=[account.pk]))
    assert "entries_0" not in page
    assert "Entries over there stay as they are" in page
