"""Events and their Teams meetings, beyond what every calendar must do."""

from datetime import timedelta

import pytest

from integrations.ports import Denied, Meeting, Temporary
from tests.contracts.peer import STARTS, Sample
from tests.contracts.peers.microsoft import connected


def lines(simulator, start):
    return [item for item in simulator.diary if item.line.startswith(start)]


def test_e_booking_made_several_times_the_service_drops_a_repeated_creation(simulator, box):
    """Even where the search finds nothing yet, the same transaction makes nothing new."""
    calendar = connected(simulator).calendar
    made = calendar.put(Sample(1).entry(), known=None)
    box.events[made.remote_id].extended.clear()
    again = calendar.put(Sample(1).entry(), known=None)
    assert again.remote_id == made.remote_id
    assert len(box.events) == 1


def test_e_booking_made_several_times_the_property_is_looked_for_first(simulator, box, calendar):
    """How long Graph remembers transactions is nowhere written."""
    made = calendar.put(Sample(1).entry(), known=None)
    box.transactions.clear()
    assert calendar.put(Sample(1).entry(), known=None).remote_id == made.remote_id
    assert len(box.events) == 1


@pytest.mark.parametrize("keeps", [True, False])
def test_what_was_removed_twice_can_be_put_back_twice(simulator, box, calendar, keeps):
    simulator.world.switches.keeps_transactions = keeps
    for _ in range(3):
        made = calendar.put(Sample(1).entry(), known=None)
        assert made.key == Sample(1).entry().key
        simulator.hand.remove(made.remote_id)
    assert calendar.put(Sample(1).entry(), known=None).title == Sample(1).entry().title
    assert len(box.events) == 1


def test_a_copy_made_in_outlook_is_not_taken_for_the_original(simulator, box, calendar):
    made = calendar.put(Sample(1).entry(), known=None)
    simulator.clock.advance(hours=1)
    copy = simulator.hand.add(box, "Copy", STARTS, STARTS + timedelta(hours=1))
    copy.extended.update(box.events[made.remote_id].extended)
    box.events = dict(reversed(box.events.items()))
    assert calendar.find(key=made.key, remote_id="").remote_id == made.remote_id


def test_a_meeting_comes_with_the_event(calendar):
    made = calendar.put(Sample(1).entry(meets=True), known=None)
    assert made.meeting.state == "ready"
    assert made.meeting.join_url.startswith("https://teams.microsoft.com/l/meetup-join/")
    assert made.meeting.ref == made.meeting.join_url


def test_a_meeting_may_come_later_than_its_event(simulator, calendar):
    simulator.world.switches.meetings_after = timedelta(seconds=30)
    entry = Sample(1).entry(meets=True)
    made = calendar.put(entry, known=None)
    assert made.meeting == Meeting("pending")
    simulator.clock.advance(seconds=31)
    assert calendar.find(key=entry.key, remote_id=made.remote_id).meeting.state == "ready"


def test_an_event_goes_online_later(box, calendar):
    made = calendar.put(Sample(1).entry(), known=None)
    assert made.meeting == Meeting()
    online = calendar.put(Sample(1).entry(meets=True), known=made)
    assert online.meeting.state == "ready"


def test_a_change_keeps_the_teams_meeting_in_the_body(box, calendar):
    made = calendar.put(Sample(1).entry(meets=True), known=None)
    moved = Sample(1).entry(meets=True, title="Moved", text="Another text")
    changed = calendar.put(moved, known=made)
    assert changed.meeting == made.meeting
    event = box.events[made.remote_id]
    assert made.meeting.join_url in event.values["body"]["content"]
    assert "Another text" not in event.values["body"]["content"]


def test_a_calendar_without_teams_says_so(box, calendar):
    box.providers.clear()
    with pytest.raises(Denied, match="conference_not_allowed"):
        calendar.put(Sample(1).entry(meets=True), known=None)
    assert box.events == {}


def test_a_mailbox_that_is_not_there_says_so(simulator):
    with pytest.raises(Denied, match="calendar_missing"):
        connected(simulator).calendar.put(Sample(1).entry(), known=None)


def test_e_delete_of_something_gone_is_done(simulator, calendar):
    made = calendar.put(Sample(1).entry(), known=None)
    simulator.hand.remove(made.remote_id)
    calendar.remove(remote_id=made.remote_id)
    simulator.faults.switch_on("gone", "DELETE")
    calendar.remove(remote_id=made.remote_id)


@pytest.mark.parametrize("kind", ["not_found", "gone", "precondition"])
@pytest.mark.parametrize("where", ["GET /v1.0", "POST /v1.0"])
def test_making_an_entry_ends_in_an_entry_or_in_another_try(simulator, box, calendar, kind, where):
    """Gone would say that somebody removed what never stood there."""
    simulator.faults.switch_on(kind, where)
    with pytest.raises(Temporary):
        calendar.put(Sample(1).entry(), known=None)
    assert box.events == {}
    calendar.put(Sample(1).entry(), known=None)
    assert len(box.events) == 1


def test_ids_are_asked_to_stay_in_every_call(simulator, connection):
    made = connection.calendar.put(Sample(1).entry(meets=True), known=None)
    connection.calendar.put(Sample(1).entry(title="x"), known=made)
    connection.calendar.changes("", since=STARTS, until=STARTS + timedelta(days=1))
    connection.busy.busy(["a@example.org"], since=STARTS, until=STARTS + timedelta(hours=1))
    connection.harvest.sittings(made.meeting.ref, since=STARTS, until=STARTS)
    connection.check.check()
    asked = [item for item in simulator.diary if item.path.startswith("/v1.0/")]
    assert len(asked) > 8
    assert all('IdType="ImmutableId"' in item.headers["prefer"] for item in asked)


def test_requests_name_no_zone_that_graph_does_not_know(simulator, calendar):
    calendar.put(Sample(1).entry(zone="Europe/Zagreb"), known=None)
    [post] = lines(simulator, "POST /v1.0")
    assert post.json()["start"] == {"dateTime": "2026-10-24T16:00:00", "timeZone": "UTC"}


def test_an_address_with_odd_signs_reaches_its_mailbox(simulator):
    from tests.contracts.peers import microsoft

    odd = "ana+š#1@school.example.org"
    box = simulator.world.add_mailbox(odd)
    connection = microsoft.connect(
        {"tenant": microsoft.TENANT, "client_id": microsoft.CLIENT,
         "login_url": simulator.url, "graph_url": f"{simulator.url}/v1.0/"},
        {"client_secret": simulator.world.secret}, calendar=odd, subject="",
    )  # fmt: skip
    connection.calendar.put(Sample(1).entry(), known=None)
    assert len(box.events) == 1
