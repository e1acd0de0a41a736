"""Several parts of one event: own times, own calendar entries, one registration."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from events.backstage.models import Letter, Timer
from events.invitations.parts import master_of
from events.mydays import queries as mydays
from events.planner import partplans
from events.programme import commands, parts, queries
from events.programme.models import Part
from events.programme.refusals import LastPart, PartOver, PartsOverlap, ReasonMissing
from events.registration import commands as registration
from events.registration import queries as registrations
from tests.events.registration.mail import at, calendar, letters, sent_to, settle
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


def day(number, **changes):
    values = {
        "starts": datetime(2026, 11, 26 + number, 9, 0), "zone": "Europe/Zagreb", "minutes": 120,
        "mode": "room",
    }  # fmt: skip
    return parts.PartWish(**{**values, **changes})


def three_days(world, *, publish=True):
    by = world.actor(world.coordinator)
    event = make_event(world, publish=False, mode="room", kind="workshop")
    for number in (2, 1):
        parts.add(event.pk, day(number), by=by, at=AT)
    event.refresh_from_db()
    return commands.publish(event.pk, by=by, at=AT) if publish else event


def go(world, event, teacher, moment=NOW):
    by = world.actor(teacher)
    registration.register(event.pk, person_id=teacher.pk, way="room", by=by, at=moment)


def test_the_event_spans_from_the_first_part_to_the_last(world):
    event = three_days(world)
    found = queries.parts_of(event.pk)
    assert [part.wall.day for part in found] == [26, 27, 28]
    assert [part.order for part in found] == [1, 2, 3]
    assert (event.starts_at, event.ends_at) == (found[0].starts_at, found[2].ends_at)
    assert len({part.uid for part in found}) == 3


def test_a_part_moved_before_the_first_becomes_the_first(world):
    by, event = world.actor(world.coordinator), three_days(world)
    last = queries.parts_of(event.pk)[-1]
    parts.change(last.pk, day(-1), by=by, at=AT)
    event.refresh_from_db()
    assert queries.parts_of(event.pk)[0].pk == last.pk
    assert event.starts_at == Part.objects.get(pk=last.pk).starts_at


def test_changing_the_event_itself_keeps_its_further_days(world):
    by, event = world.actor(world.coordinator), three_days(world)
    wish = commands.present_plan(event, queries.parts_of(event.pk)[0])
    commands.change(event.pk, wish, by=by, at=AT)
    event.refresh_from_db()
    assert event.ends_at == queries.parts_of(event.pk)[-1].ends_at


def test_parts_that_overlap_are_refused_and_nothing_is_kept(world):
    by, event = world.actor(world.coordinator), three_days(world)
    with pytest.raises(PartsOverlap):
        parts.add(event.pk, day(1, starts=datetime(2026, 11, 27, 10, 59)), by=by, at=AT)
    assert Part.objects.filter(event=event).count() == 3


def test_each_part_has_its_own_end_timer(world):
    event = three_days(world)
    timers = Timer.objects.filter(key__startswith="part-ended:")
    ends = {part.ends_at for part in queries.parts_of(event.pk)}
    assert {timer.due_at for timer in timers} == ends


def test_a_part_of_a_draft_is_removed_and_the_last_one_stays(world):
    by, event = world.actor(world.coordinator), three_days(world, publish=False)
    first, second, third = queries.parts_of(event.pk)
    parts.remove(first.pk, by=by, at=AT)
    parts.remove(third.pk, by=by, at=AT)
    event.refresh_from_db()
    assert (event.starts_at, event.ends_at) == (second.starts_at, second.ends_at)
    with pytest.raises(LastPart):
        parts.remove(second.pk, by=by, at=AT)


def test_a_promised_part_is_called_off_with_a_reason_and_kept(world):
    by, event = world.actor(world.coordinator), three_days(world)
    last = queries.parts_of(event.pk)[-1]
    with pytest.raises(ReasonMissing):
        parts.remove(last.pk, by=by, at=AT)
    parts.remove(last.pk, reason="Storm", by=by, at=AT)
    assert len(queries.parts_of(event.pk)) == 2
    assert Part.objects.get(pk=last.pk).cancelled_at == AT
    assert not Timer.objects.filter(key=f"part-ended:{last.pk}").exists()


def test_a_part_that_has_begun_stays_where_it_is(world):
    by, event = world.actor(world.coordinator), three_days(world)
    first = queries.parts_of(event.pk)[0]
    for deed in (
        lambda: parts.remove(first.pk, reason="x", by=by, at=first.starts_at),
        lambda: parts.change(first.pk, day(4), by=by, at=first.starts_at),
    ):
        with pytest.raises(PartOver):
            deed()


def test_the_receipt_carries_the_first_part_and_each_further_one_its_own_mail(world):
    event, teacher = three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    messages = sent_to(teacher)[-3:]
    found = [calendar(message) for message in messages]
    assert [method for method, _entry in found] == ["REQUEST"] * 3
    uids = [part.uid for part in queries.parts_of(event.pk)]
    assert [str(entry["UID"]) for _method, entry in found] == uids
    assert "Calendar entry 2 of 3" in str(messages[1]["Subject"])
    assert "Calendar entry 3 of 3" in str(messages[2]["Subject"])


def test_a_moved_part_is_told_alone_with_its_own_uid(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    second = queries.parts_of(event.pk)[1]
    parts.change(
        second.pk, day(1, starts=datetime(2026, 11, 27, 11, 0)), by=by, at=later(minutes=9)
    )
    settle(later(minutes=10))
    [letter] = letters(teacher, "change")
    entry = Calendar.from_ical(bytes(letter.ics)).walk("VEVENT")[0]
    assert (str(entry["UID"]), entry["SEQUENCE"]) == (second.uid, 1)
    assert "New time" in letter.subject
    assert "27 November" in letter.subject
    former = letter.text.partition("It was planned for: ")[2].splitlines()[0]
    assert former == "Friday 27 November 2026, 09:00–11:00, Zagreb time"


def test_a_part_called_off_is_told_with_a_cancel_of_that_part_alone(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    last = queries.parts_of(event.pk)[-1]
    parts.remove(last.pk, reason="Storm", by=by, at=later(minutes=9))
    settle(later(minutes=10))
    [letter] = letters(teacher, "change")
    assert letter.ics_method == "CANCEL"
    assert last.uid in bytes(letter.ics).decode()
    assert "Storm" in letter.text
    assert "The other parts stay as they are." in letter.text


def cleared(teacher):
    """UID and SEQUENCE of all entries taken out of a calendar again."""
    found = [Calendar.from_ical(bytes(row.ics)).walk("VEVENT")[0]
             for row in Letter.objects.filter(person=teacher, ics_method="CANCEL")]  # fmt: skip
    return sorted((str(entry["UID"]), entry["SEQUENCE"]) for entry in found)


def test_a_part_called_off_right_before_the_event_is_cleared_too(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    uids = [part.uid for part in queries.parts_of(event.pk)]
    parts.remove(queries.parts_of(event.pk)[1].pk, reason="Storm", by=by, at=later(minutes=9))
    commands.cancel(event.pk, reason="Snow", by=by, at=later(minutes=9))
    settle(later(minutes=10))
    assert cleared(teacher) == sorted((uid, 1) for uid in uids)


def test_a_part_told_of_before_is_not_cleared_twice(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    late = world.teachers[1]
    settle(NOW)
    uids = [part.uid for part in queries.parts_of(event.pk)]
    parts.remove(queries.parts_of(event.pk)[1].pk, reason="Storm", by=by, at=later(minutes=9))
    settle(later(minutes=10))
    go(world, event, late, later(minutes=11))
    commands.cancel(event.pk, reason="Snow", by=by, at=later(minutes=20))
    settle(later(minutes=21))
    assert cleared(teacher) == sorted((uid, 1) for uid in uids)
    assert [uid for uid, _ in cleared(late)] == sorted({uids[0], uids[2]})


def test_a_place_given_back_right_before_the_event_is_called_off_is_cleared(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    uids = {part.uid for part in queries.parts_of(event.pk)}
    mine = world.actor(teacher)
    registration.cancel(event.pk, person_id=teacher.pk, by=mine, at=later(minutes=9))
    commands.cancel(event.pk, reason="Snow", by=by, at=later(minutes=9))
    settle(later(minutes=10))
    assert {uid for uid, _ in cleared(teacher)} == uids


def test_giving_the_place_back_clears_every_part(world):
    event, teacher = three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    registration.cancel(
        event.pk, person_id=teacher.pk, by=world.actor(teacher), at=later(minutes=9)
    )
    settle(later(minutes=10))
    cleared = Letter.objects.filter(person=teacher, ics_method="CANCEL")
    uids = {part.uid for part in queries.parts_of(event.pk)}
    assert {uid for uid in uids for row in cleared if uid in bytes(row.ics).decode()} == uids
    assert cleared.count() == 3


def test_the_file_and_the_feed_hold_every_part(client, world):
    event, teacher = three_days(world), world.teachers[0]
    go(world, event, teacher)
    uids = {part.uid for part in queries.parts_of(event.pk)}
    client.force_login(teacher)
    with at(NOW):
        file = Calendar.from_ical(client.get(f"/events/{event.slug}.ics").content)
    assert {str(entry["UID"]) for entry in file.walk("VEVENT")} == uids
    assert {master_of(entry).uid for entry in mydays.calendar_of(teacher.pk, at=NOW)} == uids


def test_a_hybrid_day_opens_both_ways_for_the_whole_event(world):
    by, event = world.actor(world.coordinator), three_days(world)
    partplans.add(event.pk, day(3, mode="hybrid"), by=by, at=AT)
    assert [row.way for row in registrations.places_of(event.pk)] == ["room", "online"]
    rooms = {part.mode: registrations.way_in(part, "online") for part in queries.parts_of(event.pk)}
    assert rooms == {"room": "room", "hybrid": "online"}


@pytest.fixture
def signed_in(client, world):
    client.force_login(world.coordinator)
    return client


FORM = {
    "day": "2026-11-27", "start": "9:00", "minutes": "120", "mode": "room",
    "zone": "Europe/Zagreb",
}  # fmt: skip


def test_a_day_is_added_on_the_page_without_a_script(signed_in, world):
    event = make_event(world, mode="room")
    with at(NOW):
        answer = signed_in.post(f"/plan/{event.pk}/parts/", FORM, follow=True)
        page = signed_in.get(f"/events/{event.slug}/").text
    assert "The part is added." in answer.text
    assert len(queries.parts_of(event.pk)) == 2
    assert "26 November" in page
    assert "27 November" in page


def test_an_overlapping_day_is_refused_in_the_form(signed_in, world):
    event = make_event(world, mode="room")
    with at(NOW):
        answer = signed_in.post(
            f"/plan/{event.pk}/parts/", {**FORM, "day": "2026-11-26", "start": "17:00"}
        )
    assert answer.status_code == 422
    assert "This overlaps with another part of the event." in answer.text


def test_a_part_is_changed_and_cancelled_on_its_page(signed_in, world):
    event = three_days(world)
    _first, second, third = queries.parts_of(event.pk)
    with at(NOW):
        signed_in.post(f"/plan/{event.pk}/parts/{second.pk}/", {**FORM, "start": "14:00"})
        short = signed_in.post(f"/plan/{event.pk}/parts/{third.pk}/", {"do": "remove"})
        signed_in.post(f"/plan/{event.pk}/parts/{third.pk}/", {"do": "remove", "reason": "Storm"})
    assert short.status_code == 422
    assert [part.wall.hour for part in queries.parts_of(event.pk)] == [16, 14]


def test_each_part_has_its_own_running_order(signed_in, world):
    event = three_days(world)
    second = queries.parts_of(event.pk)[1]
    slot = {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-form": "talk",
        "form-0-minutes": "30", "form-0-title": "Second morning", "do": "save",
    }  # fmt: skip
    with at(NOW):
        signed_in.post(f"/plan/{event.pk}/order/?part={second.pk}", slot)
        page = signed_in.get(f"/events/{event.slug}/").text
    assert [row.title for row in queries.running_order(second.pk)] == ["Second morning"]
    assert "Second morning" in page


@pytest.mark.parametrize("path", ["parts/", "parts/{part}/"])
def test_who_does_not_run_the_event_has_no_page_for_its_parts(client, world, path):
    event = three_days(world)
    path = path.format(part=queries.parts_of(event.pk)[0].pk)
    client.force_login(world.teachers[0])
    with at(NOW):
        assert client.get(f"/plan/{event.pk}/{path}").status_code == 403
        assert client.post(f"/plan/{event.pk}/{path}", FORM).status_code == 403
    assert len(queries.parts_of(event.pk)) == 3


def test_a_change_of_the_title_reaches_every_entry(world):
    by, event, teacher = world.actor(world.coordinator), three_days(world), world.teachers[0]
    go(world, event, teacher)
    settle(NOW)
    event.refresh_from_db()
    wish = commands.present_plan(event, queries.parts_of(event.pk)[0])
    changed = commands.Plan(**{**vars(wish), "title": "Big steps"})
    commands.change(event.pk, changed, by=by, at=NOW + timedelta(minutes=1))
    settle(NOW + timedelta(minutes=2))
    found = [
        Calendar.from_ical(bytes(row.ics)).walk("VEVENT")[0] for row in letters(teacher, "change")
    ]
    assert {str(entry["UID"]) for entry in found} == {p.uid for p in queries.parts_of(event.pk)}
    assert {str(entry["SUMMARY"]) for entry in found} == {"Big steps"}
