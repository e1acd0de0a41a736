"""From a pasted invitation to counted people, without any account and without JavaScript."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from events.programme.models import Event
from events.registration import commands as registration
from tests.browser import looking
from tests.factories.world import AT, make_event, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INVITATION = """Ana Ananas is inviting you to a scheduled Zoom meeting.

Topic: Small steps
Time: Nov 26, 2026 04:30 PM Zagreb

Join Zoom Meeting
https://us02web.zoom.us/j/84012345678?pwd=QWxhZGRpbg.1

Meeting ID: 840 1234 5678
Passcode: 839201

Dial by your location
+385 1 555 0100 Croatia
"""
HEAD = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"
)
LINE = "{name},{email},11/26/2026 {start} PM,11/26/2026 {end} PM,{minutes},Yes,No"


def report(*people):
    lines = [
        LINE.format(name=name, email=email, start=start, end=end, minutes=minutes)
        for name, email, start, end, minutes in people
    ]
    return "\n".join([HEAD, *lines, ""]).encode()


def shot(page, name):
    if folder := os.environ.get("KOLEGA_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_from_the_pasted_invitation_to_counted_people(
    live_server, open_window, sign_in, time_machine
):
    time_machine.move_to(AT, tick=False)
    world = make_world()
    seen = open_window(width=looking.PHONE, script=False)
    page = seen.page
    sign_in(seen, world.coordinator)
    page.goto(f"{live_server.url}/plan/new/?kind=webinar")
    page.get_by_label("Title").fill("Small steps")
    page.get_by_role("radio", name="Another time, typed below").check()
    page.get_by_label("Date", exact=True).fill("2026-11-26")
    page.get_by_label("Start", exact=True).fill("16:30")
    page.get_by_role("radio", name="Online").check()
    page.get_by_label("Video link").fill(INVITATION)
    page.get_by_role("button", name="Publish and invite").click()
    assert page.get_by_role("link", name="Zoom meeting", exact=True).is_visible()
    assert page.get_by_text("+385 1 555 0100 · ID 840 1234 5678 · PIN 839201").is_visible()
    shot(page, "pasted-event-360")
    _attended(world, page, live_server, time_machine, lambda: sign_in(seen, world.coordinator))


def _attended(world, page, live_server, time_machine, sign_in_again):
    event = Event.objects.get()
    known = world.teachers[:2]
    for person in known:
        registration.register(
            event.pk, person_id=person.pk, way="online", by=world.actor(person), at=AT
        )
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    sign_in_again()
    page.goto(f"{live_server.url}/attendance/{event.pk}/")
    shot(page, "pasted-board-360")
    page.get_by_role("link", name="The attendance report of Zoom").click()
    assert page.get_by_role("heading", name="The attendance report of Zoom").is_visible()
    shot(page, "pasted-guide-360")
    page.go_back()
    page.get_by_label("Attendance reports").set_input_files([
        {"name": "first.csv", "mimeType": "text/csv", "buffer": report(
            (known[0].name, known[0].email, "04:30:00", "06:00:00", 90),
            ("iPad 7", "", "04:31:00", "05:00:00", 29))},
        {"name": "holiday.csv", "mimeType": "text/csv", "buffer": b"not,a,report\n1,2,3\n"},
        {"name": "second.csv", "mimeType": "text/csv", "buffer": report(
            (known[1].name, known[1].email, "04:30:00", "06:00:00", 90))},
    ])  # fmt: skip
    page.get_by_role("button", name="Read the reports").click()
    assert page.get_by_text("What became of your files").is_visible()
    assert page.get_by_text("Nothing of it was kept.").count() == 1
    shot(page, "pasted-outcomes-360")
    page.get_by_role("link", name="first.csv").first.click()
    page.get_by_role("button", name="Take over").first.click()
    assert page.get_by_text(
        "first.csv counts now. Matched: 1 of 2. You name the others on the board."
    ).is_visible()
    shot(page, "pasted-next-360")
    page.get_by_role("button", name="Take over").first.click()
    assert page.get_by_text("1 person online could not be matched").is_visible()
    assert page.get_by_label("Who is iPad 7?").is_visible()
    assert [row.name for row in known if page.get_by_role("link", name=row.name).count()] == [
        one.name for one in known
    ]
    shot(page, "pasted-counted-360")
    assert page.get_by_text("2 of 2 shown").is_visible()


LOOKS = [{"width": width, "theme": theme} for width in looking.WIDTHS for theme in looking.THEMES]


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_use_what_was_added(live_server, open_window, sign_in, time_machine, look):
    world = make_world()
    event = make_event(
        world, join_url="https://zoom.us/my/ana", dial_in="+385 1 555 0100 · PIN 839201"
    )
    make_event(world, title="At the same time", join_url="https://zoom.us/my/ana")
    time_machine.move_to(event.starts_at + timedelta(minutes=20), tick=False)
    seen = open_window(**look)
    sign_in(seen, world.coordinator)
    for path in (f"/events/{event.slug}/", f"/attendance/{event.pk}/",
                 f"/attendance/{event.pk}/reports/", "/help/reports/bigbluebutton/"):  # fmt: skip
        seen.page.goto(live_server.url + path)
        shot(seen.page, f"pasted{path.replace('/', '-')}{look['width']}-{look['theme']}")
        assert (path, looking.breaches(seen.page)) == (path, [])
        assert (path, looking.sideways(seen.page)) == (path, 0)
