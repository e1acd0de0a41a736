"""A CalDAV calendar is chosen from those its server names; the password is typed once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from integrations.accounts import queries, words
from integrations.accounts.models import Account
from integrations.accounts.pages import choosing
from tests.contracts import calendars
from tests.contracts.caldav import PASSWORD, USER
from tests.contracts.conftest import started  # noqa: F401  pytest finds fixtures by their names
from tests.contracts.peers import radicale
from tests.factories.sessions import sign_in
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
ADD = "/connections/add/caldav/"
NO_LIST = "The server gave no list of calendars."


@pytest.fixture
def server(started):  # noqa: F811  the fixture above
    """A Radicale with two calendars for events and one for tasks, and nothing else."""
    (url,) = started(radicale)
    with calendars.three(url):
        yield url


@pytest.fixture
def coordinator(client, settings):
    settings.KOLEGA_PRIVATE_SERVERS = True
    world = make_world(teachers=1)
    sign_in(client, world.coordinator)
    return world.coordinator


@pytest.fixture
def send(client, coordinator):
    def sending(**given):
        sent = {"whose": f"person:{coordinator.pk}", "name": "School", "calendar": "", **given}
        return client.post(ADD, sent)

    return sending


def typed(server, **more):
    return {"server": server, "secret_user": USER, "secret_password": PASSWORD, **more}


def text(answer):
    return " ".join(answer.content.decode().split())


def offered(answer):
    return re.findall(r'type="radio" name="calendar" value="([^"]+)"', answer.content.decode())


def test_without_an_address_the_calendars_of_the_server_are_offered_and_one_is_connected(
    send, server
):
    answer = send(**typed(server))
    assert answer.status_code == 200
    assert sorted(offered(answer)) == [f"{server}/{USER}/own/", f"{server}/{USER}/school/"]
    assert "School events" in text(answer)
    assert "To do" not in text(answer)
    assert not Account.objects.exists()
    assert PASSWORD not in text(answer)
    assert "secret_password" not in text(answer)
    done = send(server=server, calendar=f"{server}/{USER}/school/", _once="a")
    account = Account.objects.get()
    assert done.url == reverse("connection", args=[account.pk])
    assert account.calendar == f"{server}/{USER}/school/"
    assert queries.secrets_of(account) == {"user": USER, "password": PASSWORD}
    assert queries.adapter_of(account).check.check()[0].went


def test_what_was_connected_leaves_nothing_in_the_session(client, send, server):
    send(**typed(server))
    held = client.session[choosing.HELD]
    assert PASSWORD not in str(held)
    send(server=server, calendar=f"{server}/{USER}/own/")
    assert choosing.HELD not in client.session
    send(**typed(server))
    client.get(ADD)
    assert choosing.HELD not in client.session


def test_none_chosen_asks_again_without_the_password(send, server):
    send(**typed(server))
    answer = send(server=server)
    assert answer.status_code == 422
    assert "Choose a calendar." in text(answer)
    assert len(offered(answer)) == 2


def test_the_password_is_for_the_server_it_was_typed_for_alone(send, server):
    """Somebody changes the address in the second step: the password has to be typed again."""
    send(**typed(server))
    with radicale.server() as other:
        answer = send(server=other, calendar=f"{other}/{USER}/own/")
    assert answer.status_code == 422
    assert "Enter the credentials again" in text(answer)
    assert not Account.objects.exists()


def test_the_password_waits_for_a_quarter_of_an_hour(client, send, server, time_machine):
    time_machine.move_to("2026-11-22T09:00:00+00:00", tick=False)
    send(**typed(server))
    time_machine.shift(timedelta(minutes=15))
    answer = send(server=server, calendar=f"{server}/{USER}/own/")
    assert answer.status_code == 422
    assert "secret_password" in text(answer)
    assert choosing.HELD not in client.session
    assert not Account.objects.exists()


def test_a_wrong_password_is_said_at_its_field(send, server):
    answer = send(**typed(server, secret_password="wrong"))
    assert answer.status_code == 422
    assert "The provider does not accept the credentials." in text(answer)
    assert NO_LIST not in text(answer)
    assert "secret_password" in text(answer)


def test_a_server_that_names_none_lets_the_address_be_typed(send, server):
    """The field stays, with a sentence; the password need not be typed again."""
    calendars.clear(server)
    answer = send(**typed(server))
    assert answer.status_code == 422
    assert NO_LIST in text(answer)
    assert 'type="text" name="calendar"' in text(answer)
    assert "secret_password" not in text(answer)
    send(server=server, calendar=f"{server}/{USER}/later/")
    assert Account.objects.get().calendar == f"{server}/{USER}/later/"


def test_a_server_that_does_not_answer_lets_the_address_be_typed(send):
    answer = send(**typed("http://127.0.0.1:9"))
    assert (answer.status_code, NO_LIST in text(answer)) == (422, True)


def test_a_private_server_is_not_asked(send, server, settings):
    settings.KOLEGA_PRIVATE_SERVERS = False
    answer = send(**typed(server.replace("http:", "https:")))
    assert (answer.status_code, offered(answer)) == (422, [])
    assert str(words.TROUBLES["address_refused"].wrong) in text(answer)
    assert NO_LIST not in text(answer)
    assert not Account.objects.exists()


def test_somebody_who_looks_too_often_has_to_wait(send, server, monkeypatch):
    monkeypatch.setattr(choosing, "LOOKS", 1)
    assert send(**typed(server)).status_code == 200
    answer = send(**typed(server))
    assert (answer.status_code, offered(answer)) == (422, [])


def test_two_calendars_of_one_name_are_told_apart(send, server):
    calendars.make(server, "other", "School events")
    answer = text(send(**typed(server)))
    assert f"School events (/{USER}/other/)" in answer
    assert f"School events (/{USER}/school/)" in answer
