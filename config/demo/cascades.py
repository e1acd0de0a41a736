"""The projects of Albania, North Macedonia and Serbia, with the figures they reported."""

import random
from dataclasses import replace

from config.demo import sizes
from config.demo.events import Stage
from config.demo.ideas import ONLINE, OPEN, ROOM, Idea, idea


def add(stage: Stage) -> None:
    """Put a country's project into the story."""
    {"AL": _albania, "MK": _macedonia, "RS": _serbia}[stage.realm.land.code](stage)
    _talked(stage)


# Host, guests by their place among the schools, days from the day of loading, and what it was about;
# the next ones last two days.
VISITS: tuple[tuple[int, tuple[int, ...], int, str], ...] = (
    (1, (0,), -61, "Java e praktikës: si organizohet një panair"),
    (0, (2,), -59, "Vizitë te Shkolla Teknike Ekonomike"),
    (3, (4,), -57, "Instruktori i praktikës dhe këshillimi i karrierës"),
    (5, (2,), -54, "Arritjet dhe risitë e dy shkollave"),
    (6, (0, 3, 7), -36, "Koordinatorët e zhvillimit profesional te “Kristo Isak”"),
    (7, (1, 6), -34, "Koordinatorët e zhvillimit profesional te “Kolin Gjoka”"),
    (3, (2, 4, 5), -31, "Koordinatorët e zhvillimit profesional te “Pavarësia”"),
    (2, (0, 6), -29, "Koordinatorët e zhvillimit profesional te “Salih Çeka”"),
    (1, (0, 3, 6, 7), -26, "Koordinatorët e orientimit në karrierë"),
    (4, (3, 5), 24, "Vizitë shkëmbimi në Vlorë"),
    (6, (1, 2), 31, "Vizitë shkëmbimi në Berat"),
    (0, (1,), 38, "Vizitë shkëmbimi në Tiranë"),
)
GUESTS_OF_A_SCHOOL = 3
CALLED_OFF = 38
TALKED, APART = -20, 21  # the last webinar there is a recording of, and the days before it
CASCADE = ("cascade", "Наставни материјали: обука и преношење")


def _albania(stage: Stage) -> None:
    """The exchange visits of the partner schools; more follow."""
    ring = stage.realm.rings[0]
    for host, guests, offset, title in VISITS:
        own = ring.houses[host].staff[:GUESTS_OF_A_SCHOOL]
        coming = [ring.houses[number] for number in guests]
        people = [person for house in coming for person in house.staff[1 : GUESTS_OF_A_SCHOOL + 1]]
        visit = idea("exchange-visit", title)
        stage.add(
            replace(
                visit, offset=offset, ring=ring, host=ring.houses[host], audience="schools",
                guests=(*own, *people), visiting=tuple(coming), days=2 if 0 < offset < CALLED_OFF else 1,
                family=("tour", "Vizitat e shkollave partnere"),
            )
        )  # fmt: skip
    meet = idea("teachmeet", *stage.realm.land.titles["teachmeet"])
    stage.add(replace(meet, offset=5, ring=ring, host=ring.houses[0], audience="public",
                      guests=tuple(ring.houses[0].staff[:4])))  # fmt: skip
    _coming(stage, (("peer-exchange", 2), ("webinar", 7), ("workshop", 19)))


def _coming(stage: Stage, wanted: tuple[tuple[str, int], ...]) -> None:
    """Ordinary events of the next weeks, days from the day of loading; public where all may come."""
    ring = stage.realm.rings[0]
    for number, (kind, offset) in enumerate(wanted):
        one = idea(kind, stage.realm.land.titles[kind][0])
        audience = "public" if kind in OPEN else "cluster"
        host = ring.houses[number % len(ring.houses)]
        stage.add(replace(one, offset=offset, ring=ring, host=host, audience=audience))


def _talked(stage: Stage) -> None:
    """Webinars that were recorded, without certificates: those of a project are its figures."""
    own = replace(stage, source=random.Random(f"talked {stage.realm.land.code}"))  # noqa: S311  a story
    for number, title in enumerate(stage.realm.land.titles["webinar"][1:]):
        webinar = idea("webinar", title)
        own.add(
            replace(
                webinar,
                offset=TALKED - number * APART,
                ring=stage.realm.rings[0],
                certificate=False,
            )
        )


def _macedonia(stage: Stage) -> None:
    """Twelve people of six schools are trained; they pass it on to 55 colleagues."""
    ring = stage.realm.rings[0]
    trained = tuple(
        person for house, count in zip(ring.houses, sizes.MK_TRAINED, strict=True)
        for person in house.staff[:count]
    )  # fmt: skip
    cascade = ("cascade", "Vetnet чекор по чекор")
    training = idea("workshop", "Обука за споделување датотеки и содржини")
    stage.add(
        replace(
            training, family=cascade, offset=-150, ring=ring, host=ring.houses[0], guests=trained
        )
    )
    for number, house in enumerate(ring.houses):
        count = sizes.MK_TRAINED[number]
        session = idea("workshop", "Обука во училиштето: Vetnet чекор по чекор")
        stage.add(
            replace(
                session, offset=-120 + 9 * number, ring=ring, host=house, family=cascade,
                guests=tuple(house.staff[count:]), presenters=tuple(house.staff[:count]),
            )
        )  # fmt: skip
    _coming(stage, (("webinar", 5), ("teachmeet", 17)))


def _serbia(stage: Stage) -> None:
    """33 people are trained in the room and 32 of them online; 26 schools reach 357 colleagues."""
    ring = stage.realm.rings[0]
    trained = tuple(
        person for house, count in zip(ring.houses, sizes.RS_TRAINED, strict=True)
        for person in house.staff[:count]
    )  # fmt: skip
    first = idea("course-module", "Обука за наставне материјале: први део", ROOM)
    second = idea("course-module", "Обука за наставне материјале: други део", ONLINE)
    stage.add(replace(first, offset=-140, ring=ring, host=ring.houses[0], guests=trained,
                      family=CASCADE))  # fmt: skip
    stage.add(replace(second, offset=-119, ring=ring, guests=trained[: sizes.RS_ONLINE],
                      family=CASCADE))  # fmt: skip
    for number in range(len(ring.houses)):
        stage.add(_session(stage, number))
    _coming(stage, (("webinar", 3), ("teachmeet", 12)))


def _session(stage: Stage, number: int) -> Idea:
    ring = stage.realm.rings[0]
    house, count = ring.houses[number], sizes.RS_TRAINED[number]
    reported = number < len(sizes.RS_REACHED)
    return replace(
        idea("workshop", "Преношење обуке у школи"), offset=-100 + 2 * number, ring=ring,
        host=house, guests=tuple(house.staff[count:]), presenters=tuple(house.staff[:count]),
        report=reported, family=CASCADE,
    )  # fmt: skip
