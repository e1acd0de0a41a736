"""Public pages that are answered again while nothing in the database changed."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from events.backstage import kept
from events.programme import commands
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as travelling:
        yield travelling


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, title="Robots", audience="public")


def statements(client, path, **headers):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, headers=headers)
    return answer, len(captured)


@pytest.mark.parametrize("page", ["/", "/events/{}/", "/events/{}/print/"])
def test_a_page_nobody_changed_costs_one_statement(client, event, page):
    path = page.format(event.slug)
    first = client.get(path)
    again, number = statements(client, path)
    assert (number, again.content) == (1, first.content)
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert again.headers["Vary"] == "Cookie, Accept-Language, Accept-Encoding"


def test_the_next_commit_ends_it(client, world, event):
    path = f"/events/{event.slug}/"
    assert "Robots" in client.get("/").content.decode()
    assert client.get(path).status_code == 200
    commands.unpublish(event.pk, by=world.actor(world.coordinator), at=AT)
    assert "Robots" not in client.get("/").content.decode()
    assert client.get(path).status_code == 404


def test_what_somebody_signed_in_sees_is_not_kept_for_others(world, event):
    hidden = make_event(world, title="Only for the cluster")
    reader, stranger = Client(), Client()
    reader.force_login(world.teachers[0])
    path = f"/events/{hidden.slug}/"
    for _ in range(2):
        assert "Only for the cluster" in reader.get("/").content.decode()
        assert reader.get(path).status_code == 200
        assert "Only for the cluster" not in stranger.get("/").content.decode()
        assert stranger.get(path).status_code == 404
    assert "Cache-Control" in reader.get("/").headers
    assert reader.get("/").headers["Cache-Control"] == "private, no-store"


def test_language_appearance_and_address_have_pages_of_their_own(client, event):
    def look(path, **asked):
        return Client(headers=asked).get(path).content.decode()

    for _ in range(2):
        assert '<html lang="en">' in look("/")
        assert '<html lang="hr">' in look("/", accept_language="hr")
        assert 'content="dark"' in look("/", cookie="theme=dark")
        assert 'content="light dark"' in look("/")
        assert "Robots" not in look("/?q=nothing")


def test_a_page_ends_with_its_minute(client, event, clock):
    path = f"/events/{event.slug}/"
    assert "This event is on now" not in client.get(path).content.decode()
    clock.move_to(event.starts_at + timedelta(seconds=1))
    assert "This event is on now" in client.get(path).content.decode()


def test_who_has_the_page_gets_no_second_one(client, event):
    etag = client.get("/").headers["ETag"]
    answer, _ = statements(client, "/", if_none_match=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    answer, _ = statements(client, "/", if_none_match='"another"')
    assert answer.status_code == 200


def drawn(view, path="/", **cookies):
    request = RequestFactory().get(path)
    request.COOKIES, request.moment, request.user = cookies, AT, AnonymousUser()
    return kept.while_unchanged(view)(request)


MADE = {
    "token": lambda request: HttpResponse(
        f'<input name="csrfmiddlewaretoken" {get_token(request)}>'
    ),
    "nonce": lambda _request: HttpResponse('<input name="_once" value="x">'),
    "refusal": lambda _request: HttpResponse("gone", status=404),
    "giant": lambda _request: HttpResponse("large" * kept.LARGEST),
    "page": lambda _request: HttpResponse("page"),
}


@pytest.mark.parametrize(
    ("name", "times"), [("token", 2), ("nonce", 2), ("refusal", 2), ("giant", 2), ("page", 1)]
)
def test_a_form_a_refusal_and_a_giant_are_made_anew(name, times):
    asked = []

    def view(request):
        asked.append(request)
        return MADE[name](request)

    for _ in range(2):
        drawn(view, f"/{name}/")
    assert len(asked) == times


def test_a_cookie_of_unknown_meaning_and_one_that_is_set_keep_pages_apart():
    asked = []

    def view(request):
        asked.append(request)
        answer = HttpResponse("page")
        if request.path == "/sets/":
            answer.set_cookie("something", "1")
        return answer

    for _ in range(2):
        drawn(view, "/plain/")
    assert len(asked) == 1
    for _ in range(2):
        drawn(view, "/plain/", something="1")
        drawn(view, "/sets/")
    assert len(asked) == 5


def test_the_shelf_forgets_what_was_not_asked_for():
    shelf = kept.Shelf()
    page = kept.Page(b"", {}, "")
    for number in range(kept.MOST_PAGES):
        shelf.put((str(number),), page)
    assert shelf.get(("0",)) is page
    shelf.put(("one more",), page)
    assert (shelf.get(("0",)), shelf.get(("1",))) == (page, None)
