"""Exchange visits: a host school, schools that come, and what each side is told."""

import re
from datetime import date, datetime

import pytest

from events.backstage.models import AuditEntry
from events.kernel.actors import Role
from events.kernel.errors import Missing, NotAllowed
from events.people import commands as people
from events.programme import commands as programme
from events.programme import parts, policies, queries
from events.programme.models import Event
from events.registration import colleagues, quotas
from events.registration import commands as registration
from events.registration import queries as registrations
from events.visits import commands
from events.visits import queries as visits
from events.visits.models import CheckItem
from tests.events.registration.mail import at, letters, settle
from tests.factories.world import ADMIN, AT, SYSTEM, join, later, make_person, make_world, wish

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


def keeper(name, school, role=Role.SCHOOL_COORDINATOR):
    person = make_person(name)
    people.grant(
        person_id=person.pk, role=role, scope="school", scope_id=school.pk, by=SYSTEM, at=AT
    )
    return person


class Visit:
    """A visit of two schools, one of another country, over two days."""

    def __init__(self, *, publish=True, places=2):
        self.home, self.away = make_world(), make_world("AL")
        self.host, self.near, self.far = (
            self.home.schools[0], self.home.schools[1], self.away.schools[2],
        )  # fmt: skip
        self.hosting = keeper("Host Keeper", self.host)
        self.escort = keeper("Near Keeper", self.near)
        self.leader = keeper("Far Leader", self.far, Role.SCHOOL_LEADER)
        self.by = self.home.actor(self.home.coordinator)
        self.event = commands.plan_visit(
            wish(
                self.home, kind="exchange-visit", title="Open doors", audience="schools",
                mode="room", minutes=240, starts=datetime(2026, 11, 26, 9, 0), join_url="",
            ),
            visiting={self.near.pk: places, self.far.pk: None},
            days=[
                parts.PartWish(datetime(2026, 11, 27, 9, 0), "Europe/Zagreb", 240, "room"),
            ],
            publish=publish, by=self.by, at=AT,
        )  # fmt: skip


@pytest.fixture
def visit():
    return Visit()


def colleague(name, school):
    person = make_person(name)
    join(person, school)
    return person


def test_a_visit_is_planned_in_one_call(visit):
    event = Event.objects.get(pk=visit.event.pk)
    assert event.state == "published"
    assert len(queries.parts_of(event.pk)) == 2
    assert event.visitors == sorted([visit.near.pk, visit.far.pk])
    assert {row.code for row in visits.checklist(event.pk)} == set(CheckItem.Code.values)


def test_teachers_of_visiting_schools_are_the_audience_also_abroad(visit):
    far, near, other = (
        colleague("Far Teacher", visit.far), colleague("Near Teacher", visit.near),
        colleague("Other Teacher", visit.home.schools[3]),
    )  # fmt: skip
    invited = {person.pk for person in registrations.audience_of(visit.event, on=NOW)}
    assert {far.pk, near.pk} <= invited
    assert other.pk not in invited


def test_visiting_schools_see_the_visit_and_others_do_not(client, visit):
    stranger = colleague("Other Teacher", visit.home.schools[3])
    path = f"/events/{visit.event.slug}/"
    with at(NOW):
        for person in (visit.escort, visit.leader, colleague("Far Teacher", visit.far)):
            client.force_login(person)
            assert client.get(path).status_code == 200
        client.force_login(stranger)
        hidden = client.get(path)
        missing = client.get("/events/no-such-thing/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_a_draft_is_hidden_from_the_schools_that_will_come():
    visit = Visit(publish=False)
    assert not policies.may_see(visit.home.actor(visit.leader), visit.event)


def test_a_school_coordinator_registers_colleagues_within_the_number(client, visit):
    for name in ("Ana Low", "Ben High"):
        colleague(name, visit.near)
    with at(NOW):
        client.force_login(visit.escort)
        path = f"/events/{visit.event.slug}/colleagues/"
        page = client.get(path)
        posted = {"school": visit.near.pk, "way": "room", "names": "Ana Low\nBen High"}
        client.post(path, {**posted, "register": "1"})
    assert "may send 2 people" in page.text
    names = [entry.name for entry in registrations.roster(visit.event.pk)]
    assert names == ["Ben High", "Ana Low"] or sorted(names) == ["Ana Low", "Ben High"]


def test_one_too_many_is_refused_with_the_numbers_and_nobody_is_registered(client, visit):
    for name in ("Ana Low", "Ben High", "Cid Wide"):
        colleague(name, visit.near)
    with at(NOW):
        client.force_login(visit.escort)
        answer = client.post(
            f"/events/{visit.event.slug}/colleagues/",
            {
                "school": visit.near.pk, "way": "room", "names": "Ana Low\nBen High\nCid Wide",
                "register": "1",
            },
        )  # fmt: skip
    assert answer.status_code == 409
    assert "School HR 1 may send 2 people, and 0 have a place." in answer.text
    assert registrations.roster(visit.event.pk) == []


def test_the_number_of_a_school_holds_for_its_teachers_themselves(visit):
    teachers = [colleague(name, visit.near) for name in ("Ana Low", "Ben High", "Cid Wide")]
    for teacher in teachers[:2]:
        registration.register(
            visit.event.pk, person_id=teacher.pk, way="room",
            by=visit.home.actor(teacher), at=NOW,
        )  # fmt: skip
    with pytest.raises(quotas.SchoolFull):
        registration.register(
            visit.event.pk, person_id=teachers[2].pk, way="room",
            by=visit.home.actor(teachers[2]), at=NOW,
        )  # fmt: skip


def test_a_leader_of_a_visiting_school_registers_its_people_only(visit):
    actor = visit.home.actor(visit.leader)
    kept = colleagues.schools_kept(visit.event, by=actor, at=NOW)
    assert [school.pk for school in kept] == [visit.far.pk]
    foreign = colleague("Near Teacher", visit.near)
    with pytest.raises(NotAllowed):
        registration.register(visit.event.pk, person_id=foreign.pk, way="room", by=actor, at=NOW)


def test_schools_and_host_are_told_of_publication_once(visit):
    settle(later(minutes=2))
    settle(later(minutes=3))
    [to_near] = letters(visit.escort, "visit-invited")
    [to_far] = letters(visit.leader, "visit-invited")
    [to_host] = letters(visit.hosting, "visit-host")
    assert "may send 2 people" in to_near.text
    assert f"/events/{visit.event.slug}/colleagues/?school={visit.near.pk}" in to_near.text
    assert "as many people as want to come" in to_far.text
    assert "School AL 2" in to_host.text
    assert f"/host/{visit.event.pk}/" in to_host.text


def test_a_mail_to_a_school_is_in_its_readers_language(visit):
    visit.escort.language = "hr"
    visit.escort.save()
    settle(later(minutes=2))
    [letter] = letters(visit.escort, "visit-invited")
    assert letter.language == "hr"


def test_schools_hear_of_a_change_and_of_the_cancellation(visit):
    settle(later(minutes=2))
    second = queries.parts_of(visit.event.pk)[1]
    later_day = parts.PartWish(datetime(2026, 11, 27, 12, 0), "Europe/Zagreb", 240, "room")
    parts.change(second.pk, later_day, by=visit.by, at=later(minutes=3))
    settle(later(minutes=4))
    programme.cancel(visit.event.pk, reason="Storm", by=visit.by, at=later(minutes=5))
    settle(later(minutes=6))
    for person in (visit.escort, visit.leader, visit.hosting):
        [change] = letters(person, "visit-change")
        assert "27 November" in change.subject
        [cancelled] = letters(person, "visit-cancelled")
        assert "Storm" in cancelled.text


def test_a_school_added_later_is_told_and_the_others_not_again(visit):
    settle(later(minutes=2))
    extra = keeper("Extra Keeper", visit.away.schools[0])
    chosen = {visit.near.pk: 2, visit.far.pk: None, visit.away.schools[0].pk: 5}
    commands.set_schools(visit.event.pk, chosen, by=visit.by, at=later(minutes=3))
    settle(later(minutes=4))
    assert len(letters(extra, "visit-invited")) == 1
    assert len(letters(visit.escort, "visit-invited")) == 1


def test_a_school_whose_people_are_registered_stays(visit):
    teacher = colleague("Ana Low", visit.near)
    registration.register(
        visit.event.pk, person_id=teacher.pk, way="room", by=visit.home.actor(teacher), at=NOW
    )
    with pytest.raises(commands.SchoolInUse):
        commands.set_schools(visit.event.pk, {visit.far.pk: None}, by=visit.by, at=NOW)
    with pytest.raises(commands.HostVisitsItself):
        commands.set_schools(
            visit.event.pk, {visit.near.pk: 2, visit.host.pk: 1}, by=visit.by, at=NOW
        )
    assert len(visits.visitors_of(visit.event.pk)) == 2


def test_schools_of_the_programme_are_found_in_other_countries(visit):
    found = visits.candidates(visit.event, text="school hr", at=NOW)
    assert visit.host.pk not in {row.pk for row in found}
    assert not visits.candidates(visit.event, text="school al", at=NOW).exists()
    from events.networks import commands as networks

    shared = networks.add_programme(code="shared", name="Shared", by=ADMIN, at=AT)
    for world in (visit.home, visit.away):
        world.cluster.programme_id = shared.pk
        world.cluster.save()
    Event.objects.filter(pk=visit.event.pk).update(programme_id=shared.pk)
    visit.event.refresh_from_db()
    assert visits.candidates(visit.event, text="school al", at=NOW).count() == 5


def test_schools_are_ticked_on_the_page_without_a_script(client, visit):
    path = f"/plan/{visit.event.pk}/schools/"
    with at(NOW):
        client.force_login(visit.home.coordinator)
        page = client.get(path)
        client.post(path, {
            f"come-{visit.near.pk}": "on", f"places-{visit.near.pk}": "4",
            f"come-{visit.far.pk}": "on", f"come-{visit.home.schools[2].pk}": "on",
        })  # fmt: skip
    assert "School AL 2" in page.text
    chosen = {row.school_id: row.places for row in visits.visitors_of(visit.event.pk)}
    assert chosen == {visit.near.pk: 4, visit.far.pk: None, visit.home.schools[2].pk: None}


def test_the_host_ticks_the_list_and_sees_who_comes(client, visit):
    teacher = colleague("Ana Low", visit.near)
    registration.register(
        visit.event.pk, person_id=teacher.pk, way="room", by=visit.home.actor(teacher), at=NOW
    )
    path, owner = f"/host/{visit.event.pk}/", colleague("Cook Warm", visit.host)
    with at(NOW):
        client.force_login(visit.hosting)
        page = client.get(path)
        done = client.post(path, {
            "lunch-done": "on", "lunch-due_on": "2026-11-20", "lunch-owner": owner.pk,
            "lunch-note": "Two without meat",
        }, follow=True)  # fmt: skip
    assert "Ana Low" in page.text
    assert "1 of 2 people" in page.text
    item = CheckItem.objects.get(event=visit.event, code="lunch")
    assert (item.done_by_id, item.owner_id, item.due_on) == (
        visit.hosting.pk, owner.pk, date(2026, 11, 20),
    )  # fmt: skip
    assert "Ticked by Host Keeper" in done.text
    summaries = re.findall(r"<summary>(.*?)</summary>", done.text)
    assert sum("Done</span>" in one for one in summaries) == 1
    assert sum("to do</span>" in one for one in summaries) > 2


def test_only_the_host_and_who_runs_the_visit_open_the_host_page(client, visit):
    with at(NOW):
        for person, status in (
            (visit.hosting, 200), (visit.home.coordinator, 200), (visit.escort, 403),
            (visit.away.teachers[0], 404),
        ):  # fmt: skip
            client.force_login(person)
            assert client.get(f"/host/{visit.event.pk}/").status_code == status
            if status != 200:
                assert client.post(f"/host/{visit.event.pk}/", {}).status_code == status
    assert not AuditEntry.objects.filter(action="checklist_saved").exists()


def test_a_hidden_visit_takes_no_checklist(visit):
    with pytest.raises(Missing):
        commands.save_checklist(
            visit.event.pk, {}, by=visit.away.actor(visit.away.teachers[0]), at=NOW
        )


def test_a_new_visit_leads_to_the_choice_of_schools(client):
    world = make_world()
    with at(NOW):
        client.force_login(world.coordinator)
        form = client.get("/plan/new/?kind=exchange-visit")
        answer = client.post("/plan/new/", {
            "kind": "exchange-visit", "title": "Open doors", "when": "other", "day": "2026-11-26",
            "start": "9:00", "mode": "room", "audience": "schools", "language": "en",
            "zone": "Europe/Zagreb", "host": world.schools[0].pk, "do": "save",
        })  # fmt: skip
    assert '<option value="schools" selected>' in form.text
    event = Event.objects.get(title="Open doors")
    assert answer.url == f"/plan/{event.pk}/schools/"
