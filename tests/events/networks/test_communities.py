"""Communities: joined and left with one tap; an event for one reaches its members and nobody else."""

from datetime import date

import pytest
from django.test import Client

from events.kernel.errors import Missing, NotAllowed
from events.networks import communities, groups
from events.networks.models import Community, Membership
from events.programme import commands as programme
from events.programme.models import Event
from events.programme.refusals import CommunityNotOffered
from tests.events.planner.test_planning import typed
from tests.events.registration.mail import at, letters, settle
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_event, make_world, wish

pytestmark = pytest.mark.django_db
CODE = "hr-biology"


@pytest.fixture
def world():
    found = make_world("HR")
    communities.load()
    return found


@pytest.fixture
def biology(world):
    return Community.objects.get(code=CODE)


@pytest.fixture(autouse=True)
def _clock():
    with at(AT):
        yield


def client_of(person):
    return sign_in(Client(), person)


def member(world, person, community):
    groups.join(community_id=community.pk, by=world.actor(person), at=AT)


def test_the_croatian_groups_are_listed_joined_and_left(world, biology):
    teacher = world.teachers[0]
    client = client_of(teacher)
    page = client.get("/communities/").text
    assert "Biology teachers" in page
    assert "e-School technicians" in page
    assert page.count(">Join<") == 8
    for _ in range(2):
        answer = client.post(f"/communities/{CODE}/belong/", {"back": "list", "_once": "a"})
        assert answer.headers["Location"] == "/communities/"
    assert Membership.objects.filter(community=biology, person=teacher).count() == 1
    page = client.get(f"/communities/{CODE}/").text
    assert "1 person" in page
    assert "You belong to this community" in page
    client.post(f"/communities/{CODE}/belong/", {"do": "leave", "_once": "b"})
    assert list(groups.members(biology.pk, on=AT.date())) == []
    assert Membership.objects.get(community=biology).ended_on == AT.date()


def test_communities_are_asked_for_after_signing_in(world, client):
    assert client.get("/communities/").headers["Location"].startswith("/sign-in/")
    assert client.post(f"/communities/{CODE}/belong/").headers["Location"].startswith("/sign-in/")


def test_a_community_of_another_country_is_like_a_missing_one(world, biology):
    stranger = make_world("AL").teachers[0]
    client = client_of(stranger)
    assert "Biology" not in client.get("/communities/").text
    hidden, missing = client.get(f"/communities/{CODE}/"), client.get("/communities/no-such/")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert client.post(f"/communities/{CODE}/belong/").status_code == 404
    with pytest.raises(Missing):
        groups.join(community_id=biology.pk, by=world.actor(stranger), at=AT)
    assert not Membership.objects.filter(community=biology).exists()


def test_who_looks_after_a_country_sees_its_groups_without_joining(world, biology):
    from tests.factories.world import ADMIN

    assert {group.code for group in groups.listed(ADMIN, on=AT.date())} == set()
    with pytest.raises((Missing, NotAllowed)):
        groups.join(community_id=biology.pk, by=ADMIN, at=AT)


def test_an_event_for_a_community_invites_its_members_and_is_hidden_from_others(world, biology):
    inside, outside = world.teachers[:2]
    member(world, inside, biology)
    event = make_event(world, audience="community", community_id=biology.pk)
    settle()
    assert [row.person_id for row in letters(kind="invitation")] == [inside.pk]
    assert client_of(inside).get(f"/events/{event.slug}/").status_code == 200
    assert "For members of the community: Biology teachers" in (
        client_of(inside).get(f"/events/{event.slug}/").text
    )
    assert client_of(outside).get(f"/events/{event.slug}/").status_code == 404
    assert event.title in client_of(inside).get(f"/communities/{CODE}/").text
    assert event.title not in client_of(outside).get(f"/communities/{CODE}/").text


def test_the_planner_offers_communities_and_counts_their_members(world, biology):
    member(world, world.teachers[0], biology)
    client = client_of(world.coordinator)
    page = client.get("/plan/new/").text
    assert "Community: Biology teachers, 1 person" in page
    value = f"community-{biology.pk}"
    refused = client.post("/plan/new/", typed(world, audience=value, title=" "))
    assert "1 teacher gets an e-mail" in refused.text
    client.post("/plan/new/", typed(world, audience=value))
    event = Event.objects.get()
    assert (event.audience, event.community_id) == ("community", biology.pk)
    assert f'value="{value}" selected' in client.get(f"/plan/{event.pk}/edit/").text
    client.post(f"/plan/{event.pk}/edit/", typed(world, audience="cluster", do="save"))
    event.refresh_from_db()
    assert (event.audience, event.community_id) == ("cluster", None)


def test_a_community_of_another_country_is_not_offered(world, biology):
    other = make_world("AL")
    assert "Biology" not in client_of(other.coordinator).get("/plan/new/").text
    with pytest.raises(CommunityNotOffered):
        programme.plan(
            wish(other, audience="community", community_id=biology.pk),
            by=other.actor(other.coordinator), at=AT,
        )  # fmt: skip
    assert not Event.objects.exists()


def test_somebody_who_left_is_no_longer_invited(world, biology):
    person = world.teachers[0]
    Membership.objects.create(
        person=person, community=biology, starts_on=date(2026, 1, 1), ended_on=date(2026, 10, 1)
    )
    make_event(world, audience="community", community_id=biology.pk)
    settle()
    assert letters(kind="invitation") == []
