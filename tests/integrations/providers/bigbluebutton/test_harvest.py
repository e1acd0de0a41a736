"""What is left of a meeting: by its report, by its hooks, by asking."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from integrations.ports import Denied, Room, Visitor
from integrations.ports.spans import pair
from integrations.providers.bigbluebutton import happenings, reports
from integrations.providers.bigbluebutton.times import instant

KEY = "0123456789abcdef0123456789abcdef"
AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SINCE, UNTIL = AT - timedelta(days=1), AT + timedelta(days=1)
HOOK = "https://kolega.example.test/hooks/bigbluebutton/t/?about="
ROOM = Room(
    key=KEY, name="Webinar", recorded=True,
    notices={name: HOOK + name for name in ("ended", "report", "recording", "happened")},
)  # fmt: skip


def minute(number):
    return AT + timedelta(minutes=number)


def spans(*pairs):
    return [(minute(start), minute(end)) for start, end in pairs]


@pytest.fixture
def evening(server, hand, account):
    """Ana is in for an hour; Ivo twice, once with two browsers; a guest comes without an id."""
    server.clock.hold(AT)
    address = account().way_in(ROOM, Visitor(ours="41", name="Ana", leads=True))
    requests.get(address, allow_redirects=False, timeout=5)
    server.clock.move(minutes=10)
    hand.join(KEY, user_id="42", name="Ivo")
    server.clock.move(minutes=5)
    hand.join(KEY, user_id="42", name="Ivo")
    server.clock.move(minutes=5)
    hand.leave(KEY, user_id="42")
    server.clock.move(minutes=10)
    hand.join(KEY, user_id="42", name="Ivo")
    hand.join(KEY, user_id="", name="A guest")
    server.clock.move(minutes=30)
    hand.end(KEY)
    return server


def told(server, kind):
    return [notice for notice in server.told if notice.kind == kind]


def people(sitting):
    return {item.name: (item.ours, item.host, sorted(item.spans)) for item in sitting.people}


EXPECTED = {
    "Ana": ("41", True, spans((0, 60))),
    "Ivo": ("42", False, spans((10, 20), (15, 20), (30, 60))),
    "A guest": ("", False, spans((30, 60))),
}


@pytest.mark.parametrize("legacy", [False, True])
def test_the_report_says_who_was_there(evening, hand, legacy):
    hand.report(KEY, legacy=legacy)
    key, sitting = reports.read(told(evening, "report")[0].body)
    assert (key, sitting.started_at, sitting.ended_at) == (KEY, AT, minute(60))
    assert people(sitting) == EXPECTED


def test_hooks_say_the_same_without_a_report(evening):
    known = [item for notice in told(evening, "event") for item in happenings.read(notice.body)]
    (sitting,) = happenings.sittings(known)
    assert sitting.record_id == evening.past[KEY].internal
    merged = {}
    for item in sitting.people:
        seat = merged.setdefault(item.name, (item.ours, item.host, []))
        seat[2].extend(item.spans)
    assert {name: (*seat[:2], sorted(seat[2])) for name, seat in merged.items()} == EXPECTED
    assert (sitting.started_at, sitting.ended_at) == (AT, minute(60))


def test_hooks_that_come_twice_and_in_any_order_say_the_same(evening):
    known = [item for notice in told(evening, "event") for item in happenings.read(notice.body)]
    assert happenings.sittings([*reversed(known), *known]) == happenings.sittings(known)


def test_a_meeting_opened_again_has_two_sittings(evening, hand, account):
    evening.clock.move(minutes=30)
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.join(KEY, user_id="41", name="Ana")
    evening.clock.move(minutes=20)
    hand.end(KEY)
    known = [item for notice in told(evening, "event") for item in happenings.read(notice.body)]
    assert [(item.started_at, item.ended_at) for item in happenings.sittings(known)] == spans(
        (0, 60), (90, 110)
    )


def test_a_meeting_that_goes_on_counts_up_to_what_is_known(evening):
    known = [item for notice in told(evening, "event") for item in happenings.read(notice.body)]
    (sitting,) = happenings.sittings([item for item in known if item.at < minute(30)])
    assert sitting.ended_at is None
    assert people(sitting)["Ana"] == ("41", True, spans((0, 20)))


def test_joins_and_leaves_pair_within_a_session():
    cases = [
        ([0], [10], [(0, 10)]),
        ([0], [], [(0, 60)]),
        ([0, 20], [10], [(0, 10), (20, 60)]),
        ([0, 20], [30], [(0, 20), (20, 30)]),
        ([], [10], []),
        ([5, 10], [10, 10], [(5, 10)]),
        ([0], [10, 20], [(0, 10)]),
        ([70], [80], []),
        ([0], [70], [(0, 60)]),
    ]
    for joins, leaves, expected in cases:
        found = pair(map(minute, joins), map(minute, leaves), end=minute(60))
        assert found == spans(*expected), (joins, leaves)


def test_both_forms_of_time_are_read():
    assert instant("2023-08-07 14:06:17 -0300") == datetime(2023, 8, 7, 17, 6, 17, tzinfo=UTC)
    assert instant("2021-09-23T16:08:29.000+00:00") == datetime(2021, 9, 23, 16, 8, 29, tzinfo=UTC)
    for text in ("", "2021-09-23T16:08:29", "soon", None, 7):
        assert instant(text) is None


def report(**attendee):
    data = {"start": AT.isoformat(), "finish": minute(60).isoformat(), "attendees": [attendee]}
    return json.dumps({"meeting_id": KEY, "internal_meeting_id": "i-1", "data": data}).encode()


def test_ids_may_be_numbers_and_guests_have_none_of_ours():
    for given, ours in [(41, "41"), ("41", "41"), ("w_abc", ""), (None, "")]:
        _, sitting = reports.read(report(ext_user_id=given, name="Ana", joins=[], leaves=[]))
        assert sitting.people[0].ours == ours


def test_without_sessions_the_joins_themselves_are_paired():
    joins, leaves = [minute(0).isoformat(), minute(20).isoformat()], [minute(10).isoformat()]
    _, sitting = reports.read(report(ext_user_id="1", name="Ana", joins=joins, leaves=leaves))
    assert sitting.people[0].spans == spans((0, 10), (20, 60))


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"meeting_id": "x", "data": {"start": "soon"}}']
)
def test_a_body_that_is_no_report_is_refused(body):
    with pytest.raises(Denied):
        reports.read(body)


@pytest.mark.parametrize("body", [b"", b"event=x", b"event=%5B1%5D", b"\xff", b"event=%7B%7D"])
def test_a_body_that_is_none_of_a_hook_is_refused(body):
    with pytest.raises(Denied):
        happenings.read(body)


def test_who_is_in_just_now_is_told_without_times(server, hand, account):
    server.clock.hold(AT)
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.join(KEY, user_id="41", name="Ana", role="MODERATOR")
    (sitting,) = account().harvest.sittings(KEY, since=SINCE, until=UNTIL)
    assert (sitting.started_at, sitting.ended_at) == (AT, None)
    assert people(sitting) == {"Ana": ("41", True, [])}
    assert account().harvest.sittings(KEY, since=UNTIL, until=UNTIL + (UNTIL - SINCE)) == []
    hand.end(KEY)
    assert account().harvest.sittings(KEY, since=SINCE, until=UNTIL) == []


def test_a_recording_has_its_state_and_then_its_best_form(evening, hand, account):
    (waiting,) = account().harvest.recordings(KEY, since=SINCE, until=UNTIL)
    assert (waiting.state, waiting.url) == ("processing", "")
    hand.publish(KEY)
    (ready,) = account().harvest.recordings(KEY, since=SINCE, until=UNTIL)
    assert (ready.remote_id, ready.state, ready.kind) == (waiting.remote_id, "published", "video")
    assert "/playback/video/" in ready.url
    assert (ready.started_at, ready.ended_at) == (AT, minute(60))
    assert account().harvest.recordings("f" * 32, since=SINCE, until=UNTIL) == []


@pytest.fixture
def many(evening, hand, account):
    """A hundred recordings of one meeting: the first evening's and ninety-nine later ones."""
    for _ in range(99):
        evening.clock.move(seconds=1)
        account().way_in(ROOM, Visitor(ours="41", name="Ana"))
        hand.end(KEY)
    evening.diary.clear()
    return evening


def test_e_recordings_are_asked_for_by_meeting_and_by_page(many, hand, account):
    many.clock.move(seconds=1)
    account().way_in(ROOM, Visitor(ours="41", name="Ana"))
    hand.end(KEY)
    many.diary.clear()
    assert len(account().harvest.recordings(KEY, since=SINCE, until=UNTIL)) == 101
    assert [request.query["offset"] for request in many.diary] == ["0", "100"]
    assert {(item.query["meetingID"], item.query["limit"]) for item in many.diary} == {(KEY, "100")}


def test_a_server_without_pages_is_asked_no_more_than_twice(many, account):
    paged = many.archive.find
    many.archive.find = lambda values: paged({**values, "offset": "", "limit": ""})
    assert len(account().harvest.recordings(KEY, since=SINCE, until=UNTIL)) == 100
    assert len(many.diary) == 2
