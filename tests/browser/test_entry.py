"""Signing in, one's details, and people, in a real browser."""

import re

import pytest

from events.backstage.models import Letter
from events.kernel.actors import Role
from events.kernel.clock import now
from events.people import commands, signin
from tests.browser import looking
from tests.factories import world
from tests.factories.sessions import code_of, with_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(width, theme) for width in looking.WIDTHS for theme in looking.THEMES]


@pytest.fixture
def network():
    return world.make_world()


@pytest.fixture
def officer(network):
    person = world.make_person("Olga Officer")
    commands.grant(
        person_id=person.pk, role=Role.MINISTRY_OFFICER, scope="country",
        scope_id=network.country.pk, by=world.SYSTEM, at=world.AT,
    )  # fmt: skip
    person.network = network
    commands.grant(
        person_id=person.pk, role=Role.HELPDESK, scope="world", by=world.SYSTEM, at=world.AT
    )
    return person


def fits(seen):
    assert looking.breaches(seen.page) == []
    assert looking.sideways(seen.page) == 0


def visit(seen, address, *, status=200):
    assert seen.page.goto(address).status == status
    fits(seen)


def ticket(person):
    return signin.ask(person.email, next_path="/me/data/", at=now())


@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_everybody_can_use_the_pages_of_signing_in(live_server, open_window, network, width, theme):
    seen = open_window(width=width, theme=theme)
    for address in ("/sign-in/", "/account/login/", "/account/password/reset/"):
        visit(seen, live_server.url + address)
    visit(seen, live_server.url + "/sign-in/over/", status=410)
    visit(seen, f"{live_server.url}/sign-in/{ticket(network.teachers[0]).token}/")
    seen.page.get_by_role("button", name="Sign in as Teacher HR 00").click()
    assert seen.page.url == live_server.url + "/me/data/"
    visit(seen, live_server.url + "/sign-out/")


@pytest.mark.parametrize("size", SIZES)
def test_everybody_can_use_the_pages_about_people(live_server, open_window, sign_in, officer, size):
    network, seen = officer.network, open_window(width=size[0], theme=size[1])
    sign_in(seen, network.coordinator)
    teacher = network.teachers[0]
    grant = commands.grant(
        person_id=teacher.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=network.schools[0].pk, by=world.SYSTEM, at=world.AT,
    )  # fmt: skip
    role = f"/people/{teacher.handle}/roles/{grant.pk}/?q=teacher"
    for address in ("/me/data/", "/people/", "/people/add/", f"/people/{teacher.handle}/", role):
        visit(seen, live_server.url + address)
    sign_in(seen, officer)
    Letter.objects.create(
        purpose="x", message_id="<x@example.org>", kind="receipt", person=teacher, language="en",
        subject="A place is yours", text="Come", state="sent", created_at=world.AT,
    )  # fmt: skip
    for address in ("/sign-in/second-step/", f"/people/{teacher.handle}/"):
        visit(seen, live_server.url + address)


def test_somebody_signs_in_with_the_code_and_without_script(live_server, open_window, network):
    seen = open_window(width=looking.PHONE, script=False)
    seen.page.goto(live_server.url + "/sign-in/?next=/me/data/")
    seen.page.get_by_label("E-mail address").fill(network.teachers[0].email)
    seen.page.get_by_role("button", name="Send me the mail").click()
    assert seen.page.get_by_text("a mail is on its way").is_visible()
    code = re.search(r"\d{3} \d{3}", Letter.objects.get().text)[0]
    seen.page.get_by_label("Code from the mail").fill("1")
    seen.page.get_by_role("button", name="Sign in").click()
    assert seen.page.get_by_role("link", name="This code does not fit").count() == 0
    seen.page.get_by_label("Code from the mail").fill(code)
    seen.page.get_by_role("button", name="Sign in").click()
    assert seen.page.url == live_server.url + "/me/data/"


@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_an_officer_sets_up_the_second_step(live_server, open_window, officer, width, theme):
    seen = open_window(width=width, theme=theme)
    seen.page.goto(f"{live_server.url}/sign-in/{ticket(officer).token}/")
    seen.page.get_by_role("button", name="Sign in as Olga Officer").click()
    assert "/sign-in/second-step/" in seen.page.url
    seen.page.get_by_role("link", name="Go on").click()
    fits(seen)
    ground = seen.page.locator("svg.qrcode").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(255, 255, 255)"  # phones do not read dark pictures on a dark page
    secret = seen.page.locator("#authenticator_secret").input_value()
    seen.page.locator("#id_code").fill("1")
    seen.page.locator("main form button").first.click()
    fits(seen)
    seen.page.locator("#id_code").fill(code_of(secret))
    seen.page.locator("main form button").first.click()
    assert seen.page.url.endswith("/account/2fa/recovery-codes/")
    for address in ("recovery-codes/", "", "totp/deactivate/", "recovery-codes/generate/"):
        visit(seen, f"{live_server.url}/account/2fa/{address}")


@pytest.mark.parametrize(("width", "theme"), SIZES[::3])
def test_the_code_of_the_app_is_asked_for(live_server, open_window, officer, width, theme):
    secret = with_app(officer)
    seen = open_window(width=width, theme=theme)
    seen.page.goto(f"{live_server.url}/sign-in/{ticket(officer).token}/")
    seen.page.get_by_role("button", name="Sign in as Olga Officer").click()
    fits(seen)
    seen.page.locator("#id_code").fill(code_of(secret))
    seen.page.locator("main form button").first.click()
    assert seen.page.url == live_server.url + "/me/data/"
    for address in ("/account/password/change/", "/account/password/set/"):
        visit(seen, live_server.url + address)
