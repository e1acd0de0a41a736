"""`visible_to` and `may_see` give one answer, whoever asks and whatever the event is."""

import itertools
import random

import pytest

from events.kernel.actors import ANONYMOUS, Role
from events.people import commands as people
from events.programme import policies, queries
from events.programme.models import Event
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db
SCOPED = {
    "school": (Role.SCHOOL_COORDINATOR, Role.SCHOOL_LEADER),
    "cluster": (Role.CLUSTER_COORDINATOR,),
    "country": (Role.NATIONAL_COORDINATOR, Role.MINISTRY_OFFICER),
}


def holders(world):
    """Somebody for each role and scope of a world, and its teachers."""
    scopes = {
        "school": [school.pk for school in world.schools[:3]],
        "cluster": [world.cluster.pk],
        "country": [world.country.pk],
    }
    for scope, roles in SCOPED.items():
        for role, pk in itertools.product(roles, scopes[scope]):
            person = make_person(f"{role} {scope} {pk}", email="")
            people.grant(person_id=person.pk, role=role, scope=scope, scope_id=pk, by=SYSTEM, at=AT)
            yield world.actor(person)
    yield from (world.actor(person) for person in world.teachers)


def events(worlds, dice):
    """Events of every audience and state, with and without cluster, host and visiting schools."""
    schools = [school.pk for world in worlds for school in world.schools]
    for audience, state in itertools.product(Event.Audience.values, ("draft", "published")):
        if audience == "community":
            continue
        for world in worlds:
            event = make_event(world, publish=False)
            Event.objects.filter(pk=event.pk).update(
                audience=audience, state=state,
                cluster=world.cluster if dice.random() < 0.7 else None,
                host_school=dice.choice([None, *world.schools]),
                visitors=sorted(dice.sample(schools, dice.choice([0, 1, 3]))),
            )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_the_set_and_the_single_question_agree(seed):
    worlds = [make_world(), make_world("AL")]
    events(worlds, random.Random(seed))  # noqa: S311  data of a test
    rows = list(Event.objects.all())
    actors = [ANONYMOUS, *(actor for world in worlds for actor in holders(world))]
    seen = 0
    for actor in actors:
        visible = set(queries.visible_to(actor).values_list("pk", flat=True))
        assert visible == {row.pk for row in rows if policies.may_see(actor, row)}
        seen += len(visible)
    assert 0 < seen < len(actors) * len(rows)
