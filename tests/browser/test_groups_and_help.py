"""Communities, the term, help with getting in and answers for several: reach, width, both themes."""

import os
from datetime import date
from pathlib import Path

import pytest

from events.kernel.actors import Role
from events.networks import commands as networks
from events.networks import communities
from events.people import commands as people
from events.registration import commands as registration
from tests.browser import looking
from tests.factories.sessions import with_app
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings, time_machine):
    found = make_world()
    communities.load()
    event = make_event(found)
    for person in found.teachers[:2]:
        registration.register(
            event.pk, person_id=person.pk, way="room", by=found.actor(person), at=AT
        )
    for name, first, last in (
        ("Autumn 2026", date(2026, 9, 7), date(2026, 12, 20)),
        ("Spring 2027", date(2027, 1, 11), date(2027, 6, 13)),
    ):
        networks.add_term(
            country_id=found.country.pk, name=name, starts_on=first, ends_on=last, by=SYSTEM, at=AT
        )
    people.grant(
        person_id=found.coordinator.pk, role=Role.ADMINISTRATOR, scope="world", by=SYSTEM, at=AT
    )
    people.mail_bounced(address=found.teachers[0].email)
    with_app(found.teachers[0])
    found.event = event
    settings.SECOND_STEP = False
    time_machine.move_to("2027-01-11T09:00:00Z")
    return found


PLACES = (
    "communities/", "communities/hr-biology/", "people/{handle}/", "people/{handle}/second-step/",
    "people/{handle}/address/", "me/data/", "plan/?view=term", "events/{slug}/",
)  # fmt: skip


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_these_pages(world, live_server, sign_in, open_window, width, theme):  # noqa: PLR0917  fixtures
    seen = open_window(width=width, theme=theme)
    sign_in(seen, world.coordinator)
    ids = {"handle": world.teachers[0].handle, "slug": world.event.slug}
    for number, path in enumerate(PLACES):
        seen.page.goto(f"{live_server.url}/{path.format(**ids)}")
        if folder := os.environ.get("KOLEGA_SHOTS"):
            name = f"more-{number}-{width}-{theme}.png"
            seen.page.screenshot(path=Path(folder) / name, full_page=True)
        assert seen.page.locator("h1").count() >= 1, path
        assert (path, looking.breaches(seen.page)) == (path, [])
        assert (path, looking.sideways(seen.page)) == (path, 0)
