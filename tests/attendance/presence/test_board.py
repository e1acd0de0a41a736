"""The board over HTTP: who was there, corrections, decisions, closing."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from attendance.certificates.models import Certificate
from attendance.presence import board, commands, queries
from attendance.presence.models import SightingRow, VerdictRow
from events.backstage import jobs, sweep
from events.backstage.models import FactRow
from events.people.models import Person
from events.programme import commands as programme
from events.registration import commands as registration
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


def sight(event, person, first, last, *, mode="online", evidence="measured"):
    """Minutes of the plan somebody was there."""
    return SightingRow.objects.create(
        event=event, part=event.parts.get(), person=person, mode=mode, evidence=evidence,
        starts_at=event.starts_at + timedelta(minutes=first),
        ends_at=event.starts_at + timedelta(minutes=last), source="door", recorded_at=event.ends_at,
    )  # fmt: skip


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    event = make_event(world)
    for teacher in world.teachers[:4]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    return world, event, f"/attendance/{event.pk}/"


def work(at):
    """Everything that is due, jobs included."""
    sweep.drain(at=at)
    while jobs.run_due(at=at):
        sweep.drain(at=at)


def text(answer):
    return " ".join(answer.content.decode().replace("\u202f", " ").split())


def test_the_board_says_the_rule_and_the_gap(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 2, 150)
    sight(event, world.teachers[1], 0, 110, mode="room")
    body = text(client.get(page))
    assert "The rule: 80 %, that is 120 of 150 minutes." in body
    assert "Time in the room and online is added together." in body
    assert "10 minutes short" in body
    assert body.count("Did not come") == 2
    assert "148 min" in body
    assert "98 %" in body
    assert "Teacher HR 00: online from minute 2 to 150" in body


def test_while_nothing_is_recorded_nobody_is_said_to_have_stayed_away(scene, client):
    world, event, page = scene
    body = text(client.get(page))
    assert (body.count("Nothing recorded yet"), body.count("Did not come")) == (4, 0)
    sight(event, world.teachers[0], 0, 150)
    body = text(client.get(page))
    assert (body.count("Nothing recorded yet"), body.count("Did not come")) == (0, 3)


def test_closing_without_anything_open_asks_nothing(scene, client):
    world, event, page = scene
    event.parts.update(join_url="")
    sight(event, world.teachers[0], 0, 150)
    client.post(f"{page}close/", {"_once": "a"})
    event.refresh_from_db()
    assert event.state == "closed"


def test_before_the_start_it_says_when_it_opens(scene, client, time_machine):
    _, event, page = scene
    time_machine.move_to(event.starts_at - timedelta(hours=2), tick=False)
    body = text(client.get(page))
    assert "Opens Thu 26 November, 16:15" in body
    assert "Teacher HR 00" not in body


def test_tabs_hold_their_people_and_the_address_keeps_them(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 150)
    sight(event, world.teachers[1], 0, 119)
    found = {
        show: [n for n in range(4) if f"Teacher HR 0{n}: " in text(client.get(page, {"show": show}))]
        for show in ("", "credited", "look", "not")
    }  # fmt: skip
    assert found == {"": [0, 1, 2, 3], "credited": [0], "look": [1], "not": [2, 3]}


def test_sorting_by_time(scene, client):
    world, event, page = scene
    sight(event, world.teachers[2], 0, 150)
    sight(event, world.teachers[0], 0, 60)
    body = text(client.get(page, {"sort": "-time"}))
    places = [body.index(f"Teacher HR 0{n}: ") for n in (2, 0, 1)]
    assert places == sorted(places)


def test_a_correction_keeps_the_first_record_and_can_be_dropped(scene, client):
    world, event, page = scene
    person = world.teachers[0]
    sight(event, person, 0, 104, mode="room")
    form = {"starts": "16:30", "ends": "18.58", "mode": "room", "reason": "Seen at table 3"}
    answer = client.post(f"{page}people/{person.pk}/", {**form, "_once": "a", "show": "not"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{page}?show=not#p{person.pk}",
    )
    verdict = queries.judge(event.pk, at=event.ends_at)[person.pk]
    assert (verdict.minutes_counted, verdict.evidence, verdict.status) == (
        148,
        "corrected",
        "present",
    )
    body = text(client.get(page))
    assert "in the room from minute 0 to 104; corrected by hand from minute 104 to 148" in body
    records = text(client.get(f"{page}people/{person.pk}/"))
    assert "“Seen at table 3”" in records
    assert "kept, corrected" in records
    assert "Coordinator HR" in records
    client.post(f"{page}people/{person.pk}/drop/", {"_once": "b"})
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted == 104
    assert SightingRow.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "Say in a few words why you correct this time."),
        ({"starts": "half four"}, "Enter the time as hours and minutes, like 16:30."),
        ({"ends": ""}, "Enter the time as hours and minutes, like 16:30."),
        ({"starts": "18:00", "ends": "17:00"}, "The end must be after the start."),
    ],
)
def test_a_correction_that_cannot_be_taken_says_why_and_keeps_the_input(
    scene, client, changed, said
):
    world, _, page = scene
    form = {"starts": "16:31", "ends": "18:58", "mode": "room", "reason": "Seen"} | changed
    answer = client.post(f"{page}people/{world.teachers[0].pk}/", form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert form["ends"] in text(answer)
    assert SightingRow.objects.count() == 0


def test_correcting_opens_in_the_board_without_script(scene, client):
    world, _, page = scene
    body = text(client.get(page, {"correct": world.teachers[1].pk}))
    assert "Correct the time of Teacher HR 01" in body
    assert 'value="16:30"' in body
    assert 'value="19:00"' in body


@pytest.mark.parametrize(("minutes", "deed", "status"), [
    (119, "credit", "present"), (119, "refuse", "partial"),
    (121, "credit", "present"), (121, "refuse", "partial"),
])  # fmt: skip
def test_borderline_people_are_decided_with_one_button(scene, client, minutes, deed, status):
    world, event, page = scene
    person = world.teachers[0]
    sight(event, person, 31, 31 + minutes)
    assert "Needs a look" in text(client.get(page))
    client.post(
        f"{page}people/{person.pk}/decide/",
        {"verdict": deed, "reason": "Line was bad", "_once": "a"},
    )
    verdict = queries.judge(event.pk, at=event.ends_at)[person.pk]
    assert (verdict.status, verdict.evidence) == (status, "corrected")
    assert abs(verdict.minutes_counted - 120) <= 1
    assert SightingRow.objects.get(source="correction").reason == "Line was bad"


def test_only_borderline_people_are_decided(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 30)
    answer = client.post(f"{page}people/{world.teachers[0].pk}/decide/", {"verdict": "credit"})
    assert answer.status_code == 409
    assert SightingRow.objects.count() == 1


def test_closing_twice_is_closing_once_and_certificates_follow(scene, client):
    world, event, page = scene
    for teacher in world.teachers[:2]:
        sight(event, teacher, 0, 150)
    sight(event, world.teachers[2], 0, 119)
    body = text(client.get(page))
    assert "Close and issue 2 certificates" in body
    assert "1 person is left out until you have looked" in body
    for nonce in ("a", "b"):
        answer = client.post(f"{page}close/", {"_once": nonce, "sure": "yes"})
        assert answer.status_code == 302
    assert FactRow.objects.filter(kind="EventClosed").count() == 1
    counted = client.get(page)
    assert "is being counted" in text(counted)
    assert counted.headers["Refresh"] == "5"
    work(at=event.ends_at + timedelta(hours=1))
    body = text(client.get(page))
    assert "2 certificates are in force." in body
    assert "being counted" not in body
    assert Certificate.objects.count() == 2


def test_a_correction_after_closing_issues_a_single_certificate(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 150)
    client.post(f"{page}close/", {"sure": "yes"})
    work(at=event.ends_at + timedelta(hours=1))
    form = {"starts": "16:30", "ends": "19:00", "mode": "room", "reason": "Was there"}
    client.post(f"{page}people/{world.teachers[1].pk}/", form)
    work(at=event.ends_at + timedelta(hours=2))
    assert Certificate.objects.count() == 2
    assert "2 certificates are in force." in text(client.get(page))


def test_closing_before_the_end_is_refused(scene, client, time_machine):
    _, event, page = scene
    time_machine.move_to(event.starts_at + timedelta(minutes=5), tick=False)
    assert "Close and issue" not in text(client.get(page))
    assert client.post(f"{page}close/", {}).status_code == 409
    event.refresh_from_db()
    assert event.state == "published"


def test_the_tables_hold_what_is_shown_and_compute_nothing(scene, client):
    world, event, page = scene
    Person.objects.filter(pk=world.teachers[0].pk).update(name='=HYPERLINK("http://x.test")')
    sight(event, world.teachers[0], 0, 150)
    sight(event, world.teachers[1], 0, 10)
    answer = client.get(f"{page}table.csv", {"show": "credited"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Name", '\'=HYPERLINK("http://x.test")']
    assert rows[1][5:9] == ["150", "150", "100", "Credited"]
    book = load_workbook(io.BytesIO(client.get(f"{page}table.xlsx").content))
    cells = [[cell.data_type for cell in row] for row in book.active.iter_rows()]
    assert len(cells) == 5
    assert "f" not in {kind for row in cells for kind in row}
    assert client.get(f"{page}table.ods").status_code == 404


def test_semicolons_where_the_comma_is_the_decimal_sign(scene, client):
    _, _, page = scene
    client.cookies["django_language"] = "hr"
    first = client.get(f"{page}table.csv").content.decode("utf-8-sig").splitlines()[0]
    assert first.count(";") == 10


def test_the_print_view_has_everybody_and_no_forms(scene, client):
    _, _, page = scene
    answer = client.get(f"{page}print/")
    body = answer.content.decode()
    assert all(f"Teacher HR 0{n}" in body for n in range(4))
    assert '<form method="post" action="/attendance' not in body


def test_denials_tell_nothing_and_change_nothing(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 119)
    person = world.teachers[0].pk
    gets = ("", "print/", "table.csv", f"people/{person}/", "reports/")
    posts = ("close/", f"people/{person}/", f"people/{person}/drop/", f"people/{person}/decide/",
             "match/", "match/names/", "match/undo/", "reports/")  # fmt: skip
    client.force_login(world.teachers[0])
    assert {client.get(page + one).status_code for one in gets} == {403}
    assert {client.post(page + one).status_code for one in posts} == {403}
    client.force_login(make_world("AL").coordinator)
    missing = "/attendance/999999/"
    for one in gets:
        hidden, absent = client.get(page + one), client.get(missing + one)
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    for one in posts:
        hidden, absent = client.post(page + one), client.post(missing + one)
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    event.refresh_from_db()
    assert (event.state, SightingRow.objects.count(), VerdictRow.objects.count()) == (
        "published",
        1,
        0,
    )


def test_somebody_of_another_event_has_no_page_here(scene, client):
    world, _, page = scene
    assert client.get(f"{page}people/{world.teachers[5].pk}/").status_code == 404


def test_a_list_of_thirty_names_is_one_page_and_one_request(client, time_machine):
    world = make_world(teachers=30)
    event = make_event(world)
    for teacher in world.teachers:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
        )
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    page = f"/attendance/{event.pk}/list/"
    assert client.get(page).content.decode().count('type="checkbox" name="person"') == 30
    client.post(f"{page}paper/", {"person": [one.pk for one in world.teachers], "_once": "a"})
    verdicts = queries.judge(event.pk, at=event.ends_at).values()
    assert {(one.status, one.evidence) for one in verdicts} == {("present", "attested")}
    assert len(verdicts) == 30


@pytest.mark.parametrize("people", [3, 30])
def test_the_board_asks_as_many_questions_for_thirty_as_for_three(
    client, time_machine, django_assert_max_num_queries, people
):
    world = make_world(teachers=people)
    event = make_event(world)
    for teacher in world.teachers:
        registration.register(
            event.pk, person_id=teacher.pk, way="online", by=world.actor(teacher), at=AT
        )
        sight(event, teacher, 0, 119)
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    with django_assert_max_num_queries(36):
        client.get(f"/attendance/{event.pk}/")


def test_who_only_watched_is_not_counted_as_registered_and_gave_nothing_back(scene, client):
    world, event, page = scene
    watcher, seen = world.teachers[4:6]
    sight(event, watcher, 0, 150, mode="recording", evidence="attested")
    sight(event, seen, 0, 150)
    registration.cancel(
        event.pk, person_id=world.teachers[3].pk, by=world.actor(world.coordinator), at=AT
    )
    sight(event, world.teachers[3], 0, 150)
    found = board.board(event.pk, at=event.ends_at)
    assert (found.registered, len(found.rows)) == (3, 6)
    body = text(client.get(page))
    assert "<dt>registered</dt><dd>3</dd>" in body
    for person, said in ((watcher, "with the recording"), (seen, ""),
                         (world.teachers[3], "gave the place back")):  # fmt: skip
        assert f"{person.name}</a><small>{said}</small>" in body


def test_the_list_names_what_waits_to_be_closed(scene, client):
    world, event, _ = scene
    body = text(client.get("/attendance/"))
    assert "To look through and close" in body
    assert event.title in body
    programme.close(event.pk, by=world.actor(world.coordinator), at=event.ends_at)
    body = text(client.get("/attendance/"))
    assert "To look through and close" not in body
    assert event.title in body
    client.force_login(world.teachers[0])
    assert client.get("/attendance/").status_code == 403
    client.logout()
    assert client.get("/attendance/").status_code == 302


def test_the_rule_is_told_with_all_its_conditions():
    from attendance.presence import rules, wording

    rule = rules.Rule(
        "x", min_pct=75, min_minutes=60, combine="any", denominator="held", late_max_min=10,
        must_be_present_in_last_min=5,
    )  # fmt: skip
    said = wording.rule(rule, planned=100, needed=60, both=False)
    assert [one.replace("\u202f", " ") for one in said] == [
        "The rule: 75 % or 60 minutes, that is 60 of 100.",
        "Only what really took place is asked for.",
        "Nobody may come more than 10 minutes late.",
        "Presence in the last 5 minutes is asked for.",
    ]


def test_undoing_a_door_correction_by_command_is_shown(scene, client):
    world, event, page = scene
    commands.attest(
        event.pk, person_ids=[world.teachers[0].pk], by=world.actor(world.coordinator),
        at=event.ends_at,
    )  # fmt: skip
    assert "signed on paper" in text(client.get(page))
