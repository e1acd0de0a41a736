"""Minutes of several parts add up, and the threshold is judged on the sum."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.presence import board, commands, imports, marking, queries
from attendance.presence.counting import together
from attendance.presence.rules import (
    Evidence,
    Mode,
    Rule,
    Sighting,
    Timetable,
    settle,
    settle_parts,
)
from events.programme import commands as programme
from events.programme import parts
from events.programme import queries as programmes
from events.registration import commands as registration
from tests.api.calls import ROOT, Caller
from tests.api.filled import REPORTS
from tests.events.registration.mail import at
from tests.factories.world import AT, make_event, make_world

MINUTE = 60_000
RULE = Rule(version="test-1", min_pct=80, denominator="scheduled")
DAYS = (Timetable(0, 100 * MINUTE), Timetable(1000 * MINUTE, 1100 * MINUTE))


def stay(start, end):
    return Sighting("ana", Mode.ROOM, start * MINUTE, None if end is None else end * MINUTE)


def judged(first, second):
    return settle_parts(parts=[(DAYS[0], first), (DAYS[1], second)], rule=RULE)


def test_the_sum_is_judged_and_not_each_part():
    found = judged([stay(0, 100)], [stay(1000, 1065)])
    assert (found.minutes_counted, found.minutes_planned, found.status) == (165, 200, "present")


def test_one_whole_day_of_two_is_not_enough():
    found = judged([stay(0, 100)], [])
    assert (found.minutes_counted, found.minutes_planned, found.status) == (100, 200, "partial")


def test_an_open_stay_ends_with_its_own_part():
    assert judged([stay(50, None)], []).minutes_counted == 50


def test_a_correction_of_one_part_leaves_the_other_alone():
    gone = replace(stay(1000, 1000), evidence=Evidence.CORRECTED)
    found = judged([stay(0, 100)], [stay(1000, 1100), gone])
    assert (found.minutes_counted, found.evidence) == (100, "corrected")


def test_one_part_alone_is_what_it_always_was():
    seen = [stay(3, 60), stay(70, None)]
    assert settle(sightings=seen, timetable=DAYS[0], rule=RULE) == settle_parts(
        parts=[(DAYS[0], seen)], rule=RULE
    )


def test_nothing_adds_up_to_nothing():
    assert together([]).counted == 0


# --- an event of two days ------------------------------------------------------------------------


@pytest.fixture
def scene(db):
    world = make_world()
    by = world.actor(world.coordinator)
    event = make_event(world, publish=False, mode="room", kind="workshop", minutes=100)
    parts.add(
        event.pk,
        parts.PartWish(datetime(2026, 11, 27, 9, 0), "Europe/Zagreb", 100, "room"),
        by=by, at=AT,
    )  # fmt: skip
    event = programme.publish(event.pk, by=by, at=AT)
    for teacher in world.teachers[:2]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    event.refresh_from_db()
    return world, event, by


def days(event):
    return programmes.parts_of(event.pk)


def test_each_day_has_its_own_check_in(scene):
    world, event, by = scene
    teacher = world.teachers[0]
    for part in days(event):
        moment = part.starts_at
        commands.check_in(event.pk, person_id=teacher.pk, by=by, at=moment, seen_at=moment)
    verdict = queries.judge(event.pk, at=event.ends_at)[teacher.pk]
    assert (verdict.minutes_counted, verdict.minutes_planned) == (200, 200)


def sent(caller, event, key, **more):
    headers = {"Authorization": f"Bearer {caller.token}", "Idempotency-Key": key}
    file = SimpleUploadedFile("report.csv", (REPORTS / "teams_list_hr.csv").read_bytes())
    place = f"{ROOT}/events/{event.pk}/reports"
    with at(event.ends_at):
        return caller.client.post(place, {"file": file, **more}, headers=headers)


def test_a_program_names_the_part_its_report_belongs_to(scene):
    world, event, _by = scene
    with at(AT):
        caller = Caller(world.coordinator)
    first, second = days(event)
    unclear = sent(caller, event, "one")
    assert (unclear.status_code, unclear.json()["code"]) == (422, "report_part_unclear")
    assert unclear.json()["errors"][0]["pointer"] == "/part_id"
    assert sent(caller, event, "one", part_id=0).status_code == 422
    assert sent(caller, event, "one", part_id=second.pk + 1000).status_code == 404
    made = sent(caller, event, "one", part_id=second.pk)
    assert made.status_code == 201, made.content
    assert queries.report_of(event.pk, made.json()["id"]).part_id == second.pk
    assert sent(caller, event, "one", part_id=second.pk).content == made.content
    other = sent(caller, event, "one", part_id=first.pk).json()
    assert other["code"] == "idempotency_key_reused"


def test_a_check_in_of_the_first_day_says_nothing_of_the_second(scene):
    world, event, by = scene
    teacher, first = world.teachers[0], days(event)[0]
    commands.check_in(
        event.pk, person_id=teacher.pk, by=by, at=first.starts_at, seen_at=first.starts_at
    )
    verdict = queries.judge(event.pk, at=event.ends_at)[teacher.pk]
    assert (verdict.minutes_counted, verdict.status) == (100, "partial")


def test_paper_lists_of_two_days_add_up(scene):
    world, event, by = scene
    teacher = world.teachers[0]
    for part in days(event):
        commands.attest(event.pk, person_ids=[teacher.pk], by=by, at=event.ends_at, part_id=part.pk)
    verdict = queries.judge(event.pk, at=event.ends_at)[teacher.pk]
    assert (verdict.minutes_counted, verdict.status) == (200, "present")


def test_minutes_of_a_day_called_off_are_not_planned(scene):
    world, event, by = scene
    teacher, (first, second) = world.teachers[0], days(event)
    commands.check_in(
        event.pk, person_id=teacher.pk, by=by, at=first.starts_at, seen_at=first.starts_at
    )
    parts.remove(second.pk, reason="Storm", by=by, at=first.ends_at)
    verdict = queries.judge(event.pk, at=event.ends_at)[teacher.pk]
    assert (verdict.minutes_counted, verdict.minutes_planned, verdict.status) == (
        100, 100, "present",
    )  # fmt: skip


def test_everybody_marked_was_there_on_both_days(scene):
    world, event, by = scene
    teacher = world.teachers[0]
    marking.mark(
        event.pk, person_ids=[teacher.pk], answer="room", reason="Seen", by=by, at=event.ends_at
    )
    assert queries.judge(event.pk, at=event.ends_at)[teacher.pk].minutes_counted == 200


def test_the_board_lays_the_days_one_after_the_other(scene):
    world, event, by = scene
    teacher, second = world.teachers[0], days(event)[1]
    commands.check_in(
        event.pk, person_id=teacher.pk, by=by, at=second.starts_at, seen_at=second.starts_at
    )
    found = board.board(event.pk, at=event.ends_at)
    row = next(row for row in found.rows if row.person_id == teacher.pk)
    assert (found.length, row.bars) == (200, (("room", 100.0, 200.0),))


def report(day, names):
    lines = [f"{name},{day} 09:05:00 AM,{day} 10:35:00 AM,90,Yes" for name in names]
    head = "Name (Original Name),Join Time,Leave Time,Duration (Minutes),Guest"
    return "\n".join([head, *lines]).encode()


def test_a_report_goes_to_the_part_it_overlaps(scene):
    world, event, by = scene
    content = report("11/27/2026", [world.teachers[0].name])
    row = imports.hand_in(event.pk, content=content, file_name="zoom.csv", by=by, at=event.ends_at)
    assert row.part_id == days(event)[1].pk


def test_a_report_of_another_day_asks_for_its_part(scene):
    world, event, by = scene
    content = report("11/29/2026", [world.teachers[0].name])
    late = event.ends_at + timedelta(days=9)
    with pytest.raises(imports.PartUnclear):
        imports.hand_in(event.pk, content=content, file_name="zoom.csv", by=by, at=late)
    part = days(event)[0]
    row = imports.hand_in(
        event.pk, content=content, file_name="zoom.csv", by=by, at=late, part_id=part.pk
    )
    assert row.part_id == part.pk


def test_the_pages_of_two_days_offer_the_days(client, scene):
    world, event, _by = scene
    first, second = days(event)
    with at(second.starts_at):
        client.force_login(world.coordinator)
        door = client.get(f"/attendance/{event.pk}/list/")
        client.post(
            f"/attendance/{event.pk}/list/in/",
            {"person": world.teachers[0].pk, "part": second.pk},
        )
        other = client.get(f"/attendance/{event.pk}/list/?part={first.pk}")
    with at(event.ends_at):
        client.force_login(world.coordinator)
        shown = client.get(f"/attendance/{event.pk}/")
        person = client.get(f"/attendance/{event.pk}/people/{world.teachers[0].pk}/")
        reports = client.get(f"/attendance/{event.pk}/reports/")
    assert f'href="?part={second.pk}" aria-current="true"' in door.text
    assert "In since" not in other.text
    assert shown.status_code == person.status_code == reports.status_code == 200
    assert 'name="part"' in person.text
    assert 'name="part"' in reports.text
    assert queries.sightings_of(event.pk)[0].part_id == second.pk
