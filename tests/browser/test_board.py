"""The board and its neighbours in a browser: reach, width, both themes, without script."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from attendance.presence.models import ReportImport, SightingRow
from events.registration import commands as registration
from events.registration import links
from tests.browser import looking
from tests.factories.world import AT, make_event, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = [
    "Tihana Šimić-Đurđević", "Božo Kučan", "Željka Đurić", "Dženana Hadžić", "Krešimir Žižić",
    "Márton Őze", "Наташа Ѓорѓиевска", "Inês Gonçalves",
]  # fmt: skip
STAYS = [
    [("room", 2, 150)], [("online", 0, 47), ("online", 49, 150)],
    [("online", 0, 38), ("room", 55, 150)], [("room", 5, 150)], [("room", 0, 104)],
    [("online", 3, 22), ("online", 26, 61), ("online", 64, 93), ("online", 97, 150)],
    [("online", 31, 150)], [],
]  # fmt: skip


def sight(event, person, mode, first, last, **more):
    start = event.starts_at
    SightingRow.objects.create(
        event=event, part=event.parts.get(), person=person, mode=mode, recorded_at=event.ends_at,
        starts_at=start + timedelta(minutes=first), ends_at=start + timedelta(minutes=last),
        **{"evidence": "measured", "source": "door", **more},
    )  # fmt: skip


@pytest.fixture
def scene(live_server, sign_in, open_window, time_machine):
    world = make_world(teachers=len(NAMES))
    event = make_event(world, title="Mali koraci u STEM-u", language="hr")
    for person, name, stays in zip(world.teachers, NAMES, STAYS, strict=True):
        type(person).objects.filter(pk=person.pk).update(name=name)
        registration.register(
            event.pk, person_id=person.pk, way="room", by=world.actor(person), at=AT
        )
        for mode, first, last in stays:
            sight(event, person, mode, first, last)
    sight(
        event, world.teachers[4], "room", 0, 148, evidence="corrected", source="correction",
        reason="Seen at table 3", by=world.coordinator,
    )  # fmt: skip
    report = ReportImport.objects.create(
        event=event, part=event.parts.get(), sha256="0", file_name="report.csv", content=b"",
        state="taken", people=2, by=world.coordinator, at=event.ends_at,
    )  # fmt: skip
    for name, first, last in (("iPad od Marka", 1, 149), ("Guest 3", 32, 39)):
        sight(event, None, "online", first, last, report=report, seen_key=name, seen_name=name,
              source="report")  # fmt: skip
    time_machine.move_to(event.ends_at + timedelta(hours=1))

    def opened(path="", **wishes) -> looking.Visit:
        seen = open_window(**wishes)
        sign_in(seen, world.coordinator)
        seen.page.goto(f"{live_server.url}/attendance/{path}")
        return seen

    return world, event, opened


def shot(seen, name):
    """A picture of the page where KOLEGA_SHOTS names a folder for pictures."""
    if folder := os.environ.get("KOLEGA_SHOTS"):
        seen.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


PLACES = {
    "list": "", "board": "{event}/", "look": "{event}/?show=look",
    "correct": "{event}/?correct={person}", "person": "{event}/people/{corrected}/",
    "reports": "{event}/reports/", "name": "{event}/seen/{row}/", "print": "{event}/print/",
}  # fmt: skip


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_pages_of_attendance(scene, width, theme):
    world, event, opened = scene
    ids = {
        "event": event.pk, "person": world.teachers[6].pk, "corrected": world.teachers[4].pk,
        "row": SightingRow.objects.filter(person=None).first().pk,
    }  # fmt: skip
    seen = opened(width=width, theme=theme)
    root = seen.page.url
    for name, path in PLACES.items():
        seen.page.goto(root + path.format(**ids))
        shot(seen, f"attendance-{name}-{width}-{theme}")
        assert (name, looking.breaches(seen.page)) == (name, [])
        assert (name, looking.sideways(seen.page)) == (name, 0)


def test_the_board_is_light_on_the_first_visit(scene):
    _, event, opened = scene
    seen = opened(f"{event.pk}/")
    seen.page.wait_for_load_state("networkidle")
    assert seen.weight("stylesheet") <= looking.STYLES
    assert 0 < seen.weight() <= looking.FIRST_VISIT


def test_matching_correcting_and_closing_need_no_script(scene):
    _, event, opened = scene
    seen = opened(f"{event.pk}/", script=False)
    page = seen.page
    page.get_by_label("Who is iPad od Marka?").select_option(label="Inês Gonçalves, School HR 2")
    page.get_by_role("button", name=re.compile("Match.*iPad od Marka")).click()
    assert page.get_by_text("1 person online could not be matched").count() == 1
    page.get_by_role("link", name=re.compile("Correct.*Dženana Hadžić")).click()
    page.get_by_label("To", exact=True).fill("17:30")
    page.get_by_label("Why", exact=True).fill("Left with the bus")
    page.get_by_role("button", name="Save this time").click()
    assert page.get_by_text("65 minutes short").count() == 1
    page.get_by_role("button", name="Close and issue").click()
    assert page.get_by_role("heading", name="Close with open ends?").is_visible()
    assert page.get_by_text("1 person of a report is not matched").is_visible()
    page.get_by_role("button", name="Close and issue").click()
    event.refresh_from_db()
    assert event.state == "closed"
    assert page.get_by_text("is being counted").count() == 1


def test_the_board_prints_on_paper(scene):
    _, event, opened = scene
    seen = opened(f"{event.pk}/print/")
    seen.page.emulate_media(media="print")
    shot(seen, "attendance-print")
    assert not seen.page.locator(".noprint").first.is_visible()
    assert seen.page.locator("svg.tl").count() == len(NAMES)


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_wait_page(scene, live_server, time_machine, width, theme):
    world, event, opened = scene
    person = world.teachers[0]
    link = links.link_for(event_id=event.pk, person_id=person.pk, at=AT)
    page = f"{live_server.url}/j/{links.token_of(link)}/"
    seen = opened(width=width, theme=theme)
    for name, minutes, way in (("room", -60, "room"), ("early", -60, "online"), ("ended", 200, "")):
        if way:
            registration.register(
                event.pk, person_id=person.pk, way=way, by=world.actor(person), at=AT
            )
        time_machine.move_to(event.starts_at + timedelta(minutes=minutes))
        seen.page.goto(page)
        shot(seen, f"join-{name}-{width}-{theme}")
        assert (name, looking.breaches(seen.page)) == (name, [])
        assert (name, looking.sideways(seen.page)) == (name, 0)


def test_the_wait_page_leads_into_the_meeting_by_itself(scene, live_server, time_machine):
    world, event, opened = scene
    person = world.teachers[0]
    registration.register(
        event.pk, person_id=person.pk, way="online", by=world.actor(person), at=AT
    )
    event.parts.update(join_url=f"{live_server.url}/about/help/")
    link = links.link_for(event_id=event.pk, person_id=person.pk, at=AT)
    time_machine.move_to(event.starts_at)
    seen = opened(script=False)
    seen.page.goto(f"{live_server.url}/j/{links.token_of(link)}/")
    seen.page.wait_for_url("**/about/help/", timeout=20000)
