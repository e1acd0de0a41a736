"""Whatever is done to a series: no date is lost, what was changed by hand and the past stay."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.kernel.errors import DomainError
from events.programme import commands, recurrence, revision, series
from events.programme.models import Event, Part, Series
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from tests.factories.world import AT, make_world, wish

pytestmark = pytest.mark.django_db
# Over the clock change of 28 March 2027, three dates of it begun when the deeds are done.
FIRST = datetime(2027, 3, 2, 16, 30)
NOW = AT + timedelta(days=135)

EVERY = st.sampled_from([None, "weekly", "fortnightly", "monthly"])
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["this", "following", "all", "cancel", "cancel following"]),
        st.integers(0, 9),
        st.sampled_from([{"title": "New"}, {"minutes": 45}, {"hours": 1}, {"hours": -24}, {}]),
        EVERY,
        st.integers(2, 9),
    ),
    max_size=4,
)


def snapshot():
    return {
        part.pk: (part, part.event)
        for part in Part.objects.select_related("event", "event__kind").order_by("pk")
    }


def typed(part, values):
    plan = present_plan(part.event, part)
    hours = timedelta(hours=values.get("hours", 0))
    given = {name: value for name, value in values.items() if name != "hours"}
    return type(plan)(**{**vars(plan), **given, "starts": plan.starts + hours})


def carry_out(by, deed):
    """One deed on a coming date; a refusal changes nothing."""
    what, place, values, every, number = deed
    coming = [part for part, _ in snapshot().values() if part.starts_at > NOW]
    part = coming[place % len(coming)]
    before = snapshot_values()
    try:
        if what == "this":
            commands.change(part.event_id, typed(part, values), by=by, at=NOW)
        elif what == "cancel":
            commands.cancel(part.event_id, reason="x", by=by, at=NOW)
        elif what == "cancel following":
            series.cancel(part.event_id, scope="following", reason="x", by=by, at=NOW)
        else:
            repeat = Repeat(every, number=number) if every else None
            revision.change(
                part.event_id, typed(part, values), scope=what, repeat=repeat, by=by, at=NOW
            )
    except DomainError:
        assert snapshot_values() == before


def snapshot_values():
    return [list(table.objects.order_by("pk").values()) for table in (Series, Event, Part)]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_no_date_is_lost_and_the_past_and_the_hand_are_respected(django_db_setup, deeds):
    from django.db import transaction

    with transaction.atomic():
        world = make_world()
        by = world.actor(world.coordinator)
        asked = wish(world, starts=FIRST)
        row = series.plan(asked, repeat=Repeat("weekly", number=7), by=by, at=AT)
        series.publish(row.pk, by=by, at=AT)
        for deed in deeds:
            before = snapshot()
            carry_out(by, deed)
            check(before, snapshot(), deed)
        transaction.set_rollback(True)


def check(before, after, deed):
    assert set(before) <= set(after)  # nothing is deleted
    keys = [(part.uid, part.recurrence_id) for part, _ in after.values()]
    assert len(keys) == len(set(keys))
    for pk, (part, event) in before.items():
        now, later = after[pk]
        if part.starts_at <= NOW:
            assert (vars_of(now), vars_of(later)) == (vars_of(part), vars_of(event))
        if event.state == "cancelled":
            assert later.state == "cancelled"
        if later.series_id == event.series_id:
            assert now.recurrence_id == part.recurrence_id
        if deed[0] in {"following", "all"} and "title" in event.by_hand and later.by_hand:
            assert (now.event.title == event.title) or "title" not in later.by_hand
    for row in Series.objects.all():
        live = row.events.exclude(state="cancelled")
        originals = {
            datetime.fromisoformat(part.recurrence_id)
            for part, event in after.values()
            if event.series_id == row.pk and event in live and part.starts_at > NOW
        }
        assert originals <= set(recurrence.starts(row.rrule, row.first))


def vars_of(thing):
    return {name: value for name, value in vars(thing).items() if not name.startswith("_")}
