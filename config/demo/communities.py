"""The Croatian communities of practice: who belongs to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.demo import cast
from config.demo.network import AGE, Network, Realm
from events.networks import communities, groups

if TYPE_CHECKING:
    from events.people.models import Person

# What teachers of a subject call it, and the code of its community.
SUBJECTS = {
    "fizika": "hr-physics", "matematika": "hr-mathematics", "kemija": "hr-chemistry",
    "biologija": "hr-biology",
}  # fmt: skip
STORY = "hr-physics"
LEADERS = "hr-school-leader"
CLUSTERS = 2  # of Croatia, whose people joined


def gather(network: Network) -> None:
    """Load the communities, and let people of Croatia's first clusters join them."""
    communities.load()
    realm, since = network.realms[cast.STAR], network.at - AGE / 2
    known = groups.listed(network.actor(realm.national), on=since.date())
    ids = {group.code: group.community_id for group in known}
    for person, code in _wanted(realm):
        groups.join(community_id=ids[code], by=network.actor(person), at=since)
    network.actors.clear()


def _wanted(realm: Realm) -> "Iterator[tuple[Person, str]]":
    """Everybody whose subject has a community, leaders, and the people of the story."""
    for house in [house for ring in realm.rings[:CLUSTERS] for house in ring.houses]:
        yield house.staff[0], LEADERS
        for person in house.staff:
            if code := SUBJECTS.get(house.jobs[person.pk]):
                yield person, code
    for seat in cast.SEATS:
        yield realm.rings[0].houses[0].staff[seat], STORY


def of_story(network: Network) -> "tuple[int, list[Person]]":
    """The community of the story, and who belongs to it by name."""
    on, leader = network.at.date(), network.actor(network.realms[cast.STAR].national)
    row = groups.seen(STORY, by=leader)
    return row.pk, list(groups.members(row.pk, on=on))
