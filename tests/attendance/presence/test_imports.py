"""Reports handed in, read, taken over and taken back over HTTP, with files of our own."""

import ast
import csv
import json
import random
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.presence import queries, report_words, wording
from attendance.presence import reports as parsers
from attendance.presence.intervals import as_ms, length
from attendance.presence.models import ReportImport, RuleVersion, SightingRow
from events.backstage import sweep
from events.kernel.zones import instant
from events.registration import commands as registration
from events.registration.models import Registration
from tests.factories.world import AT, join, make_event, make_person, make_world

pytestmark = pytest.mark.django_db
PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "reports"
TRUTHS = json.loads((PAYLOADS / "truths.json").read_text(encoding="utf-8"))
DAY = datetime(2026, 11, 24, 16, 0)
EVENT_DAY = AT + timedelta(days=22)


def exact_rule():
    """Every second counts as it stands, so minutes can be compared with the truths."""
    RuleVersion.objects.create(
        kind="", version="exact", valid_from=AT - timedelta(days=4000),
        body={"version": "exact", "min_pct": 80, "denominator": "scheduled", "bridge_gap_s": 0},
    )  # fmt: skip


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    exact_rule()
    event = make_event(world, starts=DAY, minutes=150, mode="online")
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    return world, event, f"/attendance/{event.pk}/"


def enrol(world, event, name, email="", *, way="online"):
    person = make_person(name, email=email)
    join(person, world.schools[1])
    registration.register(event.pk, person_id=person.pk, way=way, by=world.actor(person), at=AT)
    return person


def upload(client, page, content, name="anything.bin"):
    return client.post(f"{page}reports/", {"file": SimpleUploadedFile(name, content)})


def take(client, page, content, **more):
    """Hand in and take over; gives the report's page."""
    place = upload(client, page, content).headers["Location"]
    client.post(place, more)
    return place


def text(answer):
    return " ".join(answer.content.decode().replace("\u202f", " ").split())


def payload(name):
    return (PAYLOADS / name).read_bytes()


def on_day(world, day, *, days=1, mode="online"):
    """An event that covers whole days, also long ago, with everybody of `world.teachers` out of it."""
    event = make_event(world, mode=mode)
    starts = datetime.combine(day, time())
    first = instant(starts, "Europe/Zagreb")
    minutes = 24 * 60 * days
    last = first + timedelta(minutes=minutes)
    event.parts.update(
        starts_wall=starts.isoformat(timespec="minutes"), starts_at=first, ends_at=last,
        minutes=minutes,
    )  # fmt: skip
    type(event).objects.filter(pk=event.pk).update(starts_at=first, ends_at=last)
    event.refresh_from_db()
    return event


def closed_seconds_by_key(event):
    """First row and seconds of each person of a report: the union of their closed stays."""
    lines = {}
    for row in SightingRow.objects.filter(event=event, withdrawn_at=None, source="report"):
        lines.setdefault(row.seen_key, []).append(row)
    return [
        (rows[0], length((as_ms(r.starts_at), as_ms(r.ends_at)) for r in rows if r.ends_at) / 1000)
        for rows in lines.values()
    ]


def closed_seconds(event):
    """The same by name seen."""
    found = {}
    for row, seconds in closed_seconds_by_key(event):
        found[row.seen_name] = found.get(row.seen_name, 0) + seconds
    return found


def name_everybody(client, event, page, people):
    """Match by hand whoever waits, by the very name; gives minutes online by name."""
    for row in SightingRow.objects.filter(event=event, person=None, withdrawn_at=None):
        row.refresh_from_db()
        if row.person_id is None:
            form = {"row": row.pk, "person": people[row.seen_name].pk}
            assert client.post(f"{page}match/", form).status_code == 302
    return minutes_online(client, page)


def minutes_online(client, page):
    """Minutes online by name, as the table shows them."""
    lines = client.get(f"{page}table.csv").content.decode("utf-8-sig").splitlines()
    table = list(csv.DictReader(lines))
    return {line["Name"].removeprefix("'"): int(line["Minutes online"]) for line in table}


def day_of(name):
    """The day of a file: where its truth names none, as the file itself says."""
    truth = TRUTHS[name]
    known = truth.get("first_day") or truth.get("hint") or truth.get("started")
    if known:
        return date.fromisoformat(known[:10])
    report = parsers.read_report(payload(name), zone="Europe/Zagreb")
    stays = [stay for person in report.people for stay in person.intervals]
    return min((stay.start for stay in stays), default=report.started or EVENT_DAY).date()


GOOD = sorted(name for name, truth in TRUTHS.items() if "people" in truth)


def test_every_file_of_ours_gives_its_truths_through_the_pages(client, time_machine):
    world = make_world(teachers=0)
    exact_rule()
    time_machine.move_to(AT + timedelta(days=60), tick=False)
    client.force_login(world.coordinator)
    people = {}
    assert len(GOOD) > 30
    for name in random.Random(7).sample(GOOD, len(GOOD)):  # noqa: S311  an order, no secret
        truth = TRUTHS[name]["people"]
        event = on_day(world, day_of(name))
        page = f"/attendance/{event.pk}/"
        for one in truth:
            if one not in people:
                people[one] = make_person(one, email="")
                join(people[one], world.schools[1])
            registration.register(
                event.pk, person_id=people[one].pk, way="online", walk_in=True,
                by=world.actor(world.coordinator), at=AT,
            )  # fmt: skip
        take(client, page, payload(name))
        assert (name, closed_seconds(event)) == (
            name,
            {one: values["seconds"] for one, values in truth.items()},
        )
        opened = SightingRow.objects.filter(event=event, ends_at=None)
        unsure = set(opened.values_list("seen_name", flat=True))
        shown = name_everybody(client, event, page, people)
        expected = {
            one: int(values["seconds"]) // 60 for one, values in truth.items() if one not in unsure
        }
        seen = {one: shown.get(one) for one in expected}
        assert (name, seen) == (name, expected)


def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(scene, client):
    _, _, page = scene
    refused = {name: truth["refused"] for name, truth in TRUTHS.items() if "refused" in truth}
    assert len(refused) > 10
    for name in refused:
        answer = upload(client, page, payload(name), name="report.csv")
        assert (name, answer.status_code) == (name, 422)
        assert "There is a problem" in text(answer)
    assert (ReportImport.objects.count(), SightingRow.objects.count()) == (0, 0)


def test_a_question_is_asked_with_days_and_the_answer_is_kept(scene, client):
    _, _, page = scene
    place = upload(client, page, payload("zoom_participants_ambiguous.csv")).headers["Location"]
    body = text(client.get(place))
    assert "The dates can be read in two ways. Which day was the meeting?" in body
    assert "Friday 11 September 2026" in body
    assert "Monday 9 November 2026" in body
    assert client.post(place, {}).status_code == 409
    client.post(place, {"question": "date_order", "answer": "day_first"})
    body = text(client.get(place))
    assert "Is this the right report?" in body
    assert "Nobody in this report was there at the time of the event." in body
    assert "the event is on another day" in body
    assert SightingRow.objects.count() == 0
    assert ReportImport.objects.get().answers == {"date_order": "day_first"}


def test_an_unknown_column_is_asked_about(scene, client):
    _, _, page = scene
    content = payload("zoom_participants_unknown_column.csv")
    place = upload(client, page, content).headers["Location"]
    assert "Which column says that somebody only waited outside?" in text(client.get(place))
    client.post(place, {"question": "waiting_column", "answer": ""})
    assert "Is this the right report?" in text(client.get(place))


ZOOM = "zoom_participants_en_uk.csv"
KNOWN = {one: values for one, values in TRUTHS[ZOOM]["people"].items() if values["email"]}


def test_an_address_matches_by_itself_unless_colleagues_share_it(scene, client):
    world, event, page = scene
    (first, one), (second, two) = list(KNOWN.items())[:2]
    alone = enrol(world, event, "Somebody Registered", one["email"])
    shared = enrol(world, event, "A Colleague", two["email"])
    make_person("Another Colleague", email=two["email"])
    take(client, page, payload(ZOOM))
    by_name = dict(SightingRow.objects.values_list("seen_name", "person_id"))
    assert (by_name[first], by_name[second]) == (alone.pk, None)
    assert shared.pk not in by_name.values()
    assert set(SightingRow.objects.exclude(person=None).values_list("matched_by", flat=True)) == {
        "exact_email"
    }


def test_nobody_is_credited_on_a_similar_name(scene, client):
    world, event, page = scene
    for name in TRUTHS[ZOOM]["people"]:
        enrol(world, event, f"{name}a")
    place = take(client, page, payload(ZOOM), names="exact")
    assert SightingRow.objects.exclude(person=None).count() == 0
    verdicts = queries.judge(event.pk, at=event.ends_at).values()
    assert {one.minutes_counted for one in verdicts} == {0}
    assert "(similar name)" in text(client.get(page))
    assert "0 known for sure, 0 with an exact name" in text(client.get(place))


def test_exact_names_wait_for_one_tap(scene, client):
    world, event, page = scene
    names = list(TRUTHS[ZOOM]["people"])[:3]
    people = [enrol(world, event, name) for name in names]
    take(client, page, payload(ZOOM))
    assert SightingRow.objects.exclude(person=None).count() == 0
    assert "Match all 3 exact names" in text(client.get(page))
    client.post(f"{page}match/names/", {"_once": "a"})
    matched = set(SightingRow.objects.exclude(person=None).values_list("person_id", "matched_by"))
    assert matched == {(one.pk, "exact_name") for one in people}


def test_an_exact_name_that_stands_twice_is_not_matched(scene, client):
    world, event, page = scene
    enrol(world, event, "Ana Kovač")
    rows = [
        SightingRow(
            event=event, part=event.parts.get(), seen_key=key, seen_name="Ana Kovač", mode="online",
            starts_at=event.starts_at, ends_at=event.ends_at, evidence="measured",
            source="report", recorded_at=event.ends_at,
        )
        for key in ("one", "two")
    ]  # fmt: skip
    SightingRow.objects.bulk_create(rows)
    assert "exact name" not in text(client.get(page))
    client.post(f"{page}match/names/", {})
    assert SightingRow.objects.exclude(person=None).count() == 0


def test_a_name_with_another_address_is_never_taken_in_bulk(scene, client):
    world, event, page = scene
    [(name, values), (other, _)] = list(KNOWN.items())[:2]
    enrol(world, event, name, "somebody.else@skola.test")
    enrol(world, event, other)
    place = take(client, page, payload(ZOOM), names="exact")
    assert "1 with an exact name" in text(client.get(place))
    body = text(client.get(page))
    assert f"The address on record of {name} is another one." in body
    assert "(same name)" in body
    client.post(f"{page}match/names/", {"_once": "a"})
    named = SightingRow.objects.exclude(person=None)
    assert set(named.values_list("seen_name", "matched_by")) == {(other, "exact_name")}
    assert values["email"] not in named.values_list("seen_email", flat=True)


def test_a_file_of_another_day_is_marked_in_the_list_and_its_careful_button_comes_first(
    scene, client
):
    world, event, page = scene
    for name in list(TRUTHS[ZOOM]["people"])[:2]:
        enrol(world, event, name)
    place = upload(client, page, payload(ZOOM)).headers["Location"]
    said = "the event is on another day"
    assert said not in text(client.get(f"{page}reports/"))
    body = text(client.get(place))
    assert body.index("Take over and match 2 exact names") < body.index("match by hand")
    ReportImport.objects.update(warnings=[["date_differs", {"date": "2026-11-20"}]])
    assert said in text(client.get(f"{page}reports/"))
    body = text(client.get(place))
    assert body.index("match by hand") < body.index("Take over and match 2 exact names")
    assert '<button class="btn full">Take over, match by hand' in body
    assert '<button class="btn alt full" name="names" value="exact">' in body


def test_taking_over_leads_to_those_who_are_left(scene, client):
    _, _, page = scene
    place = upload(client, page, payload(ZOOM)).headers["Location"]
    body = text(client.post(place, {"_once": "a"}, follow=True))
    assert f'<a href="{page}#unmatched">You name the others on the board.</a>' in body


def test_closing_with_people_to_name_asks_once_more(scene, client):
    world, event, page = scene
    enrol(world, event, "Ana Kovač")
    upload(client, page, payload(ZOOM), name="waiting.csv")
    body = text(client.post(f"{page}close/", {"_once": "a"}))
    assert "waiting.csv" in body
    assert "Nothing is recorded, so nobody is credited." in body
    place = f"{page}reports/{ReportImport.objects.get().pk}/"
    client.post(place, {"_once": "b"})
    people = len(TRUTHS[ZOOM]["people"])
    assert f"<dd>{people}</dd>" in text(client.get(page))
    body = text(client.post(f"{page}close/", {"_once": "c"}))
    assert f"{people} people of reports are not matched and count for nobody." in body
    assert "waiting.csv" not in body
    event.refresh_from_db()
    assert event.state == "published"
    client.post(f"{page}close/", {"_once": "d", "sure": "yes"})
    event.refresh_from_db()
    assert event.state == "closed"


def test_the_same_file_counts_once_and_a_second_report_unites(scene, client):
    world, event, page = scene
    person = enrol(world, event, "x", KNOWN[next(iter(KNOWN))]["email"])
    first = take(client, page, payload(ZOOM))
    minutes = queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted
    rows = SightingRow.objects.count()
    assert minutes > 0
    assert take(client, page, payload(ZOOM)) == first
    assert (ReportImport.objects.count(), SightingRow.objects.count()) == (1, rows)
    again = payload(ZOOM).rstrip() + b"\r\n\r\n"
    assert take(client, page, again) != first
    assert SightingRow.objects.count() == 2 * rows
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted == minutes


def test_a_report_taken_back_counts_no_more_and_is_kept(scene, client):
    world, event, page = scene
    person = enrol(world, event, "x", KNOWN[next(iter(KNOWN))]["email"])
    place = take(client, page, payload(ZOOM))
    assert client.get(f"{place}file/").content == payload(ZOOM)
    client.post(f"{place}withdraw/", {"_once": "a"})
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted == 0
    assert SightingRow.objects.filter(withdrawn_at=None).count() == 0
    assert bytes(ReportImport.objects.get().content) == payload(ZOOM)
    assert client.get(place).status_code == 404
    take(client, page, payload(ZOOM))
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted > 0


def test_a_draft_that_is_forgotten_leaves_nothing(scene, client):
    _, _, page = scene
    place = upload(client, page, payload(ZOOM)).headers["Location"]
    client.post(f"{place}withdraw/", {})
    assert ReportImport.objects.count() == 0


def test_a_guest_is_registered_with_the_match(scene, client):
    world, event, page = scene
    name = next(iter(TRUTHS[ZOOM]["people"]))
    person = make_person(name, email="")
    join(person, world.schools[2])
    take(client, page, payload(ZOOM))
    assert "(not registered: register now)" in text(client.get(page))
    row = SightingRow.objects.filter(seen_name=name).first()
    assert "Register and match" in text(client.get(f"{page}seen/{row.pk}/"))
    client.post(f"{page}match/", {"row": row.pk, "person": person.pk})
    place = Registration.objects.get(person=person)
    assert (place.state, place.way, place.walk_in) == ("registered", "online", True)
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted > 0


def test_somebody_of_elsewhere_cannot_be_matched(scene, client):
    _, _, page = scene
    take(client, page, payload(ZOOM))
    stranger = make_world("AL").teachers[0]
    row = SightingRow.objects.first()
    assert client.post(f"{page}match/", {"row": row.pk, "person": stranger.pk}).status_code == 422
    assert SightingRow.objects.exclude(person=None).count() == 0
    assert not Registration.objects.filter(person=stranger).exists()


def test_setting_aside_and_undoing(scene, client):
    world, event, page = scene
    person = enrol(world, event, "Petra Novak")
    take(client, page, payload(ZOOM))
    total = len(TRUTHS[ZOOM]["people"])
    row = SightingRow.objects.first()
    client.post(f"{page}match/", {"row": row.pk, "person": "stranger"})
    body = text(client.get(page))
    assert f"{total - 1} people online could not be matched" in body
    assert "1 person is set aside as not one of ours" in body
    client.post(f"{page}match/undo/", {"row": row.pk})
    client.post(f"{page}match/", {"row": row.pk, "person": person.pk})
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted > 0
    client.post(f"{page}match/undo/", {"row": row.pk})
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted == 0
    assert client.post(f"{page}match/", {"row": row.pk, "person": ""}).status_code == 422
    answer = client.post(f"{page}match/", {"row": row.pk, "person": "else"})
    assert answer.headers["Location"] == f"{page}seen/{row.pk}/"


def test_totals_without_times_credit_nobody_by_themselves(scene, client):
    world, event, page = scene
    truth = TRUTHS["zoom_unique_users.csv"]["people"]
    take(client, page, payload("zoom_unique_users.csv"))
    row = SightingRow.objects.exclude(stated_seconds=None).first()
    person = enrol_late(world, event, row.seen_name)
    client.post(f"{page}match/", {"row": row.pk, "person": person.pk})
    assert queries.judge(event.pk, at=event.ends_at)[person.pk].minutes_counted == 0
    body = text(client.get(page, {"correct": person.pk}))
    assert "Times are missing" in body
    assert f"The report states {row.stated_seconds // 60} min without times." in body
    assert len(truth) == ReportImport.objects.get().people


def enrol_late(world, event, name):
    person = make_person(name, email="")
    join(person, world.schools[1])
    registration.register(
        event.pk, person_id=person.pk, way="online", walk_in=True,
        by=world.actor(world.coordinator), at=event.ends_at,
    )  # fmt: skip
    return person


def test_a_hybrid_meeting_that_ends_early_takes_no_minutes_from_the_room(scene, client):
    world, _, _ = scene
    for mode, held in (("hybrid", None), ("online", True)):
        event = on_day(world, DAY.date(), mode=mode)
        take(client, f"/attendance/{event.pk}/", payload("zoom_meeting_header_6.csv"))
        row = ReportImport.objects.get(event=event)
        assert (mode, bool(row.held_end)) == (mode, bool(held))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(scene, client):
    _, _, page = scene
    answer = upload(client, page, b"x" * (5 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "The file has more than 5 MB." in text(answer)
    assert client.post(f"{page}reports/", {}).status_code == 422


def test_nothing_is_handed_in_before_the_start(scene, client, time_machine):
    _, event, page = scene
    time_machine.move_to(event.starts_at - timedelta(minutes=1), tick=False)
    assert upload(client, page, payload(ZOOM)).status_code == 409
    assert ReportImport.objects.count() == 0


def test_a_match_after_closing_is_counted_at_once(scene, client):
    world, event, page = scene
    person = enrol(world, event, "Somebody Else")
    take(client, page, payload(ZOOM))
    client.post(f"{page}close/", {"sure": "yes"})
    sweep.drain(at=event.ends_at + timedelta(hours=1))
    assert queries.current_verdicts(event.pk)[person.pk].minutes_counted == 0
    row = SightingRow.objects.filter(seen_name=next(iter(KNOWN))).first()
    client.post(f"{page}match/", {"row": row.pk, "person": person.pk})
    assert queries.current_verdicts(event.pk)[person.pk].minutes_counted > 0


def test_reports_of_another_event_are_missing(scene, client):
    world, _, page = scene
    place = take(client, page, payload(ZOOM))
    other = make_event(world)
    elsewhere = place.replace(page, f"/attendance/{other.pk}/")
    for path in ("", "file/"):
        assert client.get(elsewhere + path).status_code == 404
    client.force_login(make_world("AL").coordinator)
    for path in ("", "file/"):
        hidden = client.get(place + path)
        assert (hidden.status_code, hidden.content) == (
            404,
            client.get(f"/attendance/999999/reports/1/{path}").content,
        )


FOLDER = Path(parsers.__file__).parent


def calls(name, *, folder=FOLDER):
    """Code and literal values of every call of a class in a folder, read from the source."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
            if named and node.args and isinstance(node.args[0], ast.Constant):
                found.append((node.args[0].value, keys_of(node.args[1:])))
    return found


def keys_of(arguments):
    if not arguments:
        return set()
    keys = arguments[0].keys if isinstance(arguments[0], ast.Dict) else [None]
    return None if None in keys else {key.value for key in keys}


@pytest.mark.parametrize(
    ("name", "sentences"),
    [("ReportRefused", report_words.REFUSALS), ("Notice", report_words.NOTICES)],
)
def test_every_code_of_the_parsers_has_a_sentence_that_can_be_filled(name, sentences):
    found = calls(name)
    assert {code for code, _ in found} == set(sentences)
    for code, keys in found:
        asked = set(re.findall(r"%\((\w+)\)s", sentences[code]))
        assert keys is None or (code, asked - keys) == (code, set())


def test_every_question_and_every_reason_has_a_sentence():
    assert {code for code, _ in calls("NeedsAnswer")} == set(report_words.QUESTIONS)
    reasons = {code for code, _ in calls("Reason", folder=FOLDER.parent)}
    assert reasons == set(wording.REASONS)
