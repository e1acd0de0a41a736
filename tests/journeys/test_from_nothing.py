"""From the empty database to the first certificate, in a browser."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from attendance.certificates.models import Certificate
from events.backstage import jobs, sweep
from events.backstage.models import Letter
from events.kernel import clock
from events.programme.models import Event
from tests.browser import looking
from tests.journeys import steps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=ZAGREB)
START = datetime(2026, 11, 26, 16, 30, tzinfo=ZAGREB)


@pytest.fixture
def at():
    """The clock of everybody; moving it is how days pass."""
    cache.clear()
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller
    cache.clear()


def work():
    """What the sweep and the worker do while nobody looks."""
    for _ in range(3):
        sweep.drain(at=clock.now())
        jobs.run_due(at=clock.now())


def newest_link(address: str, pattern: str) -> str:
    """The address of that shape in the newest mail that somebody received and that has one."""
    received = [one.content for one in mail.outbox if one.to_address == address]
    texts = (one.get_body(("plain",)).get_content() for one in reversed(received))
    found = (re.search(pattern, text) for text in texts)
    return next(match.group(0) for match in found if match)


def in_english(seen, base):
    """Her language is Croatian; a choice in the language menu goes before it."""
    seen.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    return seen.page


def sign_in_again(page, base, who):
    """Sessions end with the day; the mail is asked for on the sign-in page."""
    page.goto(f"{base}/sign-in/")
    page.get_by_label("E-mail").fill(who.email)
    steps.press(page, "Send me the mail")
    work()
    page.goto(newest_link(who.email, rf"{base}/sign-in/\S+"))
    steps.press(page, f"Sign in as {who.name}")


def plan_and_publish(page, base):
    page.goto(f"{base}/plan/new/")
    page.get_by_label("TeachMeet").check()
    page.get_by_label("Title").fill("Čitamo zajedno")
    page.get_by_label("Another time, typed below").check()
    page.locator("[name=day]").fill("2026-11-26")
    page.locator("[name=start]").fill("16:30")
    page.get_by_label("Both").check()
    page.get_by_label("Video link").fill("https://meet.example.org/citamo")
    steps.press(page, "Publish and invite")
    return Event.objects.get(title="Čitamo zajedno", starts_at=START)


def let_in(page, base, event):
    """The coordinator by the list, and a colleague whom nobody had registered."""
    page.goto(f"{base}/attendance/{event.pk}/list/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"Check in.*{steps.COORDINATOR.name}")).click()
    page.get_by_text("Somebody who is on no list").click()
    page.locator("[name=name]").fill("Željka Đurić")
    page.locator("[name=school]").select_option(label="OŠ Lipa")
    steps.press(page, "Add and check in")


def check_number(page, base, number):
    page.goto(f"{base}/v/")
    page.get_by_role("textbox").fill(number.replace("-", "").lower())
    steps.press(page, "Check")
    return page.locator("main").inner_text().replace("\u202f", " ").replace("\xa0", " ")


def test_from_an_empty_database_to_the_first_certificate(live_server, open_window, settings, at):
    base = settings.BASE_URL = live_server.url
    steps.set_up_everything(open_window().page, base)
    work()

    # The coordinator opens the mail on her own computer and plans a TeachMeet.
    hers = in_english(open_window(), base)
    hers.goto(newest_link(steps.COORDINATOR.email, rf"{base}/sign-in/\S+"))
    steps.press(hers, f"Sign in as {steps.COORDINATOR.name}")
    event = plan_and_publish(hers, base)
    at.shift(timedelta(seconds=11))
    work()

    # She is a teacher of her school, so the invitation reached her too: two taps register her.
    phone = in_english(open_window(width=looking.PHONE), base)
    phone.goto(newest_link(steps.COORDINATOR.email, rf"{base}/r/\S+way=room"))
    steps.press(phone, "Yes, register me for the room")
    work()
    receipt = Letter.objects.filter(to_address=steps.COORDINATOR.email).order_by("-pk").first()
    assert b"METHOD:REQUEST" in bytes(receipt.ics)

    # On the day people come; afterwards she looks through the board and closes.
    at.move_to(START - timedelta(minutes=5))
    sign_in_again(hers, base, steps.COORDINATOR)
    let_in(hers, base, event)
    at.move_to(START + timedelta(hours=3))
    work()
    hers.goto(f"{base}/attendance/{event.pk}/")
    for _asked in ("on the board", "once more: nobody handed in a report of the meeting"):
        with hers.expect_navigation():
            hers.get_by_role("button", name=re.compile("^Close and issue 2")).click()
    work()
    rows = Certificate.objects.filter(event_id=event.pk, state="issued")
    assert sorted(row.facts["holder_name"] for row in rows) == ["Maja Horvat", "Željka Đurić"]

    # Whoever is shown the paper checks its number.
    number = rows.get(facts__holder_name="Željka Đurić").number
    text = check_number(open_window(width=looking.PHONE).page, base, number)
    assert {"Željka Đurić", "150 of 150 minutes"} == {
        said for said in ("Željka Đurić", "150 of 150 minutes") if said in text
    }
