"""The projects of Albania, North Macedonia and Serbia, with the figures they reported."""

from dataclasses import replace

from config.demo import sizes
from config.demo.events import Stage
from config.demo.ideas import ONLINE, ROOM, Idea, idea


def add(stage: Stage) -> None:
    """Put a country's project into the story."""
    {"AL": _albania, "MK": _macedonia, "RS": _serbia}[stage.realm.land.code](stage)


def _albania(stage: Stage) -> None:
    pass


def _macedonia(stage: Stage) -> None:
    """Twelve people of six schools are trained; they pass it on to 55 colleagues."""
    ring = stage.realm.rings[0]
    trained = tuple(
        person for house, count in zip(ring.houses, sizes.MK_TRAINED, strict=True)
        for person in house.staff[:count]
    )  # fmt: skip
    training = idea("workshop", "Обука за споделување датотеки и содржини")
    stage.add(replace(training, offset=-150, ring=ring, host=ring.houses[0], guests=trained))
    for number, house in enumerate(ring.houses):
        count = sizes.MK_TRAINED[number]
        session = idea("workshop", "Обука во училиштето: Vetnet чекор по чекор")
        stage.add(
            replace(
                session, offset=-120 + 9 * number, ring=ring, host=house,
                guests=tuple(house.staff[count:]), presenters=tuple(house.staff[:count]),
            )
        )  # fmt: skip


def _serbia(stage: Stage) -> None:
    """33 people are trained in the room and 32 of them online; 26 schools reach 357 colleagues."""
    ring = stage.realm.rings[0]
    trained = tuple(
        person for house, count in zip(ring.houses, sizes.RS_TRAINED, strict=True)
        for person in house.staff[:count]
    )  # fmt: skip
    first = idea("course-module", "Обука за наставне материјале: први део", ROOM)
    second = idea("course-module", "Обука за наставне материјале: други део", ONLINE)
    stage.add(replace(first, offset=-140, ring=ring, host=ring.houses[0], guests=trained))
    stage.add(replace(second, offset=-119, ring=ring, guests=trained[: sizes.RS_ONLINE]))
    for number in range(len(ring.houses)):
        stage.add(_session(stage, number))


def _session(stage: Stage, number: int) -> Idea:
    ring = stage.realm.rings[0]
    house, count = ring.houses[number], sizes.RS_TRAINED[number]
    reported = number < len(sizes.RS_REACHED)
    return replace(
        idea("workshop", "Преношење обуке у школи"), offset=-100 + 2 * number, ring=ring,
        host=house, guests=tuple(house.staff[count:]), presenters=tuple(house.staff[:count]),
        report=reported,
    )  # fmt: skip
