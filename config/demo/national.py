"""What a whole country or a community is invited to, and what everybody may come to."""

from dataclasses import replace

from config.demo import cast, communities
from config.demo.events import Stage
from config.demo.ideas import ONLINE, ROOM, idea
from config.demo.lands import LANDS

# Days from the day of loading of the first country; each further country is a day later.
WEBINAR, LECTURE, CONFERENCE = 7, 13, 19
SCHOOL_OF_MENTORS, COMMUNITY = -33, 13


def add(stage: Stage) -> None:
    """Put the next weeks' events of a country into the story."""
    realm = stage.realm
    later = [land.code for land in LANDS].index(realm.land.code)
    webinar, lecture, conference = realm.land.national
    host = realm.houses[0]
    stage.add(replace(idea("webinar", webinar), offset=WEBINAR + later, audience="public"))
    stage.add(replace(idea("lecture", lecture, ONLINE), offset=LECTURE + later, audience="country"))
    stage.add(
        replace(
            idea("conference", conference), offset=CONFERENCE + later, audience="public", host=host
        )
    )
    if realm.land.code == cast.STAR:
        _star(stage)


def _star(stage: Stage) -> None:
    """Two days of the past with certificates for both, and an evening of one community."""
    realm = stage.realm
    guests = tuple(house.coordinator for house in realm.houses)
    teacher = realm.rings[0].houses[0].staff[next(
        seat for seat, who in cast.SEATS.items() if who == cast.TEACHER
    )]  # fmt: skip
    winter = idea("conference", "Dvodnevna škola za mentore", ROOM)
    stage.add(
        replace(
            winter, offset=SCHOOL_OF_MENTORS, audience="country", host=realm.houses[0], days=2,
            guests=(teacher, *guests),
        )
    )  # fmt: skip
    community_id, members = communities.of_story(stage.network)
    evening = idea("birds-of-a-feather", "Pokusi iz fizike koji stanu u jedan sat")
    stage.add(
        replace(
            evening, offset=COMMUNITY, audience="community", community_id=community_id,
            guests=tuple(members[:12]),
        )
    )  # fmt: skip
