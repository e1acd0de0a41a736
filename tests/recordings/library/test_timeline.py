"""Three clocks of a recording agree with one another."""

from hypothesis import given
from hypothesis import strategies as st

from recordings.library import timeline

HOUR = 3_600_000
instants = st.integers(0, HOUR)
spans = st.lists(
    st.tuples(instants, st.integers(1, HOUR)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=6,
)


def moments(pairs, step=997):
    return {at for start, end in pairs for at in range(start - start % step + step, end, step)}


@given(cuts=spans)
def test_what_is_left_and_what_is_cut_make_the_whole(cuts):
    left = timeline.kept(HOUR, cuts)
    assert left == sorted(left)
    assert all(
        any(start <= at < end for start, end in cuts)
        != any(start <= at < end for start, end in left)
        for at in range(0, HOUR, 4999)
    )


@given(cuts=spans, seen=spans)
def test_there_and_back_gives_what_was_not_cut(cuts, seen):
    left = timeline.kept(HOUR, cuts)
    there = timeline.to_source(timeline.to_player(seen, left), left)
    inside = {at for at in moments(seen) if any(one <= at < two for one, two in left)}
    assert {at for at in inside if any(one <= at < two for one, two in there)} == inside
    assert sum(two - one for one, two in there) <= sum(two - one for one, two in seen)


def test_a_span_over_a_cut_skips_it():
    left = timeline.kept(100, [(20, 50)])
    assert left == [(0, 20), (50, 100)]
    assert timeline.to_source([(10, 30)], left) == [(10, 20), (50, 60)]
    assert timeline.to_player([(10, 60)], left) == [(10, 20), (20, 30)]


def test_a_pause_of_the_recorder_is_a_leap_of_event_time():
    pieces = [(0, 5_000), (60, 9_000)]
    assert timeline.to_event([(50, 70)], pieces) == [(5_050, 5_060), (9_000, 9_010)]
    assert timeline.from_event([(5_050, 9_010)], pieces, 100) == [(50, 60), (60, 70)]


def test_before_the_first_piece_nobody_knows_when_it_was():
    assert timeline.to_event([(0, 20)], [(10, 1_000)]) == [(1_000, 1_010)]
