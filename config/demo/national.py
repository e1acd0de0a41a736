"""What a whole country or a community is invited to, and what everybody may come to."""

import random
from dataclasses import replace

from config.demo import cast, communities
from config.demo.events import Stage
from config.demo.ideas import ONLINE, ROOM, idea
from config.demo.lands import LANDS

# Days from the day of loading of the first country; each further country is a day later.
WEBINAR, LECTURE, CONFERENCE = 7, 13, 19
SCHOOL_OF_MENTORS, COMMUNITY = -33, 13
# So short that its recording alone (about 42 minutes) is enough for whoever was not there.
RECORDED, RECORDED_MINUTES = -19, 50


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
    """Two days with certificates for both, a webinar to watch, and an evening of a community."""
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
    _watched(stage)
    community_id, members = communities.of_story(stage.network)
    evening = idea("birds-of-a-feather", "Pokusi iz fizike koji stanu u jedan sat")
    stage.add(
        replace(
            evening, offset=COMMUNITY, audience="community", community_id=community_id,
            guests=tuple(members[:12]),
        )
    )  # fmt: skip


def _watched(stage: Stage) -> None:
    """A webinar of the past at which the teacher of the story was not; chance of its own."""
    own = replace(stage, source=random.Random("watched"))  # noqa: S311  a story
    guests = tuple(person for house in stage.realm.houses for person in house.staff[4:5])
    own.add(
        replace(
            idea("webinar", "Jedan sat u dvije učionice"), offset=RECORDED,
            minutes=RECORDED_MINUTES, audience="country", guests=guests[:12],
        )
    )  # fmt: skip
