"""What is asked about a link before it is used: other events, other days, old phone lines."""

from datetime import UTC, datetime, timedelta

import pytest

from events.kernel.contributions import LinkUse
from integrations.pasted import doubts
from tests.factories.world import make_event, make_person, make_world

pytestmark = pytest.mark.django_db
LINK = "https://us02web.zoom.us/j/84012345678?pwd=abc"
PERSONAL = "https://us02web.zoom.us/my/ana.ananas"
STARTS = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)


@pytest.fixture
def world():
    return make_world()


def use(text=LINK, *, later=timedelta(), **more):
    return LinkUse(
        text, STARTS + later, STARTS + later + timedelta(minutes=90), "Europe/Zagreb", **more
    )


def codes(world, wish, by=None):
    actor = world.actor(by or world.coordinator)
    return [one.code for one in doubts.of(wish, by=actor)]


def test_a_link_of_its_own_is_fine(world):
    make_event(world)
    assert codes(world, use()) == []


def test_the_same_meeting_at_the_same_time_is_named_however_its_address_is_written(world):
    make_event(world, title="Other", join_url="https://zoom.us/wc/join/84012345678")
    (found,) = doubts.of(use(), by=world.actor(world.coordinator))
    assert found.code == "link_in_use"
    assert "Other (Thursday 26 November 2026, 16:30–19:00)" in found.words


def test_the_event_itself_a_cancelled_one_and_another_time_are_no_clash(world):
    event = make_event(world, join_url=LINK)
    assert codes(world, use(event_id=event.pk)) == []
    assert codes(world, use(later=timedelta(hours=2, minutes=30))) == []
    assert codes(world, use(later=timedelta(hours=2, minutes=29))) == ["link_in_use"]
    event.state = "cancelled"
    event.save()
    assert codes(world, use()) == []


def test_the_same_digits_in_the_code_of_another_meeting_are_no_clash(world):
    make_event(world, join_url="https://us02web.zoom.us/j/95000000000?pwd=84012345678")
    assert codes(world, use()) == []


def test_an_event_that_the_reader_may_not_know_is_not_named(world):
    make_event(make_world("AL"), title="Hidden", join_url=LINK)
    (found,) = doubts.of(use(), by=world.actor(world.coordinator))
    assert found.code == "link_in_use"
    assert "Hidden" not in found.words
    assert "an event you cannot see" in found.words


def test_a_draft_of_somebody_else_stays_unnamed_too(world):
    make_event(world, title="Draft", join_url=LINK, publish=False)
    stranger = make_person("Stranger")
    (found,) = doubts.of(use(), by=world.actor(stranger))
    assert "Draft" not in found.words


@pytest.mark.parametrize(
    ("link", "asked"), [(PERSONAL, ["personal_room_twice"]), (LINK, []),
                        ("https://zoom.us/j/8401234567", ["personal_room_twice"])],
)  # fmt: skip
def test_a_personal_room_used_twice_on_one_day(world, link, asked):
    make_event(world, join_url=link, starts=datetime(2026, 11, 26, 9, 0), minutes=60)
    assert codes(world, use(link)) == asked
    assert codes(world, use(link, later=timedelta(days=1))) == []


def test_another_day_in_the_text(world):
    text = f"Time: Nov 27, 2026 04:30 PM\n{LINK}"
    (found,) = doubts.of(use(text), by=world.actor(world.coordinator))
    assert found.words == (
        "The pasted text names Friday 27 November 2026, and the event is on "
        "Thursday 26 November 2026. Check that it is the right meeting."
    )
    assert codes(world, use(f"Sent on 12.11.2026\nTime: 26 Nov 2026\n{LINK}")) == []


def test_the_day_is_that_of_the_event_s_own_clock(world):
    late = use(f"26.11.2026 {LINK}", later=timedelta(hours=7, minutes=15))
    assert codes(world, late) == []
    assert codes(world, use(f"26.11.2026 {LINK}", later=timedelta(hours=8))) == ["other_date"]


def test_a_phone_line_left_from_another_link(world):
    kept = {"line": "+385 1 555 0100", "line_before": "+385 1 555 0100"}
    other = use(link_before="https://meet.google.com/abc-defg-hij", **kept)
    assert codes(world, other) == ["old_line"]
    assert codes(world, use(link_before="https://zoom.us/j/84012345678", **kept)) == []
    assert codes(world, use(link_before="", **kept)) == []


def test_one_query_however_many_events(world, django_assert_num_queries):
    for hour in (15, 16, 17):
        make_event(world, join_url=LINK, starts=datetime(2026, 11, 26, hour, 0))
    by = world.actor(world.coordinator)
    with django_assert_num_queries(1):
        doubts.of(use(), by=by)
