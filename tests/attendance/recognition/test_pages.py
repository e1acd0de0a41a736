"""My learning: every hour with its reason, one paper for all of them, and who else can look."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection

from attendance.certificates import commands, policies, queries
from attendance.certificates.models import Certificate, Statement
from attendance.presence import commands as presence
from attendance.recognition import panels
from attendance.recognition import queries as ledger
from attendance.recognition import readers as seen_by
from attendance.recognition.models import Entry
from events.kernel.actors import Role
from events.people import commands as people
from events.people.models import Person
from events.registration import commands as registration
from tests.attendance.certificates import readers
from tests.attendance.certificates.scenes import close, make_scene, officer_of, work
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db
TERM = {"first": "2026-09-01", "last": "2027-08-31"}


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_scene()


def words(response):
    body = response.content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def state(client, scene, person, nonce="n", **days):
    return scene.post(client, "/me/statement/", {**TERM, **days, "_once": nonce}, person)


def correct(scene, person, minutes):
    presence.correct(
        scene.event.pk, person_id=person.pk, mode="room", starts_at=scene.event.starts_at,
        ends_at=scene.event.starts_at + timedelta(minutes=minutes), reason="Seen by the host",
        by=scene.by, at=scene.after,
    )  # fmt: skip
    work(scene.after)


def test_strangers_are_sent_to_sign_in_and_come_back(client, scene):
    assert scene.get(client, "/me/")["Location"] == "/sign-in/?next=%2Fme%2F"
    assert state(client, scene, None)["Location"] == "/sign-in/?next=%2Fme%2F"
    assert Statement.objects.count() == 0


def test_hours_stand_with_their_reason(client, scene):
    text = words(scene.get(client, "/me/", scene.world.teachers[0]))
    assert "2.5 h credited" in text
    assert "150 of 150 minutes; 1 hour = 60 minutes, rounded down to steps of 0.25 h" in text
    assert "Each event is rounded down to the steps of its rule" in text
    assert "Credited" in text


def test_who_was_not_seen_has_nothing(client, scene):
    text = words(scene.get(client, "/me/", scene.world.teachers[2]))
    assert "Nothing is counted in this period yet." in text


def test_a_shortfall_says_by_how_much(client, scene):
    person = scene.world.teachers[0]
    correct(scene, person, 90)
    text = words(scene.get(client, "/me/", person))
    assert "30 minutes short" in text
    assert "90 of 150 minutes" in text
    assert "Taken back" in text
    assert "The attendance was corrected." in text


def test_an_event_not_closed_yet_waits(client, scene):
    person = scene.world.teachers[0]
    event = make_event(scene.world, title="Second")
    registration.register(
        event.pk, person_id=person.pk, way="room", by=scene.world.actor(person), at=AT
    )
    assert "Waiting for the organiser" in words(scene.get(client, "/me/", person))


def test_a_school_year_shows_only_its_own(client, scene):
    person = scene.world.teachers[0]
    assert "Small steps" in words(scene.get(client, "/me/?year=2026", person))
    with connection.cursor() as cursor:
        # The ledger refuses changes; a test that moves time back asks its guard to look away.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Entry.objects.filter(person=person).update(occurred_on=date(2025, 10, 1))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert "0 h credited" in words(scene.get(client, "/me/?year=2026", person))
    assert "2.5 h credited" in words(scene.get(client, "/me/?year=2025", person))


def test_the_totals_of_a_statement_are_those_of_the_ledger(client, scene):
    person = scene.world.teachers[0]
    second = make_event(scene.world, title="Second")
    close(scene.world, second, 1)
    state(client, scene, person)
    record = queries.statement_record(Statement.objects.get())
    assert len(record.rows) == 2
    (balance,) = ledger.balances(person.pk)
    assert sum(total.minutes for total in record.totals) == balance.minutes == 300
    assert {row.number for row in record.rows} == {
        row.number for row in Certificate.objects.filter(person=person, state="issued")
    }


def test_a_statement_takes_only_the_days_asked_for(client, scene):
    person = scene.world.teachers[0]
    refused = state(client, scene, person, first="2026-11-27")
    assert refused.status_code == 422
    assert "No certificate in force falls into these days." in words(refused)
    turned = state(client, scene, person, first="2027-01-01", last="2026-01-01", nonce="m")
    assert "The last day lies before the first." in words(turned)
    empty = state(client, scene, person, first="", nonce="o")
    assert (empty.status_code, "Choose the first day." in words(empty)) == (422, True)
    assert Statement.objects.count() == 0
    state(client, scene, person, first="2026-11-26", last="2026-11-26", nonce="p")
    assert Statement.objects.count() == 1


def test_pressing_twice_makes_one_paper_and_the_same_bytes(client, scene):
    person = scene.world.teachers[0]
    first, again = (state(client, scene, person)["Location"] for _ in range(2))
    assert (first, Statement.objects.count()) == (again, 1)
    paper = scene.get(client, first, person).content
    assert scene.get(client, first, person).content == paper
    (code,) = readers.codes(paper)
    answer = scene.get(client, urlsplit(code).path)
    assert answer.status_code == 200
    assert len(answer.content) <= 10_000
    text = words(answer)
    assert text.startswith("We issued this statement, and every line of it is in force")
    assert scene.certificate().number in text
    assert "150" in text


def test_a_statement_is_its_holders_alone(client, scene):
    place = state(client, scene, scene.world.teachers[0])["Location"]
    for person in (None, scene.coordinator, scene.world.teachers[1]):
        missing = scene.get(client, "/me/statements/2222-2222-2222.pdf", person)
        hidden = scene.get(client, place, person)
        assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_later_corrections_leave_a_statement_as_it_is_and_show_on_its_check_page(client, scene):
    person = scene.world.teachers[0]
    place = state(client, scene, person)["Location"]
    paper = scene.get(client, place, person).content
    row = Statement.objects.get()
    correct(scene, person, 135)
    assert scene.get(client, place, person).content == paper
    answer = scene.get(client, f"/v/{row.number}/")
    text = words(answer)
    assert answer.status_code == 200
    assert text.startswith("We issued this statement; 1 line has changed since")
    assert "Replaced on 26 November 2026. The attendance was corrected." in text
    assert "1 of 1 certificates behind it are no longer in force" in text
    assert 'class="seal no"' in answer.text


def test_a_damaged_record_is_never_stated(client, scene):
    row = scene.certificate()
    Certificate.objects.filter(pk=row.pk).update(facts={**row.facts, "minutes_counted": 149})
    refused = state(client, scene, scene.world.teachers[0])
    assert refused.status_code == 409
    assert Statement.objects.count() == 0


def test_a_statement_whose_facts_were_changed_is_not_vouched_for(client, scene):
    state(client, scene, scene.world.teachers[0])
    row = Statement.objects.get()
    Statement.objects.filter(pk=row.pk).update(facts={**row.facts, "holder_name": "Other"})
    text = words(scene.get(client, f"/v/{row.number}/"))
    assert text.startswith("We cannot vouch for this paper")
    assert "Other" not in text


def test_statements_are_listed_with_their_numbers(client, scene):
    person = scene.world.teachers[0]
    state(client, scene, person)
    assert Statement.objects.get().number in words(scene.get(client, "/me/", person))


def test_who_can_see_this_names_exactly_those_whom_the_policy_lets_in(client, scene):
    holder, row = scene.world.teachers[0], scene.certificate()
    officer_of(scene.world)
    officer_of(make_world("RS"))
    for name, role, scope, scope_id in [
        ("Host", Role.SCHOOL_COORDINATOR, "school", scene.world.schools[0].pk),
        ("Other school", Role.SCHOOL_COORDINATOR, "school", scene.world.schools[1].pk),
        ("Whole country", Role.CLUSTER_COORDINATOR, "country", scene.world.country.pk),
        ("Nation", Role.NATIONAL_COORDINATOR, "country", scene.world.country.pk),
        ("Admin", Role.ADMINISTRATOR, "world", 0),
    ]:
        person = make_person(name)
        people.grant(
            person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=AT
        )
    shown = seen_by.of_events([scene.event.pk], besides=holder.pk, at=scene.after)
    named = {name for item in shown for name in item.names}
    let_in = {
        person.name
        for person in Person.objects.exclude(pk=holder.pk)
        if policies.may_read(scene.world.actor(person, scene.after), row)
    }
    assert named == let_in
    assert {"Host", "Whole country", "Officer HR", "Coordinator HR"} <= let_in
    assert "Whole country" in words(scene.get(client, "/me/", holder))


def test_both_pages_name_the_same_people_in_the_same_words(
    client, scene, django_assert_num_queries
):
    holder = scene.world.teachers[0]
    scene.certificate()
    officer_of(scene.world)
    with django_assert_num_queries(2):
        shown = seen_by.of_person(holder.pk, at=scene.after)
    assert {name for item in shown for name in item.names} >= {"Officer HR", "Coordinator HR"}
    for page in ("/me/", "/me/data/"):
        text = words(scene.get(client, page, holder))
        for item in shown:
            assert f"{', '.join(item.names)} {item.who} {item.what}" in text, page


def test_nobody_is_told_who_sees_the_hours_of_others(scene):
    scene.certificate()
    holder, other = scene.world.teachers[:2]
    ids = {"person_id": holder.pk}
    assert panels.who_sees(scene.world.actor(other), ids, at=scene.after) is None
    assert panels.who_sees(scene.world.actor(holder), ids, at=scene.after) is not None


def test_a_grant_that_ended_is_not_named(client, scene):
    grant = people.grant(
        person_id=make_person("Former").pk, role=Role.CLUSTER_COORDINATOR, scope="cluster",
        scope_id=scene.world.cluster.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    assert "Former" in words(scene.get(client, "/me/", scene.world.teachers[0]))
    people.end_grant(grant_id=grant.pk, by=SYSTEM, at=scene.after)
    assert "Former" not in words(scene.get(client, "/me/", scene.world.teachers[0]))


def test_a_withdrawn_certificate_leaves_the_list(client, scene):
    row = scene.certificate()
    commands.revoke(row.number, reason="holder_request", note="", by=scene.by, at=scene.after)
    work(scene.after)
    text = words(scene.get(client, "/me/", scene.world.teachers[0]))
    assert "0 h credited" in text
    assert "The holder asked for it." in text
