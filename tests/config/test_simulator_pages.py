"""The pages of the simulators: rooms, refusals of strangers, languages and looks."""

import pytest
import requests
from django.db import connections

from config.simulated import pages, serving
from config.simulated.board import Board
from events.kernel import clock
from integrations.ports import Room, Visitor
from integrations.providers.bigbluebutton.connect import connect
from integrations.simulators.bigbluebutton import notices
from integrations.simulators.serving import running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board():
    """Simulators whose threads leave the database alone: no account leads there."""
    with running(Board(clock=clock.now, home="http://127.0.0.1", pages=pages.answer)) as made:
        made.home = made.url
        made.after = connections.close_all
        yield made


@pytest.fixture
def room(board):
    """The address at which somebody who leads is in a room of BigBlueButton."""
    secret = {"secret": board.bigbluebutton.secret}
    rooms = connect({"address": board.url, "private": "yes"}, secret, calendar="", subject="").rooms
    told = {name: f"http://127.0.0.1:9/{name}" for name in ("ended", "report", "happened")}
    wish = Room(key="a" * 32, name="Physics in one hour", notices=told)
    leader = Visitor(ours="12", name="Petra Žagar", leads=True)
    address = rooms.way_in(wish, leader, at=clock.now(), within=3.0)
    return requests.get(address, timeout=5).url


def test_who_ends_a_room_lets_its_report_be_sent(board, room):
    page = requests.get(room, timeout=5)
    assert "You are in the room as Petra Žagar" in page.text
    assert "This is a simulator on this machine, not BigBlueButton itself." in page.text
    page = requests.post(room, data={"do": "end"}, timeout=5)
    assert "The meeting has ended" in page.text
    kinds = [one.kind for one in board.waiting]
    assert "report" in kinds


def test_who_leaves_is_out_and_the_room_stays(board, room):
    page = requests.post(room, data={"do": "leave"}, timeout=5)
    assert "You have left the room" in page.text
    assert [one.kind for one in board.waiting if one.kind == "report"] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "simulators.example.org"}, 403),
        ({"Origin": "https://elsewhere.example.org"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_from_elsewhere_can_do_nothing(board, room, headers, status):
    found = requests.post(room, data={"do": "leave"}, headers=headers, timeout=5)
    assert found.status_code == status
    seats = [seat.left for one in board.bigbluebutton.rooms.meetings.values() for seat in one.seats]
    assert all(seats) is (status == 200)


def test_unknown_addresses_and_files_are_said_to_be_so(board):
    for path in (
        "/nothing/",
        "/calendars/7/",
        "/l/meetup-join/x/0",
        "/abc-defg-hij",
        "/html5client/",
    ):
        found = requests.get(board.url + path, timeout=5)
        assert found.status_code == 404
        assert "Nothing is here" in found.text
    assert (
        requests.get(f"{board.url}/static/kolega/app.css", timeout=5).headers["Content-Type"]
        == "text/css"
    )
    assert requests.get(f"{board.url}/static/../manage.py", timeout=5).status_code == 404
    assert requests.get(f"{board.url}/static/%2e%2e/%2e%2e/manage.py", timeout=5).status_code == 404


def test_pages_speak_the_language_of_the_reader_and_take_their_look(board):
    asked = {"Accept-Language": "sq-AL,en;q=0.5", "Cookie": "theme=dark"}
    text = requests.get(board.url, headers=asked, timeout=5).text
    assert '<html lang="sq">' in text
    assert 'content="dark"' in text
    text = requests.get(
        board.url, headers={**asked, "Cookie": "django_language=hr"}, timeout=5
    ).text
    assert '<html lang="hr">' in text


def test_what_breaks_is_told_and_the_others_go_on(board, caplog):
    board.pages = lambda *_: 1 / 0
    assert requests.get(board.url, timeout=5).status_code == 500
    assert "could not answer GET /" in caplog.text
    board.pages = pages.answer
    assert requests.get(board.url, timeout=5).ok


def test_a_notice_nobody_takes_is_lost_and_the_next_arrives(board):
    nobody = notices.Notice("ended", "GET", "http://127.0.0.1:9/")
    board.waiting += [nobody, notices.Notice("ended", "GET", f"{board.url}/nothing/")]
    serving.deliver(board)
    assert board.waiting == []
