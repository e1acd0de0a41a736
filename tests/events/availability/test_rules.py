"""Free is only who said so: nothing missing, old or half makes anybody free."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.availability import rules
from events.kernel.spans import Span
from tests.factories.world import AT

SPAN = Span(AT + timedelta(days=9), AT + timedelta(days=9, hours=2))
WHOLE = Span(AT, AT + rules.AHEAD)


def told(*busy, at=AT, within=WHOLE):
    return rules.Told(within, at, [Span(AT + one, AT + one + timedelta(hours=1)) for one in busy])


def state(*answers, at=AT):
    return rules.state(answers, SPAN, at=at)


def test_free_busy_unknown():
    inside = timedelta(days=9, minutes=30)
    assert state(told()) == "free"
    assert state(told(inside)) == "busy"
    assert state(told(timedelta(days=8))) == "free"
    assert state(None) == "unknown"
    assert state() == "unknown"


def test_two_calendars_must_both_say_free_and_one_is_enough_for_busy():
    busy = told(timedelta(days=9))
    assert state(told(), told()) == "free"
    assert state(told(), None) == "unknown"
    assert state(busy, None) == "busy"
    assert state(told(), busy) == "busy"


def test_an_answer_of_a_day_ago_says_nothing():
    later = AT + rules.FRESH
    assert state(told(), at=later - timedelta(seconds=1)) == "free"
    assert state(told(), at=later) == "unknown"
    assert state(told(timedelta(days=9)), at=later) == "unknown"


def test_what_was_not_asked_about_is_unknown():
    half = Span(AT, SPAN.start + timedelta(hours=1))
    assert state(told(within=half)) == "unknown"


def test_of_a_time_that_has_begun_nothing_is_said():
    assert rules.state([told()], Span(AT, AT + timedelta(hours=1)), at=AT) == "free"
    begun = Span(AT - timedelta(hours=1), AT + timedelta(hours=1))
    assert rules.state([told(within=begun)], begun, at=AT) == "unknown"


def test_the_end_of_one_thing_is_not_the_beginning_of_another():
    assert state(told(timedelta(days=9, hours=-1), timedelta(days=9, hours=2))) == "free"


def test_spans_are_joined_and_cut():
    minute = timedelta(minutes=1)
    given = [(AT + 5 * minute, AT + 9 * minute), (AT - minute, AT + 5 * minute), (AT, AT)]
    assert rules.joined(given, Span(AT, AT + 8 * minute)) == [Span(AT, AT + 8 * minute)]
    assert rules.joined([(AT, AT)], WHOLE) == []


HOURS = st.integers(-48, 24 * 80).map(lambda hours: timedelta(hours=hours))
ANSWERS = st.none() | st.builds(
    lambda busy, age, start, length: told(
        *busy, at=AT - age, within=Span(AT + start, AT + start + length)
    ),
    st.lists(HOURS, max_size=6), st.integers(-2, 60).map(lambda hours: timedelta(hours=hours)),
    HOURS, st.integers(1, 24 * 90).map(lambda hours: timedelta(hours=hours)),
)  # fmt: skip


@given(st.dictionaries(st.integers(1, 9), st.lists(ANSWERS, max_size=3)), st.integers(0, 20), HOURS)
def test_nobody_is_free_without_a_fresh_whole_answer_of_every_calendar(answers, others, start):
    span = Span(AT + start, AT + start + timedelta(hours=2))
    group = rules.Calendars(len(answers) + others, answers, AT)
    tally = group.tally(span)
    assert tally.free + tally.busy + tally.unknown == len(answers) + others
    assert min(tally.free, tally.busy, tally.unknown) >= 0
    assert tally.unknown >= others
    sure = [
        given
        for given in answers.values()
        if given
        and span.start >= AT
        and all(one and timedelta(0) <= AT - one.at < timedelta(hours=24) for one in given)
        and all(one.within.start <= span.start and span.end <= one.within.end for one in given)
        and not any(busy.overlaps(span) for one in given for busy in one.busy)
    ]
    assert tally.free == len(sure)
