import re

import pytest
from django.template import engines
from django.urls import path

from config import context, failures, urls
from events.people import commands as people
from integrations.accounts.words import OFFERS
from integrations.pasted.guides import GUIDES
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_person, make_world

PAGES = ["/about/help/", "/about/accessibility/", "/about/privacy/", "/design/"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_the_site_answer_without_a_database(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert re.search(r"<title>[^<]+ – Kolega</title>", response.text)


@pytest.mark.parametrize("address", PAGES[:3])
def test_reading_sets_no_cookie(client, address):
    assert not client.get(address).cookies


@pytest.mark.parametrize("address", PAGES)
def test_nothing_on_a_page_needs_what_the_policy_forbids(client, address):
    text = client.get(address).text
    assert not re.search(r'\sstyle=|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', text)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_links_of_the_footer_lead_somewhere(client):
    text = client.get("/about/help/").text
    foot = text[text.index('<footer class="foot">') :]
    links = re.findall(r'href="([^"]+)"', foot)
    assert "/about/privacy/" in links
    assert {client.get(link).status_code for link in links} == {200}


def test_the_help_leads_to_every_guide_and_to_the_check_page(client):
    text = client.get("/about/help/").text
    main = text[text.index("<main") : text.index("</main>")]
    links = set(re.findall(r'href="(/(?:help|v)/[^"]*)"', main))
    reports = {f"/help/reports/{code}/" for code in GUIDES}
    assert links == reports | {f"/help/connections/{code}/" for code in OFFERS} | {"/v/"}
    assert {client.get(link).status_code for link in reports} == {200}


def test_missing_pages_are_equal_byte_for_byte(client):
    first, second = client.get("/nowhere/one/"), client.get("/nowhere/two/?a=1")
    assert first.status_code == 404
    assert first.content == second.content
    assert not first.cookies


@pytest.mark.django_db
def test_a_page_that_is_not_found_leads_to_signing_in_and_back(client):
    assert 'href="?sign-in"' in client.get("/nowhere/one/").text
    answer = client.get("/nowhere/one/?sign-in")
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=%2Fnowhere%2Fone%2F")
    sign_in(client, make_person("Ana"))
    assert 'href="?sign-in"' not in client.get("/nowhere/one/").text
    assert client.get("/nowhere/one/?sign-in").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "words"),
    [
        (
            "national_coordinator",
            "An administrator of this service can do it, or give you the role.",
        ),
        (None, "Your school or cluster coordinator can do it for you, or give you the role."),
    ],
)
def test_a_refusal_names_somebody_above_the_reader(client, role, words):
    world = make_world()
    if role:
        people.grant(
            person_id=world.teachers[0].pk, role=role, scope="country",
            scope_id=world.country.pk, by=SYSTEM, at=AT,
        )  # fmt: skip
    sign_in(client, world.teachers[0])
    page = client.get("/network/programmes/")
    assert page.status_code == 403
    assert words in page.text


def test_the_language_is_chosen_without_javascript(client):
    answer = client.post("/language/", {"language": "hr", "next": "/about/help/"})
    assert (answer.status_code, answer.url) == (302, "/about/help/")
    assert '<html lang="hr">' in client.get("/about/help/").text


def test_a_theme_is_kept_and_dropped(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/about/help/"})
    assert (answer.status_code, answer.url) == (302, "/about/help/")
    assert 'dark.css" media="screen">' in client.get("/about/help/").text
    client.post("/theme/", {"theme": "light"})
    assert "dark.css" not in client.get("/about/help/").text
    client.post("/theme/", {"theme": "system"})
    assert "prefers-color-scheme: dark" in client.get("/about/help/").text


def test_an_unknown_theme_changes_nothing(client):
    assert not client.post("/theme/", {"theme": "neon"}).cookies


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_nobody_is_sent_elsewhere(client, target):
    assert client.post("/theme/", {"theme": "dark", "next": target}).url == "/"


def test_choices_are_made_by_post_only(client):
    assert client.get("/theme/").status_code == 405
    assert client.get("/language/").status_code == 405


def refuse(request):
    raise failures.PermissionDenied(
        "Ask somebody.", {"roles": "Ministry officer", "contact": "Ana"}
    )


def crash(request):
    raise ZeroDivisionError


class Broken:
    urlpatterns = [*urls.urlpatterns, path("refuse/", refuse), path("crash/", crash)]
    handler403 = staticmethod(failures.forbidden)
    handler404 = staticmethod(failures.missing)
    handler500 = staticmethod(failures.broken)


def test_a_refusal_says_who_can_and_whom_to_ask(client, settings):
    settings.ROOT_URLCONF = Broken
    response = client.get("/refuse/")
    assert response.status_code == 403
    for words in ("Ask somebody.", "Ministry officer", "Ana"):
        assert words in response.text


def test_a_crash_gives_the_code_that_stands_in_the_log(client, settings, caplog):
    settings.ROOT_URLCONF = Broken
    client.raise_request_exception = False
    response = client.get("/crash/")
    code = re.search(r'class="code">([0-9A-F]{8})<', response.text)[1]
    assert response.status_code == 500
    assert [record.message for record in caplog.records if code in record.message]


def test_an_engine_that_is_away_asks_for_patience(rf):
    response = failures.away(rf.get("/"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_initials_are_of_the_first_and_last_word():
    names = ["Željka Đurić", "Ana", "", "Наташа М. Ѓорѓиевска"]
    assert [context.initials(name) for name in names] == ["ŽĐ", "A", "", "НЃ"]


def test_a_menu_shows_what_is_switched_on_and_meant_for_the_reader(rf, settings):
    request = rf.get("/about/help/")
    entries = [
        ("Help", "help", ""),
        ("Nowhere", "not_switched_on", ""),
        ("Hidden", "privacy", "tests.config.test_pages_of_the_site.nobody"),
    ]
    shown = context.links(request, entries)
    assert [(link.label, link.href, link.current) for link in shown] == [
        ("Help", "/about/help/", True)
    ]


def nobody(actor):
    return False


def test_a_form_with_mistakes_says_so_in_the_title(rf):
    from config.design import WRONG, SampleForm

    source = "{% load kolega %}{% page_title %}Plan & go{% endpage_title %}"
    template = engines["django"].from_string(source)
    assert template.render({}) == "<title>Plan & go – Kolega</title>"
    assert (
        template.render({"form": SampleForm(WRONG)}) == "<title>Error: Plan & go – Kolega</title>"
    )
