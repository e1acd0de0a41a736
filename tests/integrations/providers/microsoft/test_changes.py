"""Rounds of changes: doubled, moved out of the window, forgotten, led astray."""

from datetime import timedelta

import pytest

from integrations.ports import CursorLost, Denied, Temporary
from integrations.providers.microsoft.wire import Graph
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample

HOUR = timedelta(hours=1)


def read(calendar, cursor="", *, until=UNTIL):
    return calendar.changes(cursor, since=SINCE, until=until)


@pytest.fixture
def made(calendar):
    return calendar.put(Sample(1).entry(), known=None)


def test_of_an_event_told_twice_the_last_word_counts(simulator, calendar, made):
    cursor = read(calendar).cursor
    simulator.world.switches.repeats = True
    simulator.hand.rename(made.remote_id, "Renamed there")
    entries = read(calendar, cursor).entries
    assert [item.title for item in entries] == ["Renamed there"]


def test_an_event_moved_out_of_the_window_was_not_removed(simulator, calendar, made):
    cursor = read(calendar).cursor
    far = STARTS + timedelta(days=400)
    simulator.hand.move(made.remote_id, far, far + HOUR)
    entries = read(calendar, cursor).entries
    assert [(item.removed, item.starts_at, item.key) for item in entries] == [
        (False, far, Sample(1).entry().key)
    ]


def test_what_is_removed_and_not_ours_is_told_without_a_key(simulator, box, calendar, made):
    cursor = read(calendar).cursor
    foreign = simulator.hand.add(box, "Dentist", STARTS, STARTS + HOUR)
    simulator.hand.remove(foreign.event_id)
    entries = read(calendar, cursor).entries
    assert [(item.remote_id, item.removed, item.key) for item in entries] == [
        (foreign.event_id, True, "")
    ]


def test_all_pages_are_read(simulator, box, calendar):
    simulator.world.switches.largest_page = 2
    for number in range(5):
        simulator.hand.add(box, f"Lesson {number}", STARTS, STARTS + HOUR)
    assert {item.title for item in read(calendar).entries} == {f"Lesson {n}" for n in range(5)}


def test_the_window_is_wider_than_asked_and_a_new_round_follows_when_it_is_left(calendar, made):
    cursor = read(calendar).cursor
    assert not read(calendar, cursor, until=UNTIL + timedelta(hours=23)).whole
    with pytest.raises(CursorLost, match="window"):
        read(calendar, cursor, until=UNTIL + timedelta(days=2))


def test_a_span_of_parts_of_a_second_is_inside_its_own_window(calendar, made):
    until = UNTIL + timedelta(microseconds=5)
    cursor = read(calendar, until=until).cursor
    assert not read(calendar, cursor, until=until).whole


def test_a_list_that_is_said_not_to_be_there_is_asked_for_again(simulator, calendar, made):
    cursor = read(calendar).cursor
    for place in ("", cursor):
        simulator.faults.switch_on("not_found", "delta")
        with pytest.raises(Temporary, match="unexpected"):
            read(calendar, place)


def test_a_link_may_name_the_port_that_is_meant_anyway():
    graph = Graph(lambda _fresh: "t", "https://graph.microsoft.com/v1.0")
    link = "https://graph.microsoft.com:443/v1.0/users"
    assert graph._own(link) == link
    for other in ("https://graph.microsoft.com:444/v1.0/u", "https://graph.microsoft.com:x/v1.0/u",
                  "http://graph.microsoft.com/v1.0/u", "https://a:b@graph.microsoft.com/v1.0/u"):  # fmt: skip
        with pytest.raises(Denied):
            graph._own(other)


def test_e_delta_state_lost_is_a_class_of_its_own(simulator, calendar, made):
    cursor = read(calendar).cursor
    simulator.hand.forget_cursors()
    with pytest.raises(CursorLost, match="SyncStateNotFound"):
        read(calendar, cursor)
    assert read(calendar).whole


@pytest.mark.parametrize("cursor", ["garbage", "a/b https://graph.microsoft.com/v1.0/x"])
def test_a_cursor_nobody_can_read_is_a_lost_one(calendar, cursor):
    with pytest.raises(CursorLost):
        read(calendar, cursor)


def test_e_attackers_address_the_token_goes_to_no_other_host(simulator, box, calendar):
    for number in range(3):
        simulator.hand.add(box, f"Lesson {number}", STARTS, STARTS + HOUR)
    simulator.world.switches.largest_page = 2
    with running(MicrosoftSimulator()) as thief:
        simulator.world.switches.link_host = thief.url
        with pytest.raises(Denied, match="address_refused"):
            read(calendar)
        assert thief.diary == []


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com.evil.example/v1.0/x", "https://evil.example/v1.0/x",
        "{url}.evil.example/v1.0/x", "{url}@evil.example/v1.0/x", "{url}/other/x",
    ],
)  # fmt: skip
def test_e_attackers_address_a_kept_cursor_is_looked_at_as_well(simulator, calendar, link):
    window = read(calendar).cursor.partition(" ")[0]
    asked = len(simulator.diary)
    with pytest.raises(Denied, match="address_refused"):
        read(calendar, f"{window} {link.format(url=simulator.url)}")
    assert len(simulator.diary) == asked


def test_a_round_that_ends_without_a_link_is_no_round(simulator, calendar, made):
    cursor = read(calendar).cursor
    simulator.faults.switch_on("garbage", "delta")
    with pytest.raises(Temporary):
        read(calendar, cursor)
    assert read(calendar, cursor).entries == []
