"""Rooms: made when somebody enters, once, and entered by whom we say."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from integrations.ports import Denied, Room, Temporary, Visitor
from integrations.providers.bigbluebutton.rooms import made_with, plain

KEY = "0123456789abcdef0123456789abcdef"
ANA = Visitor(ours="41", name="Ana Đurić", leads=True)
IVO = Visitor(ours="42", name="Ivo", leads=False)
NOTICES = {
    "ended": "https://kolega.example.test/hooks/bigbluebutton/t/?about=ended",
    "report": "https://kolega.example.test/hooks/bigbluebutton/t/?about=report",
    "recording": "https://kolega.example.test/hooks/bigbluebutton/t/?about=recording",
    "happened": "https://kolega.example.test/hooks/bigbluebutton/t/?about=happened",
}
ROOM = Room(key=KEY, name="TeachMeet: Škola za život — ја и ти & 100% ~*'()", notices=NOTICES)


def enter(address):
    return requests.get(address, allow_redirects=False, timeout=5)


@pytest.mark.parametrize("checksum", ["sha1", "sha256", "sha384", "sha512"])
def test_the_way_in_is_taken_by_the_server(account, server, checksum):
    address = account(checksum=checksum).way_in(ROOM, ANA)
    assert enter(address).status_code == 302
    seat = server.rooms.meetings[KEY].present[0]
    assert (seat.user_id, seat.name, seat.role) == ("41", "Ana Đurić", "MODERATOR")


def test_a_room_is_made_once_however_often_it_is_entered(account, server):
    for visitor in (ANA, IVO, IVO):
        enter(account().way_in(ROOM, visitor))
    assert [seat.role for seat in server.rooms.meetings[KEY].present] == [
        "MODERATOR", "VIEWER", "VIEWER",
    ]  # fmt: skip
    assert len(server.rooms.meetings) == 1


def test_a_lost_answer_makes_no_second_room(account, server):
    server.faults.switch_on("lost", "create")
    with pytest.raises(Temporary):
        account().way_in(ROOM, ANA)
    made = server.rooms.meetings[KEY].created
    assert enter(account().way_in(ROOM, ANA)).status_code == 302
    assert server.rooms.meetings[KEY].created == made


def test_a_room_whose_title_changed_meanwhile_is_entered_as_it_stands(account, server):
    enter(account().way_in(ROOM, ANA))
    other = Room(key=KEY, name="Another title", notices=NOTICES)
    assert enter(account().way_in(other, IVO)).status_code == 302
    assert server.rooms.meetings[KEY].values["name"] == ROOM.name[:64].strip()


def test_an_address_of_an_earlier_room_lets_nobody_in(account, server, hand):
    old = account().way_in(ROOM, ANA)
    hand.end(KEY)
    server.clock.move(seconds=5)
    account().way_in(ROOM, ANA)
    assert b"mismatchCreateTimeParam" in enter(old).content


def test_an_empty_room_is_forgotten_and_made_again(account, server):
    account().way_in(ROOM, ANA)
    server.clock.move(minutes=6)
    assert enter(account().way_in(ROOM, ANA)).status_code == 302


def test_the_server_is_asked_to_tell_who_was_there(account, server):
    enter(account().way_in(ROOM, ANA))
    values = server.rooms.meetings[KEY].values
    assert values["meetingKeepEvents"] == "true"
    assert values["meta_analytics-callback-url"] == NOTICES["report"]
    assert values["meta_endCallbackUrl"] == NOTICES["ended"]
    assert values["meta_bbb-recording-ready-url"] == NOTICES["recording"]
    assert values["record"] == "false"
    assert [hook.address for hook in server.hooks.hooks] == [NOTICES["happened"]]


def test_a_server_without_hooks_lets_people_in(account, server):
    server.faults.switch_on("not_found", "hooks/create")
    assert enter(account().way_in(ROOM, ANA)).status_code == 302


def test_once_somebody_is_in_nothing_more_is_asked(account, server):
    enter(account().way_in(ROOM, ANA))
    server.diary.clear()
    account().way_in(ROOM, IVO)
    assert [request.path.rpartition("/")[2] for request in server.diary] == ["create"]


def test_a_recorded_room_says_so_to_everybody():
    values = made_with(Room(key=KEY, name="Webinar", recorded=True))
    assert values["record"] == values["notifyRecordingIsOn"] == "true"
    assert values["allowStartStopRecording"] == "true"


def test_a_name_too_short_for_the_server_is_made_longer():
    assert made_with(Room(key=KEY, name="B"))["name"] == "B 012345"


def test_names_leave_us_without_control_characters():
    assert plain("A\u202ena\x00\u2066 <b>\n Ivo ", longest=80) == "Ana <b> Ivo"
    assert plain("x" * 90, longest=80) == "x" * 80


def test_the_address_holds_no_more_than_is_needed(account):
    found = parse_qs(urlsplit(account().way_in(ROOM, IVO)).query)
    assert set(found) == {
        "fullName", "meetingID", "role", "userID", "createTime", "redirect", "checksum",
    }  # fmt: skip


def test_an_address_inside_our_network_is_refused_unless_it_is_allowed(account, server):
    with pytest.raises(Denied) as met:
        account(private="").way_in(ROOM, ANA)
    assert met.value.code == "address_refused"
    with pytest.raises(Denied) as met:
        account(private="", address=server.url.replace("http:", "https:")).way_in(ROOM, ANA)
    assert (met.value.code, server.diary) == ("address_refused", [])
