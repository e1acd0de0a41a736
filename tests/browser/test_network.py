"""The network's pages in a browser, for everybody."""

import os
from pathlib import Path

import pytest

from events.kernel.actors import Role
from events.people import commands as people
from tests.browser import looking
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = (
    "Name;E-mail;School code\nEva Novak;eva@example.org;HR-0\n;x@example.org;HR-0\n"
    "Somebody Else;teacher.hr.00@example.org;HR-0\nIvo Kos;ivo@example.org;XX-1\n"
)


@pytest.fixture
def world():
    made = make_world()
    make_event(made)
    return made


@pytest.fixture
def national(world):
    person = make_person("Nada Nacionalna")
    people.grant(
        person_id=person.pk, role=Role.NATIONAL_COORDINATOR, scope="country",
        scope_id=world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


@pytest.fixture
def enter(sign_in, national, world, time_machine):
    """Signs the national coordinator in, on the day the network was made."""
    time_machine.move_to(AT)

    def entering(seen):
        sign_in(seen, national)
        return world

    return entering


def held(seen, name, width, theme):
    """Everybody can use what stands there; with PICTURES set, a picture of it is kept."""
    assert looking.breaches(seen.page) == [], name
    assert looking.sideways(seen.page) == 0, name
    if folder := os.environ.get("PICTURES"):
        file = Path(folder) / f"network-{name}-{width}-{theme}.png"
        seen.page.screenshot(path=file, full_page=True)


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_look_after_the_network(live_server, open_window, enter, width, theme):
    seen = open_window(width=width, theme=theme)
    world = enter(seen)
    page, base = seen.page, live_server.url
    for name, path in {
        "network": "/network/",
        "terms": "/network/terms/HR/",
        "schools": "/network/schools/",
        "no-schools": "/network/schools/?q=nowhere",
        "school-add": "/network/schools/new/HR/",
        "school": f"/network/schools/{world.schools[0].pk}/",
        "cluster": f"/clusters/{world.cluster.slug}/",
        "cluster-edit": f"/clusters/{world.cluster.slug}/edit/",
        "take-over": "/network/import/people/",
    }.items():
        page.goto(base + path)
        held(seen, name, width, theme)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.get_by_label("File").set_input_files(file)
    steps.press(page, "Look at the list")
    held(seen, "preview", width, theme)
    page.get_by_label("Is it one person?").select_option("add")
    steps.press(page, "Import the list")
    held(seen, "list", width, theme)
    steps.press(page, "Take the import back")
    assert page.get_by_text("Taken back: 2 entries.").is_visible()
    page.goto(base + "/network/import/")
    held(seen, "lists", width, theme)
