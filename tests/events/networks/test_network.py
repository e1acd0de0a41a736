"""Network pages: who sees what, clusters changed, schools closed, people who change school."""

from datetime import date, timedelta

import pytest
from django.test import Client

from attendance.certificates.models import Certificate
from attendance.presence import commands as presence
from attendance.recognition import commands as recognition
from attendance.recognition import queries as earned
from events.backstage import jobs, sweep
from events.kernel.actors import Role
from events.networks import commands, queries
from events.networks.models import ClusterSchool, School, Term
from events.people import commands as people
from events.programme import commands as programme
from events.registration import commands as registration
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def world():
    return make_world()


def signed(person, **more):
    return sign_in(Client(), person, **more)


def national(world, name="National"):
    person = make_person(name)
    people.grant(
        person_id=person.pk, role=Role.NATIONAL_COORDINATOR, scope="country",
        scope_id=world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


def administrator():
    person = make_person("Admin")
    people.grant(person_id=person.pk, role=Role.ADMINISTRATOR, scope="world", by=SYSTEM, at=AT)
    return person


def test_the_network_shows_the_readers_part(world):
    other = make_world("AL")
    page = signed(world.coordinator).get("/network/").text
    assert "Cluster HR" in page
    assert "Cluster AL" not in page
    page = signed(administrator(), second_step=True).get("/network/").text
    assert "Cluster HR" in page
    assert other.cluster.name in page


def test_the_network_is_not_for_teachers(world):
    assert signed(world.teachers[0]).get("/network/").status_code == 403
    assert Client().get("/network/").status_code == 403


def test_a_cluster_is_shown_to_its_members(world):
    make_event(world, title="Small steps")
    page = signed(world.teachers[0]).get(f"/clusters/{world.cluster.slug}/")
    assert page.status_code == 200
    assert "School HR 3" in page.text
    assert "Small steps" in page.text
    assert "Change the cluster" not in page.text
    assert f"/network/schools/{world.schools[0].pk}/" not in page.text


def test_a_draft_is_not_among_the_coming_events_of_its_audience(world):
    make_event(world, title="Secret plan", publish=False)
    page = signed(world.teachers[0]).get(f"/clusters/{world.cluster.slug}/")
    assert "Secret plan" not in page.text


HIDDEN = [
    "/clusters/{cluster}/", "/clusters/{cluster}/edit/", "/network/schools/{school}/",
    "/network/schools/{school}/close/", "/network/terms/HR/", "/network/schools/new/HR/",
]  # fmt: skip


@pytest.mark.parametrize("path", HIDDEN)
def test_another_country_gets_what_is_missing(world, path):
    stranger = national(make_world("AL"), "Stranger")
    spot = path.format(cluster=world.cluster.slug, school=world.schools[0].pk)
    gone = path.format(cluster="no-such", school=987654).replace("HR", "XX")
    client = signed(stranger)
    for call in (client.get, client.post):
        if call == (client.post if path == HIDDEN[0] else client.get) and path in (
            HIDDEN[0], HIDDEN[3],
        ):  # fmt: skip
            continue  # the other method alone answers there
        hidden, missing = call(spot), call(gone)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def edit_of(world, **changes):
    ids = [school.pk for school in world.schools]
    return {
        "name": "Renamed", "theme": "Reading", "origin": "bottom_up",
        "mentor": ids[0], "mentees": ids[1:], **changes,
    }  # fmt: skip


def test_the_mentor_school_changes_and_one_school_leaves(world):
    ids = [school.pk for school in world.schools]
    client = signed(world.coordinator)
    there = f"/clusters/{world.cluster.slug}/"
    answer = client.post(f"{there}edit/", edit_of(world, mentor=ids[1], mentees=[ids[0], ids[2]]))
    assert answer.url == there
    now = queries.schools_of_cluster(world.cluster.pk, on=AT.date())
    assert [(card.school_id, card.mentor) for card in now] == [
        (ids[1], True), (ids[0], False), (ids[2], False),
    ]  # fmt: skip
    ended = ClusterSchool.objects.filter(ended_on=AT.date())
    assert set(ended.values_list("school_id", flat=True)) == {ids[3], ids[4]}
    world.cluster.refresh_from_db()
    assert (world.cluster.name, world.cluster.theme) == ("Renamed", "Reading")


def test_the_former_mentor_school_stays_when_only_the_mentor_is_changed(world):
    ids = [school.pk for school in world.schools]
    client = signed(world.coordinator)
    there = f"/clusters/{world.cluster.slug}/"
    page = client.post(f"{there}edit/", edit_of(world, mentor=ids[1], mentees=ids[1:]), follow=True)
    now = queries.schools_of_cluster(world.cluster.pk, on=AT.date())
    assert {card.school_id for card in now} == set(ids)
    assert [card.school_id for card in now if card.mentor] == [ids[1]]
    assert f"{world.schools[0].name} was the mentor school and is now one of" in page.text


def test_a_school_of_another_cluster_is_asked_about_before_it_is_saved(world):
    made = commands.add_cluster(country_id=world.country.pk, name="Beside", by=SYSTEM, at=AT)
    school = commands.add_school(country_id=world.country.pk, name="Shared", by=SYSTEM, at=AT)
    commands.seat_school(
        cluster_id=made.pk,
        school_id=school.pk,
        part="mentee",
        starts_on=AT.date(),
        by=SYSTEM,
        at=AT,
    )
    client = signed(world.coordinator)
    there = f"/clusters/{world.cluster.slug}/edit/"
    sent = edit_of(world, mentees=[*(row.pk for row in world.schools[1:]), school.pk])
    page = client.post(there, sent)
    assert page.status_code == 422
    assert "Shared has a seat in Beside and keeps it" in page.text
    assert not world.cluster.seats.filter(school=school).exists()
    seat = ClusterSchool.objects.get(school=school)
    assert client.post(there, sent | {"confirmed": f"{seat.pk}"}).status_code == 302
    assert world.cluster.seats.filter(school=school).exists()


def test_a_school_that_left_can_come_back_the_same_day(world):
    ids = [school.pk for school in world.schools]
    client = signed(world.coordinator)
    there = f"/clusters/{world.cluster.slug}/edit/"
    client.post(there, edit_of(world, mentees=ids[1:3]))
    assert client.post(there, edit_of(world)).status_code == 302
    assert len(queries.schools_of_cluster(world.cluster.pk, on=AT.date())) == 5


def test_a_teacher_does_not_change_the_cluster(world):
    client = signed(world.teachers[0])
    answer = client.post(f"/clusters/{world.cluster.slug}/edit/", edit_of(world))
    assert answer.status_code == 403
    world.cluster.refresh_from_db()
    assert world.cluster.name == "Cluster HR"


def test_a_school_is_added_found_and_closed(world):
    client = signed(national(world))
    sent = {"name": "OŠ Čakovec", "national_code": "05-777", "place": "Čakovec"}
    answer = client.post("/network/schools/new/HR/", sent)
    made = School.objects.get(national_code="05-777")
    assert answer.url == f"/network/schools/{made.pk}/"
    assert "OŠ Čakovec" in client.get("/network/schools/?q=cakovec").text
    assert "School HR 1" not in client.get("/network/schools/?q=cakovec").text
    client.post(f"/network/schools/{made.pk}/close/")
    made.refresh_from_db()
    assert made.closed_at == AT
    client.post(f"/network/schools/{made.pk}/close/")
    made.refresh_from_db()
    assert made.closed_at is None


def test_a_code_that_is_taken_is_said(world):
    client = signed(national(world))
    page = client.post("/network/schools/new/HR/", {"name": "X", "national_code": "HR-1"})
    assert page.status_code == 422
    assert "Another school of this country already has the code HR-1." in page.text


def test_a_school_with_a_seat_is_not_closed(world):
    client = signed(national(world))
    spot = f"/network/schools/{world.schools[1].pk}/"
    page = client.post(f"{spot}close/", follow=True)
    assert "This school has a seat in Cluster HR." in page.text
    world.schools[1].refresh_from_db()
    assert world.schools[1].closed_at is None


def test_closing_needs_the_country(world):
    spot = f"/network/schools/{world.schools[1].pk}/close/"
    assert signed(world.coordinator).post(spot).status_code == 403


def test_a_day_belongs_to_one_term_of_a_country(world):
    client = signed(national(world))
    there = "/network/terms/HR/"
    client.post(there, {"name": "Autumn", "starts_on": "2026-09-01", "ends_on": "2026-12-20"})
    late = {"name": "Winter", "starts_on": "2026-12-20", "ends_on": "2027-01-31"}
    page = client.post(there, late)
    assert page.status_code == 422
    assert "These days overlap with Autumn (2026-09-01 to 2026-12-20)." in page.text
    assert client.post(there, late | {"starts_on": "2026-12-21"}).status_code == 302
    assert [term.name for term in Term.objects.order_by("starts_on")] == ["Autumn", "Winter"]


def test_terms_are_kept_by_the_national_coordinator(world):
    sent = {"name": "Spring", "starts_on": "2027-01-01", "ends_on": "2027-06-30"}
    client = signed(national(world))
    assert client.post("/network/terms/HR/", sent).status_code == 302
    assert "Spring" in client.get("/network/terms/HR/").text
    wrong = client.post("/network/terms/HR/", sent | {"ends_on": "2026-01-01"})
    assert wrong.status_code == 422
    assert signed(world.coordinator).post("/network/terms/HR/", sent).status_code == 403
    assert Term.objects.count() == 1


def test_programmes_are_the_administrators(world):
    client = signed(administrator(), second_step=True)
    client.post("/network/programmes/", {"code": "mensi", "name": "Mentoring schools"})
    assert "Mentoring schools" in client.get("/network/programmes/").text
    assert signed(national(world)).get("/network/programmes/").status_code == 403


def test_the_helpdesk_reads_and_changes_nothing(world):
    person = make_person("Help")
    people.grant(person_id=person.pk, role=Role.HELPDESK, scope="world", by=SYSTEM, at=AT)
    client = signed(person)
    spot = f"/network/schools/{world.schools[0].pk}/"
    assert "Teacher HR 00" in client.get(spot).text
    assert client.post(spot, {"person": world.teachers[0].pk}).status_code == 403
    assert client.get("/network/import/").status_code == 403


def test_a_teacher_who_changes_school_keeps_hours_and_certificates(world, time_machine):
    recognition.load_first_scheme()
    event, teacher = make_event(world), world.teachers[0]
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT
    )
    after = event.ends_at + timedelta(hours=1)
    time_machine.move_to(after, tick=False)
    by = world.actor(world.coordinator)
    presence.attest(event.pk, person_ids=[teacher.pk], by=by, at=after)
    programme.close(event.pk, by=by, at=after)
    for _ in range(3):
        sweep.drain(at=after)
        jobs.run_due(at=after)
    hours = earned.balances(teacher.pk)
    assert hours[0].minutes == 150
    old, new = world.schools[0], world.schools[2]
    client = signed(world.coordinator)
    answer = client.post(
        f"/network/schools/{old.pk}/", {"person": teacher.pk, "to": new.pk, "on": "2026-11-27"}
    )
    assert answer.url == f"/network/schools/{old.pk}/"
    moved = after.date() + timedelta(days=1)
    assert queries.school_at([teacher.pk], on=moved)[teacher.pk].school_id == new.pk
    assert earned.balances(teacher.pk) == hours
    assert Certificate.objects.get().person_id == teacher.pk
    records = queries.school_records([teacher.pk])
    assert queries.school_on(records, teacher.pk, event.starts_at.date()).name == old.name
    assert queries.school_on(records, teacher.pk, moved).name == new.name


def test_a_teacher_of_another_school_is_no_choice(world):
    stranger = make_world("AL")
    client = signed(world.coordinator)
    spot = f"/network/schools/{world.schools[0].pk}/"
    for sent in (
        {"person": stranger.teachers[0].pk, "on": "2026-11-02"},
        {"person": world.teachers[0].pk, "to": stranger.schools[0].pk, "on": "2026-11-02"},
        {"person": world.teachers[0].pk, "on": "2025-11-02"},
    ):
        assert client.post(spot, sent).status_code == 422
    assert commands.Membership.objects.filter(ended_on__isnull=False).count() == 0
    assert date(2026, 1, 1) == commands.Membership.objects.latest("pk").starts_on


def test_a_school_leader_reads_the_own_school_and_changes_nothing(world):
    leader, school, other = make_person("Leader"), world.schools[1], world.schools[2]
    people.grant(
        person_id=leader.pk, role=Role.SCHOOL_LEADER, scope="school", scope_id=school.pk,
        by=SYSTEM, at=AT,
    )  # fmt: skip
    make_event(world, title="At our school", host_school_id=school.pk)
    client = signed(leader)
    assert 'href="/network/"' in client.get("/").text
    page = client.get(f"/network/schools/{school.pk}/").text
    assert world.teachers[1].name in page
    assert "At our school" in page
    assert "Somebody changes school" not in page
    assert client.get(f"/network/schools/{other.pk}/").status_code == 404
    assert client.post(f"/network/schools/{school.pk}/", {}).status_code == 403
