"""Suggested times, clock changes, join links."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.kernel.spans import Span
from events.planner import rules

ZONE = "Europe/Zagreb"
TODAY = date(2026, 11, 2)
THURSDAYS = rules.Pattern(3, time(16, 30), known=True)


def setting(busy=(), engaged=(), people=0, minutes=150, today=TODAY):
    return rules.Setting(ZONE, minutes, today, busy, engaged, people)


def busy(*when, hours=2):
    start = datetime(*when, tzinfo=UTC)
    return rules.Busy(Span(start, start + timedelta(hours=hours)), "Other")


def codes(proposal):
    return [reason.code for reason in proposal.reasons]


def test_two_times_at_least_eight_days_ahead():
    found = rules.propose(THURSDAYS, setting())
    assert [item.starts for item in found] == [
        datetime(2026, 11, 10, 16, 30), datetime(2026, 11, 12, 16, 30),
    ]  # fmt: skip
    assert [codes(item) for item in found] == [["other_day", "day_free"], ["as_last", "day_free"]]


def test_a_taken_time_is_passed_over_and_named():
    found = rules.propose(THURSDAYS, setting([busy(2026, 11, 12, 15, 0)]))
    assert found[1].starts == datetime(2026, 11, 19, 16, 30)
    assert codes(found[1]) == ["as_last", "passed_over", "day_free"]
    assert found[1].reasons[1].values == {"day": date(2026, 11, 12), "title": "Other"}


def test_another_event_of_the_day_without_a_clash_is_told():
    found = rules.propose(THURSDAYS, setting([busy(2026, 11, 12, 8, 0)]))
    assert codes(found[1]) == ["as_last", "same_day"]


def test_people_who_are_elsewhere_are_counted():
    away = Span(datetime(2026, 11, 12, 16, tzinfo=UTC), datetime(2026, 11, 12, 17, tzinfo=UTC))
    found = rules.propose(THURSDAYS, setting(engaged=[away, away], people=40))
    assert found[1].reasons[-1].values == {"away": 2, "people": 40}


def test_eight_full_weeks_leave_nothing():
    full = [
        rules.Busy(Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)), "")
    ]
    assert rules.propose(THURSDAYS, setting(full)) == []


def test_a_time_the_spring_change_skips_is_not_suggested():
    night = rules.Pattern(6, time(2, 30), known=True)
    found = rules.propose(night, setting(today=date(2027, 3, 14)))
    assert datetime(2027, 3, 28, 2, 30) not in [item.starts for item in found]


@given(
    st.integers(0, 4),
    st.times(),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 23), st.integers(1, 12)), max_size=12),
    st.integers(5, 600),
)
def test_a_suggestion_never_clashes_and_is_never_soon(weekday, start, others, minutes):
    start = start.replace(second=0, microsecond=0)
    taken = [
        busy(*(TODAY + timedelta(days=day)).timetuple()[:3], hour, 0, hours=hours)
        for day, hour, hours in others
    ]
    case = setting(taken, minutes=minutes)
    for item in rules.propose(rules.Pattern(weekday, start, known=False), case):
        span = rules._span(item.starts, case)
        assert not any(other.span.overlaps(span) for other in taken)
        assert item.starts.date() >= TODAY + timedelta(days=8)
        assert item.starts.weekday() < 5


def test_clock_changes_of_a_zone():
    assert rules.clock_fault(datetime(2027, 3, 28, 2, 30), ZONE) == rules.SKIPPED
    assert rules.clock_fault(datetime(2026, 10, 25, 2, 30), ZONE) == rules.DOUBLED
    assert rules.clock_fault(datetime(2026, 10, 25, 3, 0), ZONE) == ""
    assert rules.clock_fault(datetime(2027, 3, 28, 3, 0), ZONE) == ""
