"""Families hold events together: one page, the reader's own state, and how many were attended."""

import pytest

from attendance.presence import commands as presence
from events.kernel.errors import Missing, NotAllowed
from events.programme import commands, families, family_policies, family_queries
from events.programme.families import FamilyWish, OtherCountry
from events.programme.family_models import Family
from events.programme.models import Event
from events.registration import commands as registration
from tests.events.registration.mail import at, settle
from tests.factories.world import AT, later, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


def course(world, kind="course", **changes):
    values = {
        "kind": kind, "title": "First steps", "country_id": world.country.pk,
        "cluster_id": world.cluster.pk, "language": "en",
    }  # fmt: skip
    return families.found(
        FamilyWish(**{**values, **changes}), by=world.actor(world.coordinator), at=AT
    )


def module(world, family, **changes):
    event = make_event(world, kind="course-module", mode="room", **changes)
    families.join(event.pk, family.pk, by=world.actor(world.coordinator), at=AT)
    return event


def page(client, person, family, moment=NOW):
    with at(moment):
        client.force_login(person)
        return client.get(f"/families/{family.slug}/")


def test_the_page_lists_the_events_by_date_with_the_readers_state(client, world):
    from datetime import datetime

    family, teacher = course(world), world.teachers[0]
    late = module(world, family, title="Second", starts=datetime(2026, 12, 3, 16, 30))
    early = module(world, family, title="First")
    registration.register(
        early.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=NOW
    )
    text = page(client, teacher, family).text
    assert text.index(early.slug) < text.index(late.slug)
    assert "2 modules; you have 0." in text
    assert "Registered" in text or "registered" in text


def test_a_course_says_how_many_modules_the_reader_has(client, world):
    family, teacher, by = course(world), world.teachers[0], world.actor(world.coordinator)
    event = module(world, family)
    registration.register(
        event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=NOW
    )
    presence.attest(event.pk, person_ids=[teacher.pk], by=by, at=event.ends_at)
    commands.close(event.pk, by=by, at=event.ends_at)
    settle(event.ends_at)
    assert "1 module; you have 1." in page(client, teacher, family, event.ends_at).text
    assert "1 module; you have 0." in page(client, world.teachers[1], family, event.ends_at).text


def test_a_hidden_family_answers_exactly_like_a_missing_one(client, world):
    family = course(world)
    module(world, family)
    stranger = make_world("AL").teachers[0]
    hidden = page(client, stranger, family)
    with at(NOW):
        missing = client.get("/families/no-such-thing/")
    assert hidden.status_code == 404
    assert (hidden.content, dict(hidden.headers)) == (missing.content, dict(missing.headers))


def test_a_family_of_drafts_is_its_planners_alone(client, world):
    family = course(world)
    event = make_event(world, publish=False)
    families.join(event.pk, family.pk, by=world.actor(world.coordinator), at=AT)
    assert page(client, world.teachers[0], family).status_code == 404
    assert "Nothing is published yet." in page(client, world.coordinator, family).text


def test_what_becomes_of_a_family_follows_its_events(world):
    family, by = course(world), world.actor(world.coordinator)

    def phase(moment):
        return family_queries.phase(family_queries.parts_of(family.pk, by=by), at=moment)

    assert phase(NOW) == "empty"
    event = module(world, family)
    assert [phase(moment) for moment in (NOW, event.starts_at, event.ends_at)] == [
        "coming", "running", "over",
    ]  # fmt: skip
    commands.cancel(event.pk, reason="Storm", by=by, at=NOW)
    assert phase(NOW) == "empty"


def test_a_family_is_made_and_filled_on_the_pages(client, world):
    with at(NOW):
        client.force_login(world.coordinator)
        client.post("/plan/families/new/", {"title": "Round trip", "kind": "tour"})
        family = Family.objects.get(title="Round trip")
        there = make_event(world, title="Was there before")
        client.post(f"/plan/families/{family.pk}/events/", {"event": there.pk, "do": "join"})
        client.post("/plan/new/", {
            "kind": "workshop", "title": "Made for it", "when": "other", "day": "2026-11-27",
            "start": "9:00", "mode": "room", "audience": "cluster", "language": "en",
            "zone": "Europe/Zagreb", "family": family.pk, "do": "publish",
        })  # fmt: skip
        shown = client.get(f"/families/{family.slug}/").text
        event_page = client.get(f"/events/{there.slug}/").text
    assert "Was there before" in shown
    assert "Made for it" in shown
    assert f"/families/{family.slug}/" in event_page


def test_an_event_is_taken_out_again(client, world):
    family = course(world)
    event = module(world, family)
    with at(NOW):
        client.force_login(world.coordinator)
        client.post(f"/plan/families/{family.pk}/events/", {"event": event.pk, "do": "leave"})
    assert Event.objects.get(pk=event.pk).family_id is None


def test_who_does_not_run_a_family_changes_nothing(client, world):
    family = course(world)
    event = module(world, family)
    teacher, stranger = world.teachers[0], make_world("AL")
    with pytest.raises(NotAllowed):
        families.leave(event.pk, family.pk, by=world.actor(teacher), at=NOW)
    with pytest.raises(Missing):
        families.leave(event.pk, family.pk, by=stranger.actor(stranger.coordinator), at=NOW)
    with at(NOW):
        client.force_login(teacher)
        answer = client.post(f"/plan/families/{family.pk}/events/", {"event": event.pk})
    assert answer.status_code == 403
    assert Event.objects.get(pk=event.pk).family_id == family.pk


def test_an_event_of_another_country_does_not_join(world):
    family, other = course(world), make_world("AL")
    event = make_event(other)
    Event.objects.filter(pk=event.pk).update(organiser=world.coordinator)
    with pytest.raises(OtherCountry):
        families.join(event.pk, family.pk, by=world.actor(world.coordinator), at=NOW)


def test_a_family_is_visible_to_who_sees_one_of_its_events(world):
    family = course(world)
    module(world, family)
    seen = family_policies.visible_to(world.actor(world.teachers[0]))
    assert list(seen.values_list("pk", flat=True)) == [family.pk]


def test_the_choice_of_events_says_the_year_and_emptiness_is_said_once(client, world):
    family = course(world)
    make_event(world, title="Not yet in it")
    text = page(client, world.coordinator, family).text
    assert "Not yet in it, 26 November 2026<" in text
    assert text.count("No events yet.") == 1
