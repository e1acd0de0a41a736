"""Who may see which event: the policy and the query give one answer, in many small worlds."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from events.kernel.actors import ANONYMOUS, Actor, Role, Standing
from events.networks.models import Cluster, Community, Country
from events.people.models import Person
from events.programme import policies, queries
from events.programme.models import Event
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db
TWO = 2


@pytest.fixture
def ids():
    """Two of everything, and events of every audience, state and place among them."""
    worlds = [make_world("HR", teachers=1), make_world("AL", teachers=1)]
    groups = [Community.objects.create(code=f"c{n}", names={"en": f"C {n}"}) for n in range(TWO)]
    for world, group in zip(worlds, groups, strict=True):
        first = make_event(world)
        for audience, state, cluster in itertools.product(
            Event.Audience.values, ("draft", "published", "cancelled"), (True, False)
        ):
            Event.objects.create(
                slug=f"{world.country.code}-{audience}-{state}-{cluster}".lower(), kind=first.kind,
                title="x", language="en", state=state, audience=audience, country=world.country,
                cluster=world.cluster if cluster else None, community=group,
                host_school=world.schools[0], organiser=world.coordinator, search_key="x",
                starts_at=AT, ends_at=AT + timedelta(hours=1), changed_at=AT, created_at=AT,
                visitors=[worlds[0].schools[3].pk] if cluster else [],
            )  # fmt: skip
    return {
        "countries": list(Country.objects.values_list("pk", flat=True)),
        "clusters": list(Cluster.objects.values_list("pk", flat=True)),
        "schools": [world.schools[n].pk for world in worlds for n in (0, 3)],
        "events": list(Event.objects.values_list("pk", flat=True))[:6],
        "communities": [group.pk for group in groups],
        "people": list(Person.objects.values_list("pk", flat=True)),
    }


def actors(ids):
    def few(name):
        return some.frozensets(some.sampled_from(ids[name]), max_size=TWO)

    standing = some.builds(
        Standing, role=some.sampled_from(list(Role)), world=some.sampled_from([False] * 9 + [True]),
        countries=few("countries"), clusters=few("clusters"), schools=few("schools"),
        events=few("events"),
    )  # fmt: skip
    return some.builds(
        Actor, person_id=some.sampled_from([None, *ids["people"]]),
        standings=some.lists(standing, max_size=2).map(tuple), home_schools=few("schools"),
        home_clusters=few("clusters"), home_countries=few("countries"),
        home_communities=few("communities"),
    )  # fmt: skip


def by_policy(actor):
    return {event.pk for event in Event.objects.all() if policies.may_see(actor, event)}


def by_query(actor):
    return set(queries.ids_visible_to(actor))


def test_the_policy_and_the_query_agree_for_any_actor(ids):
    @settings(
        max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(actor=actors(ids))
    def agree(actor):
        assert by_policy(actor) == by_query(actor)

    agree()


def test_a_community_sees_its_own_promised_events_and_no_others(ids):
    first, _other = ids["communities"]
    stranger = replace(ANONYMOUS, person_id=10**9)
    member = replace(stranger, home_communities=frozenset({first}))
    more = by_query(member) - by_query(stranger)
    found = Event.objects.filter(pk__in=more)
    assert {event.community_id for event in found} == {first}
    assert {event.audience for event in found} == {"community"}
    assert {event.state for event in found} == {"published", "cancelled"}
    assert len(more) == 4
