"""The provider makes the meeting; it comes to the part when it is ready, or the page says why not."""

from dataclasses import replace

import pytest

from events.programme import commands as programme
from events.programme import parts
from integrations.ports import Denied, Meeting
from integrations.sync import commands
from integrations.sync.models import Link
from tests.factories.world import make_event
from tests.integrations.sync.conftest import add_account
from tests.integrations.sync.test_outward import change, part_of

pytestmark = pytest.mark.django_db
MADE = "https://meet.example.org/made"
READY = Meeting("ready", MADE, "+385 1 555", "spaces/1")
PENDING = Meeting("pending")


@pytest.fixture(autouse=True)
def _makes_meetings(stage):
    stage.account.makes_meetings = True
    stage.account.save()


def ready(stage, meeting=READY):
    (found,) = stage.far.standing()
    stage.far.entries[found.remote_id] = replace(found, meeting=meeting)


def test_a_meeting_that_is_ready_at_once_comes_to_the_part(stage):
    stage.far.meeting = READY
    event = stage.event()
    part, link = part_of(event), stage.link()
    assert (part.join_url, part.dial_in) == (MADE, "+385 1 555")
    assert (link.meeting_state, link.meeting_ref, link.state) == ("ready", "spaces/1", "ok")
    stage.work(3600)
    assert stage.far.calls == ["put"]


def test_a_meeting_that_is_being_made_is_looked_for(stage):
    stage.far.meeting = PENDING
    event = stage.event()
    assert stage.link().meeting_state == "pending"
    stage.work(3)
    assert stage.far.calls == ["put", "find"]
    ready(stage)
    stage.work(6)
    assert part_of(event).join_url == MADE


def test_a_meeting_that_never_comes_is_given_up_clearly(stage):
    stage.far.meeting = PENDING
    event = stage.event()
    for seconds in (3, 6, 16, 61, 301, 901):
        stage.work(seconds)
    assert (stage.link().meeting_state, part_of(event).join_url) == ("failed", "")
    assert stage.far.calls.count("find") == 6
    stage.work(5)
    assert stage.link().state == "ok"


def test_it_can_be_asked_for_once_more(stage):
    stage.far.meeting = Meeting("failed")
    event = stage.event()
    stage.work(1)
    assert stage.link().meeting_state == "failed"
    stage.far.meeting = READY
    commands.ask_for_meeting(part_of(event).pk, by=stage.by, at=stage.now)
    stage.work(1)
    assert part_of(event).join_url == MADE


def test_an_account_that_may_not_make_meetings_still_gets_the_entry(stage):
    stage.far.fail("put", Denied("conference_not_allowed"))
    stage.event()
    stage.work(1)
    link = stage.link()
    assert (len(stage.far.standing()), link.state, link.meeting_state) == (1, "ok", "failed")
    stage.account.refresh_from_db()
    assert stage.account.state == "fine"


def test_a_pasted_link_wins_before_and_after(stage):
    stage.far.meeting = READY
    first = stage.event(join_url="https://own.example.org/1")
    assert part_of(first).join_url == "https://own.example.org/1"
    assert stage.link().meeting_state == "none"
    second = stage.event(title="Second")
    assert part_of(second).join_url == MADE
    change(stage, second, join_url="https://own.example.org/2")
    assert part_of(second).join_url == "https://own.example.org/2"
    stage.read()
    assert part_of(second).join_url == "https://own.example.org/2"


def test_moving_online_makes_a_meeting_and_back_to_the_room_takes_it_off(stage):
    stage.far.meeting = READY
    event = stage.event(mode="room")
    assert stage.link().meeting_state == "none"
    change(stage, event, mode="online")
    assert part_of(event).join_url == MADE
    change(stage, event, mode="room")
    assert part_of(event).join_url == ""
    assert len(stage.far.standing()) == 1


def test_e_a_copy_never_shares_the_room_of_the_first(stage):
    """A further day that was started from the first brings its link along, and gets its own."""
    stage.far.meeting = READY
    event = stage.event()
    stage.far.meeting = replace(READY, join_url="https://meet.example.org/second")
    wish = parts.present(part_of(event))
    day = replace(wish, starts=wish.starts.replace(day=28))
    added = parts.add(event.pk, day, by=stage.by, at=stage.now)
    stage.work(1)
    added.refresh_from_db()
    assert added.join_url == "https://meet.example.org/second"
    assert part_of(event).join_url == MADE


def test_another_account_makes_the_meetings(stage):
    """BigBlueButton makes rooms behind an address of ours; the calendar is asked for none."""
    add_account(
        stage.world, provider="bigbluebutton", calendar="", makes_meetings=True, scope="person",
        scope_id=stage.world.coordinator.pk,
    )  # fmt: skip
    stage.far.meeting = READY
    part = part_of(stage.event())
    assert part.join_url.endswith(f"/meet/{part.pk}/")
    assert stage.link().meeting_state == "none"


def test_a_calendar_without_meetings_says_so(stage):
    stage.account.provider = "caldav"
    stage.account.save()
    event = stage.event()
    with pytest.raises(commands.NoMeetings):
        commands.ask_for_meeting(part_of(event).pk, by=stage.by, at=stage.now)
    Link.objects.all().delete()
    with pytest.raises(commands.NoCalendar):
        commands.ask_for_meeting(part_of(event).pk, by=stage.by, at=stage.now)


def test_a_meeting_found_in_a_round_is_taken_on(stage):
    stage.far.meeting = PENDING
    event = stage.event()
    ready(stage)
    stage.far.touch_there(stage.link().remote_id)
    stage.read(1)
    assert part_of(event).join_url == MADE


def test_a_cancelled_event_gets_no_link(stage):
    stage.far.meeting = PENDING
    event = make_event(stage.world, join_url="")
    stage.work(11)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    ready(stage)
    stage.work(3)
    assert part_of(event).join_url == ""


def test_a_link_of_another_event_that_was_pasted_on_purpose_stays(stage):
    """Two events meet in one room, because somebody said so."""
    stage.far.meeting = READY
    stage.event()
    stage.far.meeting = replace(READY, join_url="https://meet.example.org/second")
    second = stage.event(title="Second", join_url=MADE)
    stage.read()
    assert part_of(second).join_url == MADE
    link = Link.objects.get(part_id=part_of(second).pk)
    assert (link.meeting_state, link.state) == ("none", "ok")
