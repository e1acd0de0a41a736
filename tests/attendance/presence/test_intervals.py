"""The arithmetic of spans, held against sets of single milliseconds."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.presence import intervals

pair = st.tuples(st.integers(0, 60), st.integers(0, 60))
pairs = st.lists(pair, max_size=8)


def points(spans):
    return {moment for start, end in spans for moment in range(start, end)}


@given(pairs)
def test_union_covers_the_same_moments_and_is_a_line(spans):
    line = intervals.union(spans)
    assert points(line) == points(spans)
    assert all(one[1] < two[0] for one, two in pairwise(line))
    assert all(start < end for start, end in line)


@given(pairs)
def test_union_of_a_union_is_itself(spans):
    assert intervals.union(intervals.union(spans)) == intervals.union(spans)


@given(pairs, st.randoms(use_true_random=False))
def test_union_does_not_depend_on_order(spans, random):
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert intervals.union(shuffled) == intervals.union(spans)


@given(pairs, st.integers(0, 60))
def test_splitting_a_span_changes_nothing(spans, cut):
    split = [piece for s, e in spans for piece in ((s, min(e, cut)), (max(s, cut), e))]
    assert intervals.union(split) == intervals.union(spans)


@given(pairs, pairs)
def test_intersect_and_subtract_are_those_of_sets(left, right):
    assert points(intervals.intersect(left, right)) == points(left) & points(right)
    assert points(intervals.subtract(left, right)) == points(left) - points(right)


@given(pairs, st.integers(0, 60), st.integers(0, 60))
def test_clipping_before_or_after_joining_is_the_same(spans, start, end):
    clipped = [piece for span in spans for piece in intervals.clip([span], start=start, end=end)]
    joined = intervals.clip(intervals.union(spans), start=start, end=end)
    assert intervals.union(clipped) == joined


@given(pairs)
def test_union_is_never_longer_than_the_wall_clock(spans):
    line = intervals.union(spans)
    wall = line[-1][1] - line[0][0] if line else 0
    assert intervals.length(spans) <= wall or not line


@given(pairs, st.integers(0, 20))
def test_short_gaps_are_the_pauses_up_to_the_limit(spans, longest):
    line = intervals.union(spans)
    everything = points([(line[0][0], line[-1][1])]) if line else set()
    gaps = intervals.short_gaps(spans, longest=longest)
    assert points(gaps) <= everything - points(spans)
    assert all(end - start <= longest for start, end in gaps)
    filled = intervals.union([*spans, *gaps])
    assert not intervals.short_gaps(filled, longest=longest)


@given(pairs, st.integers(-5, 80))
def test_take_keeps_the_first_moments(spans, at_most):
    kept = intervals.take(spans, at_most=at_most)
    assert points(kept) == set(sorted(points(spans))[: max(at_most, 0)])


def test_a_datetime_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        intervals.as_ms(datetime(2026, 1, 1))


def test_an_instant_in_milliseconds_and_as_datetime_are_the_same():
    moment = datetime(2026, 3, 29, 1, 0, 0, 999_999, tzinfo=UTC)
    assert intervals.as_ms(moment) == 1774746000999
    assert intervals.as_ms(1774746000999) == 1774746000999
