"""Counting presence: properties on random evidence, an independent oracle, and cases in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.presence.rules import (
    Evidence,
    Mode,
    Reason,
    Rule,
    Sighting,
    Status,
    Timetable,
    settle,
    settle_all,
)

MINUTE = 60_000
HOUR = Timetable(0, 60 * MINUTE)
RULE = Rule(version="test-1", min_pct=80)


def at(minute):
    return round(minute * MINUTE)


def online(start, end, **more):
    return Sighting("ana", Mode.ONLINE, at(start), None if end is None else at(end), **more)


def room(start, end, **more):
    return replace(online(start, end, **more), mode=Mode.ROOM)


def verdict(*sightings, timetable=HOUR, rule=RULE, **more):
    return settle(sightings=sightings, timetable=timetable, rule=rule, **more)


def codes(found):
    return [reason.code for reason in found.reasons]


# --- random evidence -------------------------------------------------------------------------

live_modes = st.sampled_from([Mode.ROOM, Mode.ONLINE])


@st.composite
def sightings(draw, modes=live_modes):
    start = draw(st.integers(-20, 90))
    end = draw(st.one_of(st.none(), st.integers(-20, 110)))
    evidence = draw(
        st.sampled_from([Evidence.MEASURED, Evidence.PRESUMED, Evidence.ATTESTED]),
    )
    seen = Sighting("ana", draw(modes), start * 1000, end and end * 1000, evidence)
    return replace(seen, waiting=draw(st.integers(0, 9)) == 0)


@st.composite
def timetables(draw):
    start, end = sorted(draw(st.lists(st.integers(0, 80), min_size=2, max_size=2, unique=True)))
    held = draw(st.tuples(st.integers(-10, 40), st.integers(41, 100)))
    mask = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=3))
    known = draw(st.booleans())
    return Timetable(
        start * 1000,
        end * 1000,
        held[0] * 1000 if known else None,
        held[1] * 1000 if known else None,
        tuple((one * 1000, two * 1000) for one, two in mask),
    )


rules = st.builds(
    Rule,
    version=st.just("random"),
    min_pct=st.integers(0, 100),
    min_minutes=st.one_of(st.none(), st.integers(0, 2)),
    combine=st.sampled_from(["all", "any"]),
    denominator=st.sampled_from(["held", "scheduled"]),
    bridge_gap_s=st.integers(0, 30),
    grace_min=st.sampled_from([0, 0, 1]),
    unit_minutes=st.sampled_from([45, 60]),
)
evidence_lists = st.lists(sightings(), max_size=7)


def oracle(seen, timetable, rule):
    """The same sum by sets of single seconds; the inputs above are whole seconds."""
    first = timetable.start if timetable.held_start is None else timetable.held_start
    last = timetable.end if timetable.held_end is None else timetable.held_end
    second = range(-30, 240)
    masks = [span for span in timetable.counts if span[0] < span[1]]
    if not masks:
        masks = [(timetable.start, timetable.end)]
    plan = {
        s
        for s in second
        if timetable.start <= s * 1000 < timetable.end
        and any(one <= s * 1000 < two for one, two in masks)
    }
    late = {
        s for s in second if timetable.end <= s * 1000 < timetable.end + rule.grace_min * MINUTE
    }
    held = {s for s in second if first <= s * 1000 < last}
    asked = plan & held if rule.denominator == "held" else plan
    there = {Mode.ROOM: set(), Mode.ONLINE: set()}
    for one in seen:
        if not one.waiting:
            end = last if one.end is None else one.end
            there[one.mode] |= {s for s in second if one.start <= s * 1000 < end}
    gone = set()
    if there[Mode.ONLINE]:
        run = []
        for s in range(min(there[Mode.ONLINE]), max(there[Mode.ONLINE]) + 1):
            if s in there[Mode.ONLINE]:
                if len(run) <= rule.bridge_gap_s:
                    gone |= set(run)
                run = []
            else:
                run.append(s)
    countable = (plan | late) & held
    sure = (there[Mode.ROOM] | there[Mode.ONLINE]) & countable
    bridged = (gone & countable) - sure
    return min(len(sure) + min(len(bridged), 300), len(asked)), len(asked)


@settings(max_examples=3 * settings.default.max_examples)
@given(evidence_lists, timetables(), rules)
def test_counted_time_is_that_of_the_oracle(seen, timetable, rule):
    found = verdict(*seen, timetable=timetable, rule=rule)
    counted, asked = oracle(seen, timetable, rule)
    assert found.counted_ms == counted * 1000
    assert found.minutes_counted == counted // 60
    assert found.minutes_planned == asked // 60
    assert found.percent == (counted * 100 // asked if asked else 0)


@given(evidence_lists, timetables(), rules, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(seen, timetable, rule, random):
    again = [*seen, *seen]
    random.shuffle(again)
    first = verdict(*seen, timetable=timetable, rule=rule)
    second = verdict(*again, timetable=timetable, rule=rule)
    pick = ("counted_ms", "status", "evidence", "spans", "minutes_room", "minutes_online")
    assert [getattr(first, name) for name in pick] == [getattr(second, name) for name in pick]


@given(evidence_lists, sightings(), timetables(), rules)
def test_more_evidence_never_lowers_the_sum(seen, more, timetable, rule):
    before = verdict(*seen, timetable=timetable, rule=rule)
    after = verdict(*seen, more, timetable=timetable, rule=rule)
    assert before.counted_ms <= after.counted_ms


@given(evidence_lists, st.integers(-20, 110), timetables(), rules)
def test_splitting_a_sighting_changes_nothing(seen, cut, timetable, rule):
    split = []
    for one in seen:
        if one.end is None or not one.start < cut * 1000 < one.end:
            split.append(one)
        else:
            split += [replace(one, end=cut * 1000), replace(one, start=cut * 1000)]
    whole = verdict(*seen, timetable=timetable, rule=rule)
    pieces = verdict(*split, timetable=timetable, rule=rule)
    assert (whole.counted_ms, whole.spans) == (pieces.counted_ms, pieces.spans)


@given(evidence_lists, timetables(), rules)
def test_counted_is_never_more_than_planned_or_than_the_wall_clock(seen, timetable, rule):
    found = verdict(*seen, timetable=timetable, rule=rule)
    asked = found.held_ms if rule.denominator == "held" else found.scheduled_ms
    assert 0 <= found.counted_ms <= asked <= timetable.end - timetable.start
    assert found.percent <= 100
    if found.spans:
        wall = max(span.end for span in found.spans) - min(span.start for span in found.spans)
        assert found.counted_ms <= wall


@given(evidence_lists, timetables(), rules)
def test_two_devices_are_one_person(seen, timetable, rule):
    second_device = [replace(one, source="telephone") for one in seen]
    one = verdict(*seen, timetable=timetable, rule=rule)
    two = verdict(*seen, *second_device, timetable=timetable, rule=rule)
    assert one.counted_ms == two.counted_ms


@given(evidence_lists, timetables(), rules, st.integers(0, 10**12))
def test_the_date_does_not_matter(seen, timetable, rule, shift):
    later = [replace(s, start=s.start + shift, end=s.end and s.end + shift) for s in seen]
    later = [replace(b, end=shift) if a.end == 0 else b for a, b in zip(seen, later, strict=True)]
    moved = Timetable(
        timetable.start + shift,
        timetable.end + shift,
        None if timetable.held_start is None else timetable.held_start + shift,
        None if timetable.held_end is None else timetable.held_end + shift,
        tuple((one + shift, two + shift) for one, two in timetable.counts),
    )
    here = verdict(*seen, timetable=timetable, rule=rule)
    there = verdict(*later, timetable=moved, rule=rule)
    assert (here.counted_ms, here.status) == (there.counted_ms, there.status)


@given(evidence_lists, timetables(), rules)
def test_every_verdict_gives_its_reasons(seen, timetable, rule):
    found = verdict(*seen, timetable=timetable, rule=rule)
    if found.status is not Status.PRESENT:
        assert set(codes(found)) & {"short_by", "borderline", "not_held", "late_by"} or (
            found.counted_ms == 0
        )
    if found.status is Status.PRESENT:
        assert "short_by" not in codes(found)


# --- cases in words --------------------------------------------------------------------------


def test_enough_presence_is_present():
    found = verdict(online(0, 55))
    assert (found.status, found.minutes_counted, found.percent) == (Status.PRESENT, 55, 91)
    assert found.reasons == (Reason("enough", {"minutes": 55}),)
    assert found.rule_version == "test-1"


def test_one_minute_short_is_said_as_one_minute():
    rule = replace(RULE, borderline_pct=0)
    found = verdict(online(0, 47.5), rule=rule)
    assert found.status is Status.PARTIAL
    assert found.reasons[0] == Reason("short_by", {"minutes": 1})


@pytest.mark.parametrize("minute", [47, 48, 49])
def test_two_percent_on_either_side_is_for_a_person_to_decide(minute):
    found = verdict(online(0, minute))
    assert found.status is Status.REVIEW
    assert "borderline" in codes(found)


@pytest.mark.parametrize(("minute", "status"), [(46, Status.PARTIAL), (50, Status.PRESENT)])
def test_outside_the_margin_the_rule_decides(minute, status):
    assert verdict(online(0, minute)).status is status


def test_full_presence_is_never_borderline():
    rule = replace(RULE, min_pct=100)
    assert verdict(online(0, 60), rule=rule).status is Status.PRESENT
    assert verdict(online(0, 59.5), rule=rule).status is Status.REVIEW


def test_nobody_seen_is_absent_and_the_gap_is_the_whole_demand():
    found = verdict()
    assert (found.status, found.minutes_counted) == (Status.ABSENT, 0)
    assert found.reasons == (Reason("short_by", {"minutes": 48}),)


def test_an_excuse_covers_too_little_presence_and_is_not_needed_for_enough():
    assert verdict(excused=True).status is Status.EXCUSED
    assert verdict(online(0, 10), excused=True).status is Status.EXCUSED
    assert verdict(online(0, 60), excused=True).status is Status.PRESENT


def test_minutes_are_rounded_down():
    assert verdict(online(0, 59.999)).minutes_counted == 59


def test_room_and_screen_at_once_count_once():
    found = verdict(room(0, 40), online(20, 60))
    assert (found.minutes_room, found.minutes_online, found.minutes_counted) == (40, 40, 60)


def test_two_devices_overlapping_are_not_added():
    assert verdict(online(0, 40), online(10, 45)).minutes_counted == 45


def test_a_waiting_room_is_not_presence():
    assert verdict(online(0, 60, waiting=True)).status is Status.ABSENT


def test_early_chat_and_late_stragglers_do_not_count():
    assert verdict(online(-30, 90)).minutes_counted == 60


def test_a_break_is_not_counted():
    timetable = Timetable(0, at(60), counts=((0, at(20)), (at(30), at(60))))
    found = verdict(online(0, 60), timetable=timetable)
    assert (found.minutes_counted, found.minutes_planned) == (50, 50)


def test_a_session_that_ended_early_hurts_nobody_unless_the_plan_is_asked_for():
    timetable = Timetable(0, at(60), held_end=at(40))
    assert verdict(online(0, 40), timetable=timetable).status is Status.PRESENT
    strict = replace(RULE, denominator="scheduled")
    found = verdict(online(0, 40), timetable=timetable, rule=strict)
    assert (found.status, found.minutes_planned) == (Status.PARTIAL, 60)
    assert (found.held_ms, found.scheduled_ms) == (at(40), at(60))


def test_grace_lets_overtime_make_up_but_never_for_more_than_planned():
    timetable = Timetable(0, at(60), held_end=at(70))
    rule = replace(RULE, grace_min=10)
    assert verdict(online(10, 70), timetable=timetable, rule=rule).minutes_counted == 60
    assert verdict(online(0, 70), timetable=timetable, rule=rule).minutes_counted == 60
    assert verdict(online(10, 70), timetable=timetable).minutes_counted == 50


def test_a_short_loss_of_line_is_bridged_and_said():
    found = verdict(online(0, 30), online(31, 60))
    assert found.minutes_counted == 60
    assert Reason("bridged", {"seconds": 60}) in found.reasons
    assert [span.bridged for span in found.spans] == [False, True, False]


def test_bridging_stops_at_five_minutes_in_all():
    pieces = [online(start, start + 8.5) for start in range(0, 100, 10)]
    rule = replace(RULE, bridge_gap_s=90)
    found = verdict(*pieces, timetable=Timetable(0, at(100)), rule=rule)
    assert found.minutes_counted == 90


def test_a_bridged_gap_spent_in_the_room_counts_once():
    found = verdict(online(0, 30), online(31, 50), room(25, 40), timetable=Timetable(0, at(100)))
    assert found.minutes_counted == 50


def test_leaving_the_room_is_not_a_loss_of_line():
    assert verdict(room(0, 30), room(31, 60)).minutes_counted == 59


def test_nobody_saw_the_leaving():
    found = verdict(room(0, None))
    assert (found.minutes_counted, found.evidence) == (60, Evidence.PRESUMED)
    assert Reason("end_presumed", {"count": 1}) in found.reasons


def test_the_last_sign_of_life_closes_an_open_span():
    assert verdict(online(0, None, last_sign=at(20))).minutes_counted == 20


def test_a_correction_replaces_what_was_recorded():
    corrected = room(0, 60, evidence=Evidence.CORRECTED)
    found = verdict(online(0, 5), corrected)
    assert (found.minutes_counted, found.evidence) == (60, Evidence.CORRECTED)
    nothing = verdict(online(0, 60), room(0, 0, evidence=Evidence.CORRECTED))
    assert (nothing.status, nothing.evidence) == (Status.ABSENT, Evidence.CORRECTED)


def test_a_corrected_borderline_is_not_asked_again():
    assert verdict(online(0, 48, evidence=Evidence.CORRECTED)).status is Status.PRESENT


def test_the_evidence_class_is_the_weakest_that_was_needed():
    attested = room(0, 60, evidence=Evidence.ATTESTED)
    assert verdict(online(0, 60), attested).evidence is Evidence.MEASURED
    assert verdict(online(0, 30), attested).evidence is Evidence.ATTESTED
    assert verdict(online(0, 30), room(0, None)).evidence is Evidence.PRESUMED


def test_coming_late_is_partial_with_the_minutes():
    rule = replace(RULE, late_max_min=5, min_pct=50)
    found = verdict(online(6.5, 60), rule=rule)
    assert found.status is Status.PARTIAL
    assert Reason("late_by", {"minutes": 7, "allowed": 5}) in found.reasons
    assert verdict(online(5, 60), rule=rule).status is Status.PRESENT


def test_leaving_before_the_last_minutes_is_partial():
    rule = replace(RULE, must_be_present_in_last_min=5)
    found = verdict(online(0, 54), rule=rule)
    assert found.status is Status.PARTIAL
    assert Reason("left_early_by", {"minutes": 6, "last": 5}) in found.reasons
    assert verdict(online(0, 50), online(56, 57), rule=rule).status is Status.PRESENT


def test_percent_and_minutes_joined_by_all_or_any():
    both = Rule(version="x", min_pct=50, min_minutes=40, borderline_pct=0)
    assert verdict(online(0, 35), rule=both).reasons[0] == Reason("short_by", {"minutes": 5})
    assert verdict(online(0, 35), rule=replace(both, combine="any")).status is Status.PRESENT


def test_watching_fills_what_was_missed_up_to_the_share_of_the_rule():
    rule = replace(RULE, recording_weight=50, recording_max=50)
    watched = replace(online(0, 60), mode=Mode.RECORDING)
    found = verdict(online(0, 20), watched, rule=rule)
    assert (found.minutes_counted, found.minutes_recording) == (35, 15)
    assert verdict(online(0, 20), watched).minutes_counted == 20


def test_units_of_45_minutes():
    rule = replace(RULE, unit_minutes=45)
    timetable = Timetable(0, at(100))
    assert verdict(online(0, 100), timetable=timetable, rule=rule).units == (2, 10)


def test_aware_datetimes_over_a_clock_change():
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    timetable = Timetable(start, start + timedelta(minutes=60))
    seen = Sighting("ana", Mode.ONLINE, start, start + timedelta(minutes=60))
    assert settle(sightings=[seen], timetable=timetable, rule=RULE).minutes_counted == 60


def test_everybody_expected_gets_a_verdict_and_unknown_sightings_count_for_nobody():
    seen = [online(0, 60), replace(online(0, 60), person=None)]
    found = settle_all(
        sightings=seen, timetable=HOUR, rule=RULE, expected=["ana", "ben"], excused={"ben"}
    )
    assert {person: one.status for person, one in found.items()} == {
        "ana": Status.PRESENT,
        "ben": Status.EXCUSED,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"combine": "some"},
        {"denominator": "other"},
        {"unit_minutes": 50},
        {"min_pct": None},
        {"min_pct": 101},
    ],
)
def test_a_rule_that_cannot_be_explained_is_refused(wrong):
    with pytest.raises(ValueError, match=" "):
        replace(RULE, **wrong)


def test_a_part_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        verdict(timetable=Timetable(10, 10))


def test_a_part_never_held_counts_for_nobody():
    found = verdict(
        online(0, 60), timetable=Timetable(0, at(60), held_start=at(61), held_end=at(90))
    )
    assert (found.status, codes(found)) == (Status.ABSENT, ["not_held"])
