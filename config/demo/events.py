"""Lets ideas become events: planned, published, registered for, attended, closed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from attendance.presence import commands as presence
from attendance.presence import imports
from config.demo import minutes
from config.demo.ideas import CLOSED, HYBRID, ONLINE, ROOM, TO_CLOSE, Idea
from config.demo.network import Network, Realm
from config.demo.order import slots_of
from config.demo.story import Deed, Story
from events.kernel.actors import Actor
from events.kernel.zones import instant
from events.planner import commands as planner
from events.planner.commands import Place, Wish
from events.programme import commands as programme
from events.programme import families, parts
from events.programme import queries as programmes
from events.programme.commands import Plan
from events.programme.families import FamilyWish
from events.programme.parts import PartWish
from events.registration import together
from events.visits import commands as visits

if TYPE_CHECKING:
    from events.people.models import Person
    from events.programme.models import Event

# Countries whose connected account makes the meetings of what is coming.
MEETING = frozenset({"HR", "AL", "MK"})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SATURDAY = 5
NEAR = 10  # days
LEFT_OPEN = frozenset(
    {CLOSED, TO_CLOSE}
)  # days whose events are closed in the last days, or not yet
# Deeds of the last days are told one by one in `letters`, with their mails.
QUIET = timedelta(days=3)
# Announced as recorded, so a visitor sees how people are asked.
RECORDED = frozenset({"lecture", "conference"})
WITHOUT_PAPER = frozenset({"cluster-meeting", "coordinator-visit"})


@dataclass
class Stage:
    """What every event of a country needs to happen."""

    network: Network
    realm: Realm
    story: Story
    source: random.Random
    day: date
    happenings: "list[Happening]" = field(default_factory=list)
    families: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def hush(self) -> datetime:
        """When the quiet past ends."""
        return self.network.at - QUIET

    def add(self, idea: Idea) -> None:
        """Put all deeds of an event into the story."""
        happening = Happening(self, idea)
        happening.prepare()
        self.happenings.append(happening)

    def family_of(self, idea: Idea, *, by: Actor, at: datetime) -> int | None:
        """The family an idea belongs to; its first event founds it."""
        if idea.family is None:
            return None
        if idea.family not in self.families:
            kind, title = idea.family
            land, ring = self.realm.land, idea.ring
            wish = FamilyWish(
                kind, title, self.realm.country_id, land.language, ring.cluster_id if ring else None
            )
            self.families[idea.family] = families.found(wish, by=by, at=at).pk
        return self.families[idea.family]

    def find(self, offset: int) -> "Happening":
        """What was planned first for a day."""
        return next(one for one in self.happenings if one.idea.offset == offset)


class Happening:
    """One event on its way from an idea to certificates."""

    def __init__(self, stage: Stage, idea: Idea, *, wall: datetime | None = None) -> None:
        """Decide the instants and the people; `wall` is a start that is given already."""
        self.stage, self.idea, self.source = stage, idea, stage.source
        zone = stage.realm.land.zone
        self.wall = wall or datetime.combine(school_day(stage.day, idea.offset), idea.start)
        self.start = instant(self.wall, zone)
        last = self._walls()[-1]
        self.end = instant(last, zone) + timedelta(minutes=idea.minutes)
        self.people = list(idea.guests) if idea.guests is not None else self._drawn()
        self.room = self._in_room()
        self.event: Event | None = None

    def _walls(self) -> list[datetime]:
        """The start of each day, on weekdays that follow one another."""
        found = [self.wall]
        while len(found) < self.idea.days:
            day = found[-1] + DAY
            while day.weekday() >= SATURDAY:
                day += DAY
            found.append(day)
        return found

    @property
    def event_id(self) -> int:
        """The event, once planned."""
        assert self.event is not None  # noqa: S101  deeds stand in order
        return self.event.pk

    @property
    def by(self) -> Actor:
        """Who organises."""
        return self.stage.network.actor(self.organiser)

    @property
    def organiser(self) -> "Person":
        """The cluster's coordinator, the host school's for small things, else the country's."""
        idea = self.idea
        if idea.ring is None:
            return self.stage.realm.national
        small = idea.kind in {"lesson-observation", "peer-exchange", "school-visit"}
        return idea.host.coordinator if small and idea.host else idea.ring.coordinator

    def _drawn(self) -> "list[Person]":
        houses = self.idea.ring.houses if self.idea.ring else self.stage.realm.houses
        people = [person for house in houses for person in house.staff]
        wanted = min(len(people), self.source.randrange(9, 18))
        chosen = set(self.source.sample(range(len(people)), wanted))
        return [person for number, person in enumerate(people) if number in chosen]

    def _in_room(self) -> "list[Person]":
        if self.idea.way == HYBRID:
            return [one for one in self.people if self.source.random() < 0.6]  # noqa: PLR2004
        return self.people if self.idea.way == ROOM else []

    def prepare(self) -> None:
        """Put the deeds into the story; those after the quiet past are left out there."""
        story, hush = self.stage.story, self.stage.hush
        if self.idea.fate == "fresh":
            return
        latest = min(self.start - 10 * DAY, hush - self.source.randrange(2, 20) * DAY)
        planned = min(self.start - self.source.randrange(24, 40) * DAY, latest)
        published = planned + timedelta(minutes=self.source.randrange(9, 50))
        story.at(planned, self.plan)
        if self.idea.fate == "draft":
            return
        story.at(published, self.publish)
        self._registrations(published)
        if self.idea.fate == "cancelled":
            story.at(self.start - 2 * DAY, self.cancel)
        elif self.idea.report:
            story.at(self.end + self.source.randrange(20, 90) * timedelta(minutes=1), self.attend)
            if self.idea.offset not in LEFT_OPEN:
                story.at_and_follow(self.end + self.source.randrange(20, 44) * HOUR, self.close)

    def _registrations(self, published: datetime) -> None:
        early = 3 * DAY if self.idea.fate == "cancelled" else 3 * HOUR
        last = min(self.start - early, self.stage.hush)
        for keeper, mine in self._groups():
            for way in (ROOM, ONLINE):
                group = [p.pk for p in mine if (p in self.room) == (way == ROOM)]
                at = published + (last - published) * self.source.random()
                if group:
                    by = self.stage.network.actor(keeper)
                    self.stage.story.at(at, self._registering(group, way, by))

    def _groups(self) -> "Iterator[tuple[Person, list[Person]]]":
        """Who registers whom: each school its own for what is near, else the organiser all."""
        if abs(self.idea.offset) > NEAR or self.idea.ring is None:
            yield self.organiser, self.people
            return
        for house in self.stage.realm.houses:
            own = {person.pk for person in house.staff}
            yield house.coordinator, [person for person in self.people if person.pk in own]

    def _registering(self, group: list[int], way: str, by: Actor) -> Deed:
        def register(at: datetime) -> None:
            together.register_all(self.event_id, person_ids=group, way=way, by=by, at=at)

        return register

    def plan(self, at: datetime) -> None:
        """Make the draft with venue, places and running order."""
        idea, realm = self.idea, self.stage.realm
        house = idea.host
        place = Place(house.name, room=realm.land.room, address=house.town) if house else None
        wish = Wish(self._plan(), self._places(), place if idea.way != ONLINE else None)
        family = self.stage.family_of(idea, by=self.by, at=at)
        self.event = self._visit(wish, at) if idea.visiting else self._meeting(wish, at)
        if family is not None:
            families.join(self.event.pk, family, by=self.by, at=at)
        slots = slots_of(idea, realm.land, self._presenters(), self.source)
        if slots:
            part = programmes.parts_of(self.event_id)[0]
            programme.set_running_order(part.pk, slots, by=self.by, at=at)

    def _visit(self, wish: Wish, at: datetime) -> "Event":
        coming = {house.school_id: 4 for house in self.idea.visiting}
        plan = planner.with_venue(wish, at=at)
        return visits.plan_visit(
            plan, visiting=coming, days=self._days(plan), places=wish.places, by=self.by, at=at
        )

    def _meeting(self, wish: Wish, at: datetime) -> "Event":
        event = planner.plan(wish, publish=False, by=self.by, at=at)
        for day in self._days(planner.with_venue(wish, at=at)) if self.idea.days > 1 else ():
            parts.add(event.pk, day, by=self.by, at=at)
        return event

    def _days(self, plan: Plan) -> list[PartWish]:
        return [
            PartWish(wall, plan.zone, plan.minutes, plan.mode, plan.venue_id, plan.join_url)
            for wall in self._walls()[1:]
        ]

    def _plan(self) -> Plan:
        idea, realm = self.idea, self.stage.realm
        online = idea.way != ROOM
        link = f"https://meet.example.org/{self.source.randrange(10**8):08}" if online else ""
        return Plan(
            kind=idea.kind, title=idea.title, starts=self.wall, zone=realm.land.zone,
            minutes=idea.minutes, mode=idea.way, country_id=realm.country_id,
            language=realm.land.language, cluster_id=idea.ring.cluster_id if idea.ring else None,
            host_school_id=idea.host.school_id if idea.host else None,
            audience=idea.audience, community_id=idea.community_id, summary=realm.land.summary,
            join_url="" if self._is_met() else link,
            certificate=idea.certificate and idea.kind not in WITHOUT_PAPER,
            recorded=idea.kind in RECORDED,
        )  # fmt: skip

    def _is_met(self) -> bool:
        """Whether a connected account makes the meeting, as a rule of what is coming there."""
        coming = self.idea.offset > 0 and self.stage.realm.land.code in MEETING
        return settings.KOLEGA_SIMULATORS and (coming or self.idea.meets)

    def _places(self) -> dict[str, int | None]:
        if self.idea.way == HYBRID:
            return {ROOM: 16, ONLINE: None}
        return {self.idea.way: 24 if self.idea.way == ROOM and not self.idea.guests else None}

    def _presenters(self) -> "Sequence[Person]":
        if self.idea.presenters:
            return self.idea.presenters
        return self.people[: self.source.randrange(2, 5)]

    def publish(self, at: datetime) -> None:
        """Promise it to its audience."""
        programme.publish(self.event_id, by=self.by, at=at)

    def cancel(self, at: datetime) -> None:
        """Call it off for the country's usual reason."""
        reason = self.stage.realm.land.reasons[0]
        programme.cancel(self.event_id, reason=reason, by=self.by, at=at)

    def attend(self, at: datetime) -> None:
        """Take over the signed list and the meeting's report."""
        faithful = self.idea.guests is not None
        if self.idea.way != ROOM:
            self._report(at, faithful=faithful)
        there = [p for p in self.room if faithful or self.source.random() > 0.07]  # noqa: PLR2004
        for part in programmes.parts_of(self.event_id) if there else ():
            presence.attest(
                self.event_id, person_ids=[p.pk for p in there], by=self.by, at=at, part_id=part.pk
            )
        if there and not faithful and self.source.random() < 0.2:  # noqa: PLR2004
            self._correct(there[0], at)

    def _report(self, at: datetime, *, faithful: bool) -> None:
        online = [person for person in self.people if person not in self.room]
        span = {"start": self.start, "end": self.end}
        found = minutes.stays(online, **span, source=self.source, faithful=faithful)
        if not faithful and self.source.random() < 0.3:  # noqa: PLR2004
            found.append(minutes.stranger(**span, source=self.source))
        if self.idea.offset == TO_CLOSE and len(online) > 1:
            found = [one for one in found if one.name != online[1].name]
            found.append(minutes.borderline(online[1], **span))
            found.append(minutes.stranger(**span, source=self.source))
        if not found:
            return
        content = minutes.report(found, zone=self.stage.realm.land.zone)
        row = imports.hand_in(
            self.event_id, content=content, file_name="participants.csv", by=self.by, at=at
        )
        imports.take_over(self.event_id, row.pk, by=self.by, at=at)

    def _correct(self, person: "Person", at: datetime) -> None:
        presence.correct(
            self.event_id, person_id=person.pk, mode="room", starts_at=self.start,
            ends_at=self.end - timedelta(minutes=self.source.randrange(0, 15)),
            reason=self.stage.realm.land.reasons[1], by=self.by, at=at,
        )  # fmt: skip

    def close(self, at: datetime) -> None:
        """Say that attendance is complete; certificates and hours follow, with the caller."""
        programme.close(self.event_id, by=self.by, at=at)


def school_day(day: date, offset: int) -> date:
    """The day itself, or the nearest weekday away from the present."""
    found = day + timedelta(days=offset)
    while offset and found.weekday() >= SATURDAY:
        found += timedelta(days=1 if offset > 0 else -1)
    return found
