"""Series: planned, published, changed from one date on or all at once, cancelled."""

from datetime import date, datetime, timedelta

import pytest

from events.backstage.models import FactRow
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.kinds.models import Kind
from events.programme import commands, recurrence, revision, series
from events.programme.models import Event, Part, Series, Slot
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from tests.factories.world import AT, make_world, wish

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 10, 16, 30)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def by(world):
    return world.actor(world.coordinator)


@pytest.fixture
def planned(world, by):
    row = series.plan(wish(world, starts=TUESDAY), repeat=Repeat("weekly", number=8), by=by, at=AT)
    return series.publish(row.pk, by=by, at=AT)


def parts(row):
    return list(Part.objects.filter(event__series=row).order_by("recurrence_id"))


def walls(row, *, live=True):
    found = Part.objects.filter(event__series=row)
    found = found.exclude(event__state="cancelled") if live else found
    return [datetime.fromisoformat(p.starts_wall) for p in found.order_by("recurrence_id")]


def weeks(count, first=TUESDAY):
    return [first + timedelta(weeks=week) for week in range(count)]


def changed(part, **values):
    """What the form of a date carries when these fields are typed differently."""
    part = Part.objects.select_related("event__kind").get(pk=part.pk)
    plan = present_plan(part.event, part)
    return type(plan)(**{**vars(plan), **values})


def test_one_call_makes_a_draft_of_each_date(world, by):
    row = series.plan(
        wish(world, starts=TUESDAY, title="Tuesdays"),
        repeat=Repeat("weekly", until=date(2026, 12, 15)),
        leave_out=[datetime(2026, 12, 8, 16, 30)],
        by=by,
        at=AT,
    )
    expected = [one for one in weeks(6) if one.day != 8]
    assert walls(row) == expected
    assert [p.recurrence_id for p in parts(row)] == [f"{one:%Y-%m-%dT%H:%M}" for one in expected]
    assert {p.uid for p in parts(row)} == {row.uid}
    assert set(Event.objects.values_list("state", "title")) == {("draft", "Tuesdays")}
    slots = Kind.objects.get(code="teachmeet").slots
    assert Slot.objects.count() == 5 * len(slots)
    assert not FactRow.objects.exists()


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        (Repeat("yearly", number=3), "rule_unknown"),
        (Repeat("weekly"), "series_end_missing"),
        (Repeat("weekly", number=1), "too_few_dates"),
        (Repeat("weekly", until=date(2026, 11, 16)), "too_few_dates"),
        (Repeat("daily", number=101), "too_many_dates"),
        (Repeat("monthly", number=40), "too_many_dates"),
        (Repeat("weekly", number=10**9), "too_many_dates"),
        (Repeat("weekly", until=date(9999, 12, 31)), "too_many_dates"),
    ],
)
def test_a_rule_without_a_sensible_end_is_refused(world, by, repeat, code):
    with pytest.raises(DomainError) as refused:
        series.plan(wish(world, starts=TUESDAY), repeat=repeat, by=by, at=AT)
    assert refused.value.code == code
    assert not Event.objects.exists()
    assert not Series.objects.exists()


def test_publishing_promises_all_and_invites_once(planned):
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}
    kinds = list(FactRow.objects.values_list("kind", flat=True))
    assert (kinds.count("EventPublished"), kinds.count("SeriesPublished")) == (8, 1)


def test_publishing_is_undone_for_all(planned, by):
    series.unpublish(planned.pk, by=by, at=AT + timedelta(seconds=9))
    assert set(Event.objects.values_list("state", flat=True)) == {"draft"}
    series.publish(planned.pk, by=by, at=AT)
    with pytest.raises(DomainError) as refused:
        series.unpublish(planned.pk, by=by, at=AT + timedelta(seconds=10))
    assert refused.value.code == "undo_over"
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}


def test_this_and_following_starts_a_new_series_and_takes_the_rows_along(planned, by):
    rows = parts(planned)
    before = {p.event_id: p.pk for p in rows}
    done = revision.change(
        rows[3].event_id, changed(rows[3], starts=rows[3].wall.replace(hour=17)),
        scope="following", by=by, at=AT,
    )  # fmt: skip
    new = done.series
    old = Series.objects.get(pk=planned.pk)
    assert (new.follows_id, new.uid != old.uid) == (old.pk, True)
    assert walls(old) == weeks(3)
    assert walls(new) == weeks(5, rows[3].wall.replace(hour=17))
    assert recurrence.starts(old.rrule, old.first) == weeks(3)
    assert recurrence.starts(new.rrule, new.first) == walls(new)
    assert {p.event_id: p.pk for p in Part.objects.all()} == before
    assert {p.uid for p in parts(new)} == {new.uid}
    assert [p.recurrence_id for p in parts(new)] == [f"{w:%Y-%m-%dT%H:%M}" for w in walls(new)]


def test_by_hand_survives_an_edit_of_all_and_of_following(planned, by):
    rows = parts(planned)
    moved = datetime(2026, 11, 25, 9, 0)
    commands.change(rows[1].event_id, changed(rows[1], title="Special"), by=by, at=AT)
    commands.change(rows[2].event_id, changed(rows[2], starts=moved), by=by, at=AT)
    commands.cancel(rows[4].event_id, reason="Holiday", by=by, at=AT)
    revision.change(
        rows[0].event_id,
        changed(rows[0], title="Other", starts=rows[0].wall + timedelta(hours=1), minutes=60),
        scope="all", by=by, at=AT,
    )  # fmt: skip
    titles = [p.event.title for p in parts(planned)]
    assert titles == ["Other", "Special", "Other", "Other", "Small steps", *["Other"] * 3]
    later = weeks(8, TUESDAY.replace(hour=17))
    assert walls(planned, live=False) == [
        *later[:2], moved, later[3], weeks(8)[4], *later[5:]
    ]  # fmt: skip
    assert [p.recurrence_id for p in parts(planned)] == [p.recurrence_id for p in rows]
    done = revision.change(
        rows[1].event_id, changed(rows[1], minutes=45), scope="following", by=by, at=AT
    )
    states = [p.event.state for p in parts(done.series)]
    assert states == [*["published"] * 3, "cancelled", *["published"] * 3]
    assert [p.event.title for p in parts(done.series)][:2] == ["Special", "Other"]
    assert walls(done.series)[1] == moved
    live = Part.objects.filter(event__series=done.series).exclude(event__state="cancelled")
    assert set(live.values_list("minutes", flat=True)) == {45}


def test_a_shorter_rule_cancels_and_a_longer_one_inserts(planned, by):
    rows = parts(planned)
    done = revision.change(
        rows[0].event_id, changed(rows[0]), scope="all",
        repeat=Repeat("weekly", until=date(2026, 12, 20)), reason="Fewer", by=by, at=AT,
    )  # fmt: skip
    assert [p.event.state for p in parts(planned)] == [*["published"] * 6, *["cancelled"] * 2]
    assert done.cancelled == [rows[6].event_id, rows[7].event_id]
    done = revision.change(
        rows[0].event_id, changed(rows[0]), scope="all",
        repeat=Repeat("weekly", number=10), by=by, at=AT,
    )  # fmt: skip
    assert (len(done.inserted), done.former) == (2, None)
    states = [p.event.state for p in parts(planned)]
    assert states == [*["published"] * 6, *["cancelled"] * 2, *["published"] * 2]


def test_another_rhythm_pairs_the_kth_dates(planned, by):
    rows = parts(planned)
    commands.cancel(rows[5].event_id, reason="Holiday", by=by, at=AT)
    done = revision.change(
        rows[4].event_id, changed(rows[4]), scope="following",
        repeat=Repeat("fortnightly", number=3), reason="Fewer", by=by, at=AT,
    )  # fmt: skip
    first = rows[4].wall
    fresh = [first, first + timedelta(weeks=2), first + timedelta(weeks=4)]
    assert [p.event_id for p in parts(done.series)] == [p.event_id for p in rows[4:7]]
    assert [p.recurrence_id for p in parts(done.series)] == [f"{w:%Y-%m-%dT%H:%M}" for w in fresh]
    assert walls(done.series) == [fresh[0], fresh[2]]
    assert Part.objects.get(pk=rows[7].pk).event.state == "cancelled"
    assert done.cancelled == [rows[7].event_id]


def test_what_has_begun_is_never_touched(planned, by):
    rows = parts(planned)
    now = AT + timedelta(weeks=3)
    frozen = list(Part.objects.order_by("pk").filter(starts_at__lte=now).values())
    assert len(frozen) == 2
    revision.change(
        rows[5].event_id, changed(rows[5], starts=rows[5].wall.replace(hour=18)),
        scope="all", by=by, at=now,
    )  # fmt: skip
    revision.change(
        rows[5].event_id, changed(rows[5], title="New"), scope="all",
        repeat=Repeat("fortnightly", number=6), by=by, at=now,
    )  # fmt: skip
    assert series.cancel(rows[3].event_id, scope="all", reason="Enough", by=by, at=now)
    assert list(Part.objects.order_by("pk").filter(starts_at__lte=now).values()) == frozen
    assert {p.event.state for p in parts(planned)[:2]} == {"published"}


def test_cancelling_from_one_date_on_needs_one_reason(planned, by):
    rows = parts(planned)
    with pytest.raises(DomainError) as refused:
        series.cancel(rows[5].event_id, scope="following", reason=" ", by=by, at=AT)
    assert refused.value.code == "reason_missing"
    series.cancel(rows[5].event_id, scope="following", reason="Snow", by=by, at=AT)
    assert [p.event.state for p in parts(planned)] == [*["published"] * 5, *["cancelled"] * 3]
    assert {p.event.cancel_reason for p in parts(planned)[5:]} == {"Snow"}
    assert FactRow.objects.filter(kind="SeriesCancelled").count() == 1


def test_who_runs_one_date_alone_does_not_run_the_series(planned, by, world):
    rows = parts(planned)
    stranger = make_world("AL")
    other = stranger.actor(stranger.coordinator)
    for deed in (
        lambda: revision.change(
            rows[0].event_id, changed(rows[0], title="X"), scope="all", by=other, at=AT
        ),
        lambda: series.cancel(rows[0].event_id, scope="all", reason="X", by=other, at=AT),
        lambda: series.publish(planned.pk, by=other, at=AT),
    ):
        with pytest.raises(Missing):
            deed()
    # A host school's coordinator runs what the school hosts, and only that.
    Event.objects.exclude(pk=rows[0].event_id).update(host_school=world.schools[1])
    from events.kernel.actors import Role, Standing

    host = world.actor(world.teachers[0])
    host = type(host)(
        person_id=host.person_id,
        standings=(Standing(Role.SCHOOL_COORDINATOR, schools=frozenset({world.schools[0].pk})),),
        home_clusters=host.home_clusters,
    )
    commands.change(rows[0].event_id, changed(rows[0], title="Mine"), by=host, at=AT)
    with pytest.raises(NotAllowed):
        revision.change(rows[0].event_id, changed(rows[0], title="X"), scope="all", by=host, at=AT)


def test_a_date_keeps_its_one_part(planned, by):
    from events.programme import parts as several

    row = parts(planned)[0]
    asked = several.PartWish(row.wall + timedelta(days=1), row.zone, 60, "online")
    for deed in (
        lambda: several.add(row.event_id, asked, by=by, at=AT),
        lambda: several.change(row.pk, asked, by=by, at=AT),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.code == "date_of_series"
    assert Part.objects.count() == 8
