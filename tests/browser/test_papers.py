from datetime import date

import pytest

from attendance.certificates import commands
from attendance.exports import commands as exports
from events.networks import commands as networks
from tests.attendance.certificates.scenes import make_scene, officer_of, work
from tests.browser import looking
from tests.factories.world import AT, SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene():
    made = make_scene()
    commands.revoke(
        made.certificate(1).number, reason="issued_in_error", note="", by=made.by, at=made.after
    )
    return made


@pytest.fixture
def enter(open_window, sign_in):
    """Opens a window somebody is signed in to."""

    def opener(person, **wishes):
        seen = open_window(**wishes)
        sign_in(seen, person)
        return seen

    return opener


def look(seen, address):
    seen.page.goto(address, wait_until="networkidle")
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0
    assert seen.weight() <= looking.FIRST_VISIT
    seen.loads.clear()


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_check_pages(live_server, open_window, scene, width, theme):
    numbers = [row.number for row in commands.Certificate.objects.order_by("pk")]
    seen = open_window(width=width, theme=theme)
    for path in (
        "/v/",
        f"/v/{numbers[0]}/",
        f"/v/{numbers[1]}/",
        "/v/nonsense/",
        "/v/?number=7K4P",
    ):
        look(seen, live_server.url + path)
    assert seen.context.cookies() == []


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_papers(live_server, enter, scene, width, theme):
    seen = enter(scene.coordinator, width=width, theme=theme)
    look(seen, f"{live_server.url}/certificates/{scene.certificate().number}/")
    look(seen, f"{live_server.url}/attendance/{scene.event.pk}/certificates/")


@pytest.fixture
def ministry(scene, time_machine, settings):
    settings.SECOND_STEP = False
    time_machine.move_to(scene.after, tick=True)
    term = networks.add_term(
        country_id=scene.world.country.pk, name="Autumn 2026", starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 31), by=SYSTEM, at=AT,
    )  # fmt: skip
    officer = officer_of(scene.world)
    by = scene.world.actor(officer, scene.after)
    batch, _ = exports.freeze(term_id=term.pk, by=by, at=scene.after)
    work(scene.after)
    return officer, batch


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_my_learning(live_server, enter, scene, width, theme):
    seen = enter(scene.world.teachers[0], width=width, theme=theme)
    look(seen, f"{live_server.url}/me/")
    seen.page.get_by_label("From", exact=True).fill("2020-01-01")
    seen.page.get_by_label("To", exact=True).fill("2020-01-02")
    seen.page.get_by_role("button", name="Make the PDF").click()
    assert seen.page.get_by_text("Choose others.").first.is_visible()
    assert looking.breaches(seen.page) == []


@pytest.mark.parametrize("theme", looking.THEMES)
@pytest.mark.parametrize("width", looking.WIDTHS)
def test_everybody_can_use_the_ministry(live_server, enter, ministry, width, theme):
    officer, batch = ministry
    seen = enter(officer, width=width, theme=theme)
    look(seen, f"{live_server.url}/ministry/")
    look(seen, f"{live_server.url}/ministry/batches/{batch.pk}/")


def test_a_number_is_checked_without_script(live_server, open_window, scene):
    seen = open_window(script=False, width=looking.PHONE)
    seen.page.goto(live_server.url + "/v/")
    seen.page.get_by_label("Certificate number").fill("7k4p")
    seen.page.get_by_role("button", name="Check").click()
    assert seen.page.get_by_text("You typed 4.").count() == 2
    seen.page.get_by_label("Certificate number").fill(scene.certificate().number.lower())
    seen.page.get_by_role("button", name="Check").click()
    assert "in force" in seen.page.locator("h1").inner_text()
