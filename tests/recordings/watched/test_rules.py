"""The rule of beats by itself: what is new, against the time that really went by."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.kernel.lines import length, union
from recordings.watched.rules import Beat, Session, judge

S = 1000
OPEN = Session(issued=1_000_000, heard=1_000_000)


def outcome(
    *, wall, played, at, session=OPEN, covered=(), used=(), rate=100, late=False, limit=150
):
    beat = Beat(wall * S, rate, union((one * S, two * S) for one, two in played), late)
    return judge(beat, session, covered=covered, used=used, at=OPEN.issued + at * S, limit=limit)


def test_what_was_played_at_normal_speed_is_accepted_whole():
    found = outcome(wall=30, played=[(0, 30)], at=30)
    assert (found.accepted, found.too_much) == (((0, 30 * S),), 0)
    assert length(found.used) == 30 * S


def test_sixteen_times_as_fast_earns_the_limit():
    found = outcome(wall=30, played=[(0, 480)], at=30, rate=1600)
    assert found.accepted == ((0, 45 * S),)
    assert found.too_much == 435 * S


def test_a_device_clock_that_runs_fast_is_bound_by_the_servers():
    found = outcome(wall=600, played=[(0, 600)], at=30)
    assert length(found.accepted) == 45 * S


def test_a_clock_that_ran_ahead_is_not_given_back_after_a_pause():
    first = outcome(wall=600, played=[(0, 600)], at=30)
    later = Session(OPEN.issued, OPEN.issued + 30 * S, first.wall)
    found = outcome(wall=601, played=[(0, 900)], at=900, session=later, used=first.used)
    assert length(found.accepted) == 1500


def test_a_server_that_hears_late_is_bound_by_the_devices_clock():
    found = outcome(wall=30, played=[(0, 600)], at=600)
    assert length(found.accepted) == 45 * S


def test_time_that_another_tab_used_up_is_gone():
    first = outcome(wall=30, played=[(0, 30)], at=30)
    second = outcome(wall=30, played=[(100, 130)], at=30, used=first.used)
    assert second.accepted == ()


def test_the_same_part_again_earns_and_uses_nothing():
    found = outcome(wall=30, played=[(0, 30)], at=30, covered=((0, 30 * S),))
    assert (found.accepted, found.used) == ((), ())


def test_played_offline_uses_earlier_time_that_nobody_used():
    hour = 3600
    used = ((OPEN.issued + 2000 * S, OPEN.issued + hour * S),)
    live = outcome(wall=900, played=[(0, 900)], at=hour, used=used)
    late = outcome(wall=900, played=[(0, 900)], at=hour, used=used, late=True)
    assert (length(live.accepted), length(late.accepted)) == (0, 900 * S)


def test_offline_is_bound_by_the_time_since_the_page_was_opened():
    found = outcome(wall=36_000, played=[(0, 7200)], at=60, late=True)
    assert length(found.accepted) == 90 * S


beats = st.lists(
    st.tuples(
        st.integers(0, 90), st.integers(0, 4000), st.integers(0, 4000),
        st.integers(7, 1600), st.booleans(), st.integers(0, 2), st.integers(0, 4000),
    ),
    max_size=30,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(beats, st.sampled_from([100, 150, 200]))
def test_whatever_players_say_nobody_covers_more_than_the_limit_times_the_time(said, limit):
    sessions, covered, used, now = dict.fromkeys(range(3), OPEN), [(), (), ()], (), OPEN.issued
    for gone, start, end, rate, late, tab, wall in said:
        now += gone * S
        beat = Beat(wall * S, rate, union([(start * S, end * S)]), late)
        found = judge(beat, sessions[tab], covered=covered[tab], used=used, at=now, limit=limit)
        covered[tab] = union([*covered[tab], *found.accepted])
        used = union([*used, *found.used])
        sessions[tab] = Session(OPEN.issued, now, found.wall)
        total = sum(length(line) for line in covered)
        assert total <= (now - OPEN.issued) * limit / 100 + len(said)
        assert used == () or (used[0][0] >= OPEN.issued and used[-1][1] <= now)
