"""Several people of the board at once: there, not there, excused."""

import csv
import io
from datetime import timedelta

import pytest

from attendance.certificates.models import Certificate
from attendance.presence import commands, marking, queries
from attendance.presence.models import Excuse, SightingRow, VerdictRow
from events.backstage.models import AuditEntry
from events.kernel.errors import Missing, NotAllowed
from events.registration import commands as registration
from tests.attendance.presence.test_board import sight, text, work
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


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


def post(client, page, people, answer, reason="Seen by the host", **more):
    form = {"person": [one.pk for one in people], "answer": answer, "reason": reason, **more}
    return client.post(f"{page}mark/", form)


def verdicts(world, event):
    found = queries.judge(event.pk, at=event.ends_at)
    return [found[one.pk] for one in world.teachers[:4]]


def test_several_are_marked_there_and_the_first_records_are_kept(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 60)
    answer = post(client, page, world.teachers[:2], "online", _once="a", show="not")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}?show=not#people")
    post(client, page, world.teachers[:2], "online", _once="a", show="not")
    found = verdicts(world, event)
    assert [(one.status, one.minutes_online) for one in found] == [
        ("present", 150), ("present", 150), ("absent", 0), ("absent", 0),
    ]  # fmt: skip
    assert SightingRow.objects.filter(source="door", withdrawn_at=None).count() == 1
    assert SightingRow.objects.filter(source="correction").count() == 2
    assert "2 people are changed." in text(client.get(page))


def test_excused_people_get_no_minute_and_the_board_says_why(scene, client):
    world, event, page = scene
    sight(event, world.teachers[1], 0, 30)
    sight(event, world.teachers[2], 0, 150)
    post(client, page, world.teachers[:3], "excused", "Exams at school")
    found = verdicts(world, event)
    assert [(one.status, one.minutes_counted) for one in found] == [
        ("excused", 0), ("excused", 30), ("present", 150), ("absent", 0),
    ]  # fmt: skip
    body = text(client.get(page))
    assert body.count("Excused: Exams at school") == 3
    assert "are excused" in body
    rows = list(csv.reader(io.StringIO(client.get(f"{page}table.csv").text)))
    assert [row[8] for row in rows[1:]] == ["Excused", "Excused", "Credited", "Did not come"]
    work(event.ends_at + timedelta(hours=1))
    client.post(f"{page}close/", {"_once": "c", "sure": "yes"})
    work(event.ends_at + timedelta(hours=1))
    assert [row.person_id for row in Certificate.objects.all()] == [world.teachers[2].pk]
    assert VerdictRow.objects.filter(current=True, status="excused").count() == 2


def test_the_last_answer_counts_and_an_excuse_can_be_taken_back(scene, client):
    world, event, page = scene
    one = world.teachers[0]
    post(client, page, [one], "room")
    post(client, page, [one], "excused", "Ill")
    assert verdicts(world, event)[0].status == "excused"
    post(client, page, [one], "absent", "Did not come after all")
    assert verdicts(world, event)[0].status == "absent"
    post(client, page, [one], "excused", "Doctor's note")
    records = text(client.get(f"{page}people/{one.pk}/"))
    assert "“Ill”" in records
    assert "withdrawn" in records
    client.post(f"{page}people/{one.pk}/excuse/drop/", {"_once": "d"})
    assert verdicts(world, event)[0].status == "absent"
    assert Excuse.objects.count() == 2
    assert not Excuse.objects.filter(withdrawn_at=None).exists()


def test_everybody_of_a_tab_is_marked_whoever_is_on_its_page(scene, client):
    world, event, page = scene
    sight(event, world.teachers[0], 0, 150)
    form = {"everybody": "on", "answer": "absent", "reason": "The list says so"}
    client.post(f"{page}mark/?show=not", form)
    assert [one.status for one in verdicts(world, event)] == [
        "present",
        "absent",
        "absent",
        "absent",
    ]
    assert SightingRow.objects.filter(source="correction").count() == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person": []}, "Tick the people this is for."),
        ({"reason": " "}, "Say in a few words how you know."),
        ({"answer": ""}, "Choose one of the answers shown."),
        ({"answer": "recording"}, "Choose one of the answers shown."),
    ],
)
def test_what_cannot_be_done_is_said_and_the_ticks_stay(scene, client, changed, said):
    world, _, page = scene
    form = {"person": [world.teachers[1].pk], "answer": "room", "reason": "Seen", **changed}
    answer = client.post(f"{page}mark/", form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert answer.text.count("checked") >= bool(form["person"])
    assert not SightingRow.objects.exists()


def test_after_closing_the_answer_is_judged_at_once(scene, client):
    world, event, page = scene
    client.post(f"{page}close/", {"_once": "c", "sure": "yes"})
    work(event.ends_at + timedelta(hours=1))
    post(client, page, world.teachers[:1], "excused", "Ill")
    row = VerdictRow.objects.get(person=world.teachers[0], current=True)
    assert (row.status, row.minutes_counted) == ("excused", 0)
    assert row.reasons[0][0] == "excused"


def test_strangers_and_people_of_elsewhere_are_refused_and_nothing_changes(scene):
    world, event, _ = scene
    values = {"answer": "excused", "reason": "Ill", "at": event.ends_at}
    outsider = make_world("AL")
    with pytest.raises(Missing):
        marking.mark(
            event.pk, person_ids=[world.teachers[0].pk], by=outsider.actor(outsider.coordinator),
            **values,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        marking.mark(
            event.pk, person_ids=[world.teachers[0].pk], by=world.actor(world.teachers[0]), **values
        )
    with pytest.raises(commands.NotOnRoster):
        marking.mark(
            event.pk, person_ids=[world.teachers[0].pk, world.teachers[5].pk],
            by=world.actor(world.coordinator), **values,
        )  # fmt: skip
    assert not Excuse.objects.exists()
    assert not AuditEntry.objects.filter(action="presence_marked").exists()


def test_ways_that_are_not_offered_cannot_be_marked(client, time_machine):
    world = make_world()
    event = make_event(world, mode="room")
    by = world.actor(world.coordinator)
    with pytest.raises(marking.AnswerUnknown):
        marking.mark(event.pk, person_ids=[], answer="online", reason="x", by=by, at=event.ends_at)
    with pytest.raises(commands.NotStarted):
        marking.mark(event.pk, person_ids=[1], answer="room", reason="x", by=by, at=AT)
