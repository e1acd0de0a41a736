"""An exchange visit over two days, from the plan to a certificate that says both."""

from datetime import datetime

import pytest

from attendance.certificates.models import Certificate
from events.kernel.actors import Role
from events.people import commands as people
from events.programme import queries as programme
from events.programme.models import Event
from events.registration import queries as registration
from events.visits import queries as visits
from tests.events.registration.mail import at, calendar, letters, sent_to, settle
from tests.factories.world import AT, SYSTEM, join, later, make_person, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
NOW = later(minutes=5)
NAMES = ("Ana Low", "Ben High")


def in_role(name, role, scope, pk):
    person = make_person(name)
    people.grant(person_id=person.pk, role=role, scope=scope, scope_id=pk, by=SYSTEM, at=AT)
    return person


def plan(client, world, host):
    """The coordinator plans the first day as a draft, and adds the second."""
    client.force_login(world.coordinator)
    first = client.post("/plan/new/", {
        "kind": "exchange-visit", "title": "Open doors", "when": "other", "day": "2026-11-26",
        "start": "9:00", "minutes": "240", "mode": "room", "audience": "schools",
        "language": "en", "zone": "Europe/Zagreb", "host": host.pk, "certificate": "on",
        "do": "save",
    })  # fmt: skip
    event = Event.objects.get(title="Open doors")
    assert first.url == f"/plan/{event.pk}/schools/"
    client.post(f"/plan/{event.pk}/parts/", {
        "day": "2026-11-27", "start": "10:00", "minutes": "180", "mode": "room",
        "zone": "Europe/Zagreb",
    })  # fmt: skip
    return event


@pytest.fixture
def scene():
    world = make_world()
    host, near, second = world.schools[:3]
    people_of = {
        "escort": in_role("Near Keeper", Role.SCHOOL_COORDINATOR, "school", near.pk),
        "leader": in_role("Second Leader", Role.SCHOOL_LEADER, "school", second.pk),
        "host": in_role("Host Keeper", Role.SCHOOL_COORDINATOR, "school", host.pk),
    }
    guests = [make_person(name) for name in NAMES]
    for guest in guests:
        join(guest, near)
    return world, people_of, guests


def publish(client, world):
    """Planned over two days, two schools asked, published; all of them are told."""
    host, near, second = world.schools[:3]
    with at(NOW):
        event = plan(client, world, host)
        client.post(f"/plan/{event.pk}/schools/", {
            f"come-{near.pk}": "on", f"places-{near.pk}": "2", f"come-{second.pk}": "on",
        })  # fmt: skip
        client.post(f"/plan/{event.pk}/publish/")
    settle(later(minutes=6))
    return event


def register_colleagues(client, event, escort, school):
    with at(later(minutes=7)):
        client.force_login(escort)
        client.post(f"/events/{event.slug}/colleagues/", {
            "school": school.pk, "way": "room", "names": "\n".join(NAMES), "register": "1",
        })  # fmt: skip
    settle(later(minutes=8))


def sign_in_on_both_days(client, event, keeper, guests):
    """Both come on both days; on the second day one of them leaves after an hour."""
    days = programme.parts_of(event.pk)
    for part in days:
        with at(part.starts_at):
            client.force_login(keeper)
            for guest in guests:
                posted = {"person": guest.pk, "part": part.pk}
                client.post(f"/attendance/{event.pk}/list/in/", posted)
    with at(datetime.fromisoformat("2026-11-27T10:00:00Z")):
        leaves = {"person": guests[1].pk, "part": days[1].pk}
        client.post(f"/attendance/{event.pk}/list/out/", leaves)


def close(client, event, keeper):
    event.refresh_from_db()
    with at(event.ends_at):
        client.force_login(keeper)
        board = client.get(f"/attendance/{event.pk}/")
        client.post(f"/attendance/{event.pk}/close/", {"sure": "yes"})
    settle(event.ends_at)
    assert board.status_code == 200


def test_two_schools_visit_a_third_for_two_days(client, scene):
    world, people_of, guests = scene
    event = publish(client, world)
    [invitation] = letters(people_of["escort"], "visit-invited")
    assert f"?school={world.schools[1].pk}" in invitation.text
    assert len(letters(people_of["leader"], "visit-invited")) == 1
    assert len(letters(people_of["host"], "visit-host")) == 1

    register_colleagues(client, event, people_of["escort"], world.schools[1])
    assert sorted(entry.name for entry in registration.roster(event.pk)) == list(NAMES)
    entries = [m for m in sent_to(guests[0]) if "text/calendar" in str(m)]
    assert len({str(calendar(message)[1]["UID"]) for message in entries}) == 2

    with at(later(minutes=9)):
        client.force_login(people_of["host"])
        client.post(f"/host/{event.pk}/", {"room-done": "on"})
        assert "Ana Low" in client.get(f"/host/{event.pk}/").text
    assert [row.code for row in visits.checklist(event.pk) if row.done_at] == ["room"]

    sign_in_on_both_days(client, event, world.coordinator, guests)
    close(client, event, world.coordinator)

    # 420 of 420 minutes for one; 240 and 60 of 420 are not 80 per cent for the other.
    [certificate] = Certificate.objects.filter(event_id=event.pk)
    says = certificate.facts
    assert certificate.person_id == guests[0].pk
    assert (says["minutes_counted"], says["minutes_planned"]) == (420, 420)
    with at(event.ends_at):
        check = client.get(f"/v/{certificate.number}/").text
    assert "26 November 2026 to" in check
    assert "27 November 2026" in check
    assert "420 of 420 minutes" in check
