"""The list, an event and the planner in a real browser."""

import re

import pytest
import time_machine

from events.programme.models import Event, Part, Slot
from events.registration import commands as registration
from tests.browser import looking
from tests.factories.world import AT, make_event, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def world():
    made = make_world()
    make_event(made, title="Mali koraci u STEM-u", language="hr", audience="public",
               places={"room": 40}, summary="Six short stories.")  # fmt: skip
    make_event(make_world("AL"), title="Vizitë shkëmbimi", language="sq", audience="public",
               kind="exchange-visit", mode="room")  # fmt: skip
    make_event(made, title="A draft", publish=False, join_url="")
    event = Event.objects.get(title__startswith="Mali")
    for teacher in made.teachers[:4]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=made.actor(teacher), at=AT
        )
    return made


@pytest.fixture
def signed_in(open_window, sign_in):
    def opener(person, **wishes):
        seen = open_window(**wishes)
        sign_in(seen, person)
        return seen

    return opener


def addresses(world):
    event = Event.objects.get(title__startswith="Mali")
    yield from ("/", "/?q=nothing+there", "/?past=1", f"/events/{event.slug}/")
    yield f"/events/{event.slug}/print/"
    yield from ("/plan/", "/plan/?view=agenda", "/plan/new/")
    yield from (f"/plan/{event.pk}/{deed}/" for deed in ("edit", "order", "cancel"))


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_pages(live_server, signed_in, world, width, theme):
    seen = signed_in(world.coordinator, width=width, theme=theme)
    for address in addresses(world):
        seen.page.goto(live_server.url + address)
        assert (address, looking.breaches(seen.page)) == (address, [])
        assert (address, looking.sideways(seen.page)) == (address, 0)


def test_four_times_larger_text_needs_no_sideways_scroll(live_server, open_window, sign_in, world):
    seen = open_window(width=320)
    sign_in(seen, world.coordinator)
    for address in addresses(world):
        seen.page.goto(live_server.url + address)
        assert (address, looking.sideways(seen.page)) == (address, 0)


def test_the_first_visit_is_light(live_server, open_window, sign_in, world):
    for address in addresses(world):
        seen = open_window()
        sign_in(seen, world.coordinator)
        seen.page.goto(live_server.url + address, wait_until="networkidle")
        assert 0 < seen.weight() <= looking.FIRST_VISIT
        assert seen.hosts() == {live_server.url.partition("//")[2]}
        assert (address, seen.weight("document") <= 14_000) == (address, True)


@pytest.mark.parametrize("script", [True, False])
def test_a_teachmeet_is_planned_in_six_actions(live_server, open_window, sign_in, world, script):
    seen = open_window(script=script)
    sign_in(seen, world.coordinator)
    page = seen.page
    page.goto(live_server.url + "/plan/")
    form = page.locator("#new form")
    form.get_by_label("TeachMeet").check()
    form.get_by_label("Title").fill("Čitamo zajedno")
    form.locator("input[name=when]").first.check()
    form.get_by_label("Both").check()
    assert form.locator("[name=host]").input_value() == str(world.schools[0].pk)
    form.get_by_role("button", name="Publish and invite").click()
    assert re.search(r"/events/citamo-zajedno-\w+/$", page.url)
    assert page.get_by_role("button", name="Undo").is_visible()
    page.get_by_role("button", name="Undo").click()
    event = Event.objects.get(title="Čitamo zajedno")
    assert event.state == "draft"
    assert "No mail has left" in page.locator(".msgs").inner_text()


def test_mistakes_are_read_first_and_lead_to_their_field(live_server, open_window, sign_in, world):
    seen = open_window()
    sign_in(seen, world.coordinator)
    page = seen.page
    page.goto(live_server.url + "/plan/new/")
    page.get_by_role("button", name="Publish and invite").click()
    assert page.title().startswith("Error: ")
    assert page.locator(".errsum").evaluate("e => e === document.activeElement")
    page.get_by_role("link", name="Enter a title.").click()
    assert page.locator("#id_title").evaluate("e => e === document.activeElement")
    assert looking.breaches(page) == []


def test_the_effects_stand_before_the_change(live_server, open_window, sign_in, world):
    event = Event.objects.get(title__startswith="Mali")
    seen = open_window(width=looking.PHONE)
    sign_in(seen, world.coordinator)
    page = seen.page
    page.goto(f"{live_server.url}/plan/{event.pk}/edit/")
    page.get_by_label("Start").fill("17:00")
    page.get_by_role("button", name="Save changes").click()
    assert "4 registered people get one mail" in page.locator("main").inner_text()
    assert looking.breaches(page) == []
    assert looking.sideways(page) == 0
    page.get_by_role("button", name="Save changes").click()
    assert Part.objects.get(event=event).starts_wall == "2026-11-26T17:00"


def test_slots_move_with_buttons_alone(live_server, open_window, sign_in, world):
    event = Event.objects.get(title__startswith="Mali")
    seen = open_window(width=looking.PHONE, script=False)
    sign_in(seen, world.coordinator)
    page = seen.page
    page.goto(f"{live_server.url}/plan/{event.pk}/order/")
    page.locator("#slot-1").get_by_label("Title").fill("Magnets")
    page.locator("#slot-1").get_by_label("Presenter").fill("Teacher HR 02")
    page.get_by_role("button", name="Move slot 2 up").click()
    assert page.locator("#slot-0").get_by_label("Title").input_value() == "Magnets"
    page.get_by_role("button", name="Save", exact=True).last.click()
    first = Slot.objects.filter(part__event=event).first()
    assert (first.title, first.presenter) == ("Magnets", world.teachers[2])


def test_a_search_can_be_mailed(live_server, open_window, world):
    seen = open_window(script=False)
    page = seen.page
    page.goto(live_server.url + "/")
    page.get_by_label("Search events").fill("vizite")
    page.get_by_role("button", name="Search").click()
    assert "q=vizite" in page.url
    assert page.locator(".ev").count() == 1
