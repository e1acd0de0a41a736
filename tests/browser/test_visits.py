"""Parts, families and visits in a real browser, on a phone and at a desk."""

from datetime import datetime

import pytest
import time_machine

from events.programme import families, parts
from events.programme.families import FamilyWish
from events.programme.models import Event
from events.registration import commands as registration
from events.visits import commands as visits
from tests.browser import looking
from tests.factories.world import AT, make_world, wish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def world():
    made = make_world()
    by, (host, near, far, *_rest) = made.actor(made.coordinator), made.schools
    event = visits.plan_visit(
        wish(
            made, kind="exchange-visit", title="Open doors", audience="schools", mode="room",
            minutes=240, starts=datetime(2026, 11, 26, 9, 0), join_url="", host_school_id=host.pk,
        ),
        visiting={near.pk: 4, far.pk: None},
        days=[parts.PartWish(datetime(2026, 11, 27, 9, 0), "Europe/Zagreb", 240, "room")],
        publish=True, by=by, at=AT,
    )  # fmt: skip
    teacher = next(one for one in made.teachers if made.actor(one).home_schools == {near.pk})
    registration.register(event.pk, person_id=teacher.pk, way="room", by=made.actor(teacher), at=AT)
    family = families.found(
        FamilyWish("tour", "Round trip", made.country.pk, "en", cluster_id=made.cluster.pk),
        by=by, at=AT,
    )  # fmt: skip
    families.join(event.pk, family.pk, by=by, at=AT)
    return made


def addresses():
    event = Event.objects.select_related("family").get(title="Open doors")
    part = event.parts.order_by("order")[1]
    yield from (f"/events/{event.slug}/", f"/families/{event.family.slug}/", "/plan/families/new/")
    yield from (f"/plan/{event.pk}/parts/", f"/plan/{event.pk}/parts/{part.pk}/")
    yield from (f"/plan/{event.pk}/order/?part={part.pk}", f"/plan/{event.pk}/schools/")
    yield from (f"/host/{event.pk}/", f"/events/{event.slug}/colleagues/")
    yield from (f"/attendance/{event.pk}/list/",)


@pytest.fixture
def signed_in(open_window, sign_in, world):
    def opener(**wishes):
        seen = open_window(**wishes)
        sign_in(seen, world.coordinator)
        return seen

    return opener


@pytest.mark.parametrize(("width", "theme"), [(looking.PHONE, "dark"), (looking.DESK, "light")])
def test_everybody_can_use_the_pages(live_server, signed_in, width, theme):
    seen = signed_in(width=width, theme=theme)
    for address in addresses():
        answer = seen.page.goto(live_server.url + address)
        assert answer.status == 200, address
        assert looking.breaches(seen.page) == [], address
        assert looking.sideways(seen.page) <= 0, address


def test_schools_are_chosen_without_a_script_on_a_phone(live_server, signed_in, world):
    seen = signed_in(width=looking.PHONE, script=False)
    event = Event.objects.get(title="Open doors")
    seen.page.goto(f"{live_server.url}/plan/{event.pk}/schools/")
    seen.page.get_by_label("School HR 3", exact=False).first.check()
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name="Save the schools").click()
    event.refresh_from_db()
    assert world.schools[3].pk in event.visitors
