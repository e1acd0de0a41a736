"""Meet conferences of entries: asked for once, awaited, kept."""

from datetime import timedelta

import pytest

from integrations.ports import Conflict, Denied, Found, Gone, Temporary
from integrations.simulators.google.server import PERSON
from tests.contracts.peer import STARTS, Sample

WISH = Sample(1).entry(meets=True, link="")


def sent(google, method):
    return [one for one in google.diary if one.method == method and "/events" in one.path]


def test_a_conference_is_pending_until_google_made_it(google, account):
    google.world.pending_polls = 2
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    assert made.meeting.state == "pending"
    states = [calendar.find(key=WISH.key, remote_id=made.remote_id).meeting for _ in range(2)]
    assert [one.state for one in states] == ["pending", "ready"]
    assert states[1].join_url == f"https://meet.google.com/{states[1].ref}"
    assert states[1].dial_in == "+385 1 555 0100 PIN 123456789#"


def test_a_conference_that_google_could_not_make_is_failed_and_asked_for_again(google, account):
    google.world.conference = "failure"
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    assert (made.meeting.state, made.meeting.join_url) == ("failed", "")
    google.world.conference = "success"
    assert calendar.put(WISH, known=made).meeting.state == "ready"


def test_the_conference_is_kept_through_later_writes(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    later = Sample(1).entry(
        meets=True, link="", title="Another title", starts_at=STARTS + timedelta(minutes=5)
    )
    changed = calendar.put(later, known=made)
    assert changed.meeting == made.meeting
    assert calendar.put(later, known=None).meeting == made.meeting
    assert len(google.world.spaces) == 1


def test_the_conference_is_kept_when_the_caller_remembers_nothing_of_it(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    known = Found(made.remote_id, made.etag)
    assert calendar.put(WISH, known=known).meeting == made.meeting
    assert len(google.world.spaces) == 1


def test_an_entry_gains_and_loses_its_conference(google, account):
    calendar = account().calendar
    plain = Sample(1).entry()
    made = calendar.put(plain, known=None)
    assert made.meeting.state == "none"
    online = calendar.put(WISH, known=Found(made.remote_id, made.etag))
    assert online.meeting.state == "ready"
    back = calendar.put(plain, known=Found(made.remote_id, online.etag))
    assert back.meeting.state == "none"
    found = calendar.find(key=WISH.key, remote_id=made.remote_id)
    assert (found.etag, found.meeting.state) == (back.etag, "none")


def test_every_write_speaks_of_conferences_and_writes_to_nobody(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    calendar.put(WISH, known=made)
    calendar.remove(remote_id=made.remote_id)
    writes = sent(google, "POST") + sent(google, "PATCH")
    assert [one.query["conferenceDataVersion"] for one in writes] == ["1", "1"]
    assert {one.query["sendUpdates"] for one in writes + sent(google, "DELETE")} == {"none"}


def test_a_lost_answer_makes_one_conference(google, account):
    google.faults.switch_on("lost", "POST /calendar")
    with pytest.raises(Temporary):
        account().calendar.put(WISH, known=None)
    found = account().calendar.put(WISH, known=None)
    assert found.meeting.state == "ready"
    assert len(google.world.spaces) == 1
    assert len(google.world.books[PERSON].standing()) == 1


def test_e_the_same_entry_is_made_once_in_one_calendar(google, account):
    for _ in range(3):
        account().calendar.put(WISH, known=None)
    statuses = [one.method for one in google.diary if "/events" in one.path]
    assert statuses == ["POST", "POST", "GET", "PATCH", "POST", "GET", "PATCH"]
    assert len(google.world.books[PERSON].standing()) == 1


def test_a_removed_id_stays_taken_and_is_revived(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    calendar.remove(remote_id=made.remote_id)
    gone = calendar.find(key=WISH.key, remote_id=made.remote_id)
    assert gone.removed
    back = calendar.put(WISH, known=None)
    assert (back.remote_id, back.removed) == (made.remote_id, False)
    calendar.remove(remote_id=made.remote_id)
    seen = calendar.find(key=WISH.key, remote_id=made.remote_id)
    assert not calendar.put(WISH, known=seen).removed


def test_an_entry_that_a_person_copied_is_found_by_its_property(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    book, entry = google.hand.entry(made.remote_id)
    copy = {**entry.event, "id": "copy00001", "iCalUID": "copy@google.com"}
    google.hand.remove(made.remote_id)
    book.entries["copy00001"] = type(entry)(copy, 0)
    google.hand.change("copy00001", summary="Moved by hand")
    found = calendar.find(key=WISH.key, remote_id=made.remote_id)
    assert (found.remote_id, found.key, found.removed) == ("copy00001", WISH.key, False)
    again = calendar.put(WISH, known=None)
    assert (again.remote_id, again.title) == ("copy00001", WISH.title)


def test_a_change_to_a_removed_entry_says_so_with_and_without_an_etag(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    google.hand.remove(made.remote_id)
    for known in (made, type(made)(made.remote_id)):
        with pytest.raises(Gone):
            calendar.put(WISH, known=known)
    assert google.world.books[PERSON].standing() == []


def test_an_entry_made_a_whole_day_by_hand_is_put_back_to_its_hours(google, account):
    calendar = account().calendar
    made = calendar.put(WISH, known=None)
    google.hand.change(made.remote_id, start={"date": "2026-10-24"}, end={"date": "2026-10-25"})
    with pytest.raises(Conflict):
        calendar.put(WISH, known=made)
    seen = calendar.find(key=WISH.key, remote_id=made.remote_id)
    back = calendar.put(WISH, known=seen)
    assert (back.starts_at, back.ends_at) == (WISH.starts_at, WISH.ends_at)


def test_a_calendar_without_meet_is_named(google, account):
    google.world.books[PERSON].solutions = []
    with pytest.raises(Denied) as met:
        account().calendar.put(WISH, known=None)
    assert met.value.code == "conference_not_allowed"


@pytest.mark.parametrize("deed", ["put", "changes", "find", "watch"])
def test_a_calendar_that_is_not_there_is_named(account, deed):
    connected = account(calendar="nobody@school.example.org")
    deeds = {
        "put": lambda: connected.calendar.put(WISH, known=None),
        "changes": lambda: connected.calendar.changes("", since=STARTS, until=STARTS),
        "find": lambda: connected.calendar.find(key=WISH.key, remote_id=""),
        "watch": lambda: connected.push.watch(
            channel_id="c1", address="https://kolega.example.org/x", secret="s", until=STARTS
        ),
    }
    with pytest.raises(Denied) as met:
        deeds[deed]()
    assert met.value.code == "calendar_missing"
