"""A yes to a calendar, and what a coordinator sees of it, for everybody and without JavaScript."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from events.availability import commands, queries, rules
from events.availability.models import BusyConsent
from events.kernel import clock
from events.kernel.spans import Span
from integrations.accounts.models import Account
from tests.browser import looking
from tests.factories.world import make_world
from tests.integrations.accounts.making import connected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Calendars of the schools of Primorje-Gorski Kotar County"


def looked_at(seen, name):
    for width in looking.WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 900})
        assert looking.sideways(seen.page) == 0
        assert looking.breaches(seen.page) == []
        if folder := os.environ.get("PICTURES"):
            seen.page.screenshot(path=Path(folder) / f"busy-{name}-{width}.png", full_page=True)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def accounts(world):
    """Three calendars of the country, so that each state of a yes is on one page."""
    more = {"scope": "country", "scope_id": world.country.pk, "provider": "google"}
    return [
        connected(
            name=f"{LONG} {number}", calendar=f"c{number}@example.org", subject="a@example.org",
            secrets={"service_account": "{}"}, owner=world.coordinator, **more,
        )
        for number in range(3)
    ]  # fmt: skip


def told(source_id, *, at):
    ids = [one.consent_id for one in queries.to_ask(source_id)]
    within = Span(at, at + rules.AHEAD)
    busy = {key: [(at, at + timedelta(days=14))] for key in ids}
    commands.keep(busy, within=within, at=at)


def test_a_teacher_says_yes_and_takes_it_back(live_server, open_window, sign_in, world, accounts):
    seen = open_window(width=looking.PHONE, script=False)
    teacher = world.teachers[0]
    sign_in(seen, teacher)
    seen.page.goto(f"{live_server.url}/me/data/")
    seen.page.get_by_role("link", name="Say yes or no").click()
    for number in (0, 1):
        seen.page.get_by_role("button", name=f"Yes, ask {LONG} {number}").click()
        expect(seen.page.get_by_text("Your yes is kept.")).to_be_visible()
    told(accounts[0].pk, at=clock.now())
    Account.objects.filter(pk=accounts[1].pk).update(state="off")
    seen.page.reload()
    for sentence in ("Last told:", "cannot be asked about you any more", "You have not said yes."):
        assert seen.page.get_by_text(sentence).count(), sentence
    other = open_window(width=looking.DESK)
    sign_in(other, teacher)
    other.page.goto(f"{live_server.url}/me/busy-times/")
    looked_at(other, "mine")
    seen.page.get_by_role("button", name=f"Take my yes back: {LONG} 0").click()
    expect(seen.page.get_by_text("Your yes is taken back")).to_be_visible()
    assert BusyConsent.objects.filter(withdrawn_at=None).count() == 1


def test_a_coordinator_sees_numbers(live_server, open_window, sign_in, world, accounts):
    at = clock.now()
    for teacher in world.teachers[:4]:
        commands.agree(accounts[0].pk, by=world.actor(teacher, at), at=at)
    told(accounts[0].pk, at=at)
    commands.agree(accounts[0].pk, by=world.actor(world.teachers[4], at), at=at)
    seen = open_window(width=looking.PHONE)
    sign_in(seen, world.coordinator)
    seen.page.goto(f"{live_server.url}/plan/new/")
    assert seen.page.get_by_text("By their calendars: 0 free, 4 busy, 3 unknown.").count() == 2
    assert seen.page.get_by_text("By their calendars: 4 free, 0 busy, 3 unknown.").count() == 1
    assert seen.page.get_by_text("Calendars are being asked now.").count() == 1
    assert seen.page.get_by_text(world.teachers[0].name).count() == 0
    looked_at(seen, "plan")


def test_without_a_calendar_the_page_says_so(live_server, open_window, sign_in, world):
    seen = open_window(width=looking.PHONE, theme="dark")
    sign_in(seen, world.teachers[0])
    seen.page.goto(f"{live_server.url}/me/busy-times/")
    assert seen.page.get_by_text("there is nothing to agree to").count() == 1
    looked_at(seen, "none")
