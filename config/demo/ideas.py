"""What is planned in a country in one year: kinds, titles, ways and days."""

import random
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import cycle, islice
from typing import TYPE_CHECKING

from config.demo.cast import STAR
from config.demo.lands import Land
from config.demo.network import House, Realm, Ring

if TYPE_CHECKING:
    from events.people.models import Person

ONLINE, ROOM, HYBRID = "online", "room", "hybrid"
# In one year Croatia's four clusters held 28 events online, one both ways and 14 in person; the
# dates of its series and the modules of its course are among the 28, nothing of the country is.
CROATIA = {ONLINE: 28, HYBRID: 1, ROOM: 14}
PER_CLUSTER = 8

# Kind: way, minutes, start.
KINDS: dict[str, tuple[str, int, time]] = {
    "webinar": (ONLINE, 60, time(17, 0)),
    "peer-exchange": (ONLINE, 60, time(15, 30)),
    "course-module": (ONLINE, 90, time(16, 30)),
    "cluster-meeting": (ONLINE, 60, time(14, 0)),
    "birds-of-a-feather": (ONLINE, 45, time(18, 0)),
    "teachmeet": (HYBRID, 150, time(16, 30)),
    "lecture": (HYBRID, 90, time(17, 0)),
    "conference": (HYBRID, 480, time(9, 0)),
    "workshop": (ROOM, 180, time(13, 0)),
    "lesson-observation": (ROOM, 90, time(10, 0)),
    "school-visit": (ROOM, 180, time(9, 30)),
    "expert-visit": (ROOM, 240, time(9, 0)),
    "exchange-visit": (ROOM, 360, time(9, 0)),
    "job-shadowing": (ROOM, 360, time(8, 30)),
    "coordinator-visit": (ROOM, 120, time(11, 0)),
}
# Days from the day of loading that every country has an event on, and the stretches around them.
ALWAYS = (-5, -2, 0, 3, 6, 30)
PAST, FUTURE = (-245, -9), (8, 60)
MEETINGS = 7  # dates of Croatia's series that take place
OPEN = frozenset({"webinar", "teachmeet", "lecture", "conference"})  # public when they are coming
SHARE_PAST = 0.72
FRESH = 30
MODULE, COURSE = "course-module", (-70, -40, 11)
TO_CLOSE = -2  # a webinar whose attendance waits for a look
CLOSED = -5  # a webinar whose certificates are in the mailbox


@dataclass(frozen=True)
class Idea:
    """An event somebody is going to plan; `offset` counts days from the day of loading."""

    kind: str
    title: str
    way: str
    minutes: int
    start: time
    offset: int = 0
    ring: Ring | None = None
    host: House | None = None
    guests: "tuple[Person, ...] | None" = None
    fate: str = ""
    report: bool = True
    audience: str = "cluster"
    visiting: tuple[House, ...] = ()
    days: int = 1
    community_id: int | None = None
    family: tuple[str, str] | None = None  # kind and title
    presenters: "tuple[Person, ...]" = field(default=())
    meets: bool = False  # the country's connected account makes the meeting
    certificate: bool = True  # where its kind has one


def idea(kind: str, title: str, way: str = "") -> Idea:
    """An idea with the habits of its kind."""
    usual, minutes, start = KINDS[kind]
    return Idea(kind, title, way or usual, minutes, start)


def of_year(realm: Realm, source: random.Random) -> list[Idea]:
    """The ordinary events of a country, placed in the year; those of a draft or cancelled last."""
    course = course_of(realm)
    found = _croatian(realm.land, len(course)) if _star(realm) else _usual(realm, len(course))
    source.shuffle(found)
    star = next(n for n, one in enumerate(found) if one.kind == "teachmeet" and one.way == HYBRID)
    days = _days(len(found), source)
    found[star], found[days.index(6)] = found[days.index(6)], found[star]
    seen = next(n for n, one in enumerate(found) if one.kind == "webinar")
    found[seen], found[days.index(TO_CLOSE)] = found[days.index(TO_CLOSE)], found[seen]
    others = (n for n in range(len(found)) if n != days.index(TO_CLOSE))
    lately = next(n for n in others if found[n].kind == "webinar")
    found[lately], found[days.index(CLOSED)] = found[days.index(CLOSED)], found[lately]
    placed = [
        _at_home(replace(one, offset=day), realm, number)
        for number, (one, day) in enumerate(zip(found, days, strict=True))
    ]
    if _star(realm):
        placed[days.index(FRESH)] = _fresh(placed[days.index(FRESH)], realm)
    return [*placed, *course, *_aside(realm)]


def _star(realm: Realm) -> bool:
    return realm.land.code == STAR


def course_of(realm: Realm) -> list[Idea]:
    """The modules of a course of the first cluster: some are over, the last one is coming."""
    ring, titles = realm.rings[0], realm.land.titles[MODULE]
    guests = tuple(person for house in ring.houses for person in house.staff[3:5])
    name = titles[0].partition(",")[0]
    return [
        replace(idea(MODULE, title), offset=offset, ring=ring, guests=guests, host=ring.houses[0],
                family=("course", name))
        for title, offset in zip(titles, COURSE[-len(titles) :], strict=True)
    ]  # fmt: skip


def _usual(realm: Realm, fewer: int) -> list[Idea]:
    titles = [
        (kind, title)
        for kind, names in realm.land.titles.items()
        for title in names
        if kind != MODULE
    ]
    wanted = islice(cycle(titles), PER_CLUSTER * len(realm.rings) - fewer)
    return [idea(kind, title) for kind, title in wanted]


def _croatian(land: Land, modules: int) -> list[Idea]:
    pools: dict[str, list[Idea]] = {ONLINE: [], ROOM: [], HYBRID: []}
    for kind in (kind for kind in land.titles if kind != MODULE):
        for number, title in enumerate(land.titles[kind]):
            way = ROOM if kind == "teachmeet" and number else ""
            one = idea(kind, title, way)
            pools[one.way].append(one)
    wanted = {**CROATIA, ONLINE: CROATIA[ONLINE] - MEETINGS - modules}
    return [one for way, count in wanted.items() for one in islice(cycle(pools[way]), count)]


def _days(count: int, source: random.Random) -> list[int]:
    rest = count - len(ALWAYS)
    past = round(rest * SHARE_PAST)
    return [*ALWAYS, *_spread(PAST, past, source), *_spread(FUTURE, rest - past, source)]


def _spread(stretch: tuple[int, int], count: int, source: random.Random) -> list[int]:
    first, last = stretch
    step = (last - first) / max(1, count)
    return [round(first + step * (number + source.random())) for number in range(count)]


def _at_home(one: Idea, realm: Realm, number: int) -> Idea:
    ring = realm.rings[0 if one.offset in {TO_CLOSE, 0, 6} else number % len(realm.rings)]
    audience = "public" if one.offset > 0 and one.kind in OPEN else one.audience
    return replace(one, ring=ring, host=ring.houses[number % len(ring.houses)], audience=audience)


def _fresh(one: Idea, realm: Realm) -> Idea:
    """Planned in the last days for one school, whose invitations are in the mailbox."""
    ring = realm.rings[0]
    return replace(one, fate="fresh", ring=ring, host=ring.houses[0], audience="schools")


def _aside(realm: Realm) -> list[Idea]:
    titles = realm.land.titles
    first, last = realm.rings[0], realm.rings[-1]
    draft = replace(idea("webinar", titles["webinar"][0]), offset=40, fate="draft")
    called_off = replace(idea("workshop", titles["workshop"][0]), offset=-60, fate="cancelled")
    return [
        replace(draft, ring=first, host=first.houses[1]),
        replace(called_off, ring=last, host=last.houses[0]),
    ]
