"""Builds countries, schools, clusters, people and roles."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from config.demo import cast, sizes
from config.demo.inventing import Draft, Inventor
from config.demo.lands import LANDS, Land, Theme, words
from events.kernel.actors import Actor, Role, system
from events.kernel.fold import search_key
from events.networks import commands as networks
from events.networks import joining, queries
from events.networks.joining import Joining
from events.people import commands as people
from events.people import many
from events.people.many import Newcomer, Official

if TYPE_CHECKING:
    from events.people.models import Person

BY = system("demo")
AGE = timedelta(days=420)
LEADER, COORDINATOR, CLUSTER_COORDINATOR = 0, 1, 2


@dataclass
class House:
    """A school with its people; `staff[1]` coordinates it, `jobs` are what they do by id."""

    school_id: int
    name: str
    town: str
    staff: list["Person"] = field(default_factory=list)
    jobs: dict[int, str] = field(default_factory=dict)

    @property
    def coordinator(self) -> "Person":
        """Who registers colleagues and hosts."""
        return self.staff[COORDINATOR]


@dataclass
class Ring:
    """A cluster; the first school is the mentor school."""

    cluster_id: int
    theme: Theme
    houses: list[House]

    @property
    def coordinator(self) -> "Person":
        """Who plans."""
        return self.houses[0].staff[CLUSTER_COORDINATOR]


@dataclass
class Realm:
    """A country with everything in it."""

    land: Land
    country_id: int
    national: "Person"
    officer: "Person"
    rings: list[Ring] = field(default_factory=list)

    @property
    def houses(self) -> list[House]:
        """All schools."""
        return [house for ring in self.rings for house in ring.houses]


@dataclass
class Network:
    """The whole network as built, with the actors of its people."""

    at: datetime
    realms: dict[str, Realm] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, person: "Person") -> Actor:
        """A person as an actor with the roles of the present."""
        if person.pk not in self.actors:
            self.actors[person.pk] = queries.actor_for(person, at=self.at)
        return self.actors[person.pk]

    @cached_property
    def everybody(self) -> int:
        """How many people belong to schools."""
        return sum(len(house.staff) for realm in self.realms.values() for house in realm.houses)


def build(source: random.Random, *, at: datetime) -> Network:
    """Build the network as it has stood for more than a year; `at` is when its story ends."""
    network = Network(at)
    since = at - AGE
    builder = _Builder(source, since)
    for land in LANDS:
        network.realms[land.code] = builder.realm(land)
    builder.give_worldwide()
    return network


@dataclass
class _Builder:
    source: random.Random
    since: datetime

    def realm(self, land: Land) -> Realm:
        country = networks.add_country(
            code=land.code, names=land.names, ministry=land.ministry, zone=land.zone,
            language=land.language, by=BY, at=self.since,
        )  # fmt: skip
        inventor = Inventor(land, self.source)
        domain = f"{land.code.lower()}.example.org"
        star = land.code == cast.STAR
        pair = (cast.NATIONAL_COORDINATOR, cast.OFFICER) if star else (("", ""), ("", ""))
        drafts = [inventor.person(domain, address=mail, name=name) for mail, name in pair]
        national, officer = self._add([self._reachable(d, domain) for d in drafts])
        realm = Realm(land, country.pk, national, officer)
        self._grant(national, Role.NATIONAL_COORDINATOR, "country", country.pk)
        self._grant(officer, Role.MINISTRY_OFFICER, "country", country.pk)
        self._rings(realm, inventor)
        return realm

    def _reachable(self, draft: Draft, domain: str) -> Draft:
        if draft.email:
            return draft
        address = f"{search_key(draft.name).replace(' ', '.')}@{domain}"
        return Draft(**{**vars(draft), "email": address})

    def _rings(self, realm: Realm, inventor: Inventor) -> None:
        made = 0
        for number, (theme, schools) in enumerate(
            zip(realm.land.themes, sizes.schools_of(realm.land.code), strict=True)
        ):
            cluster = networks.add_cluster(
                country_id=realm.country_id, name=theme.name, theme=theme.theme,
                origin="bottom_up" if theme.bottom_up else "top_down", by=BY, at=self.since,
            )  # fmt: skip
            houses = [self._house(realm, made + n) for n in range(schools)]
            made += schools
            ring = Ring(cluster.pk, theme, houses)
            self._seat(ring)
            seats = cast.SEATS if realm.land.code == cast.STAR and number == 0 else {}
            self._staff(realm, ring, inventor, seats, first=made - schools)
            realm.rings.append(ring)

    def _house(self, realm: Realm, number: int) -> House:
        land = realm.land
        town = land.towns[number % len(land.towns)]
        names = words(land.school_words)
        pattern = land.schools[number // len(names) % len(land.schools)]
        name = pattern.format(names[number % len(names)])
        school = networks.add_school(
            country_id=realm.country_id, name=name, national_code=sizes.code_of(land.code, number),
            place=town.name, languages=(land.language,), latitude=Decimal(town.latitude),
            longitude=Decimal(town.longitude), by=BY, at=self.since,
        )  # fmt: skip
        return House(school.pk, name, town.name)

    def _seat(self, ring: Ring) -> None:
        for number, house in enumerate(ring.houses):
            networks.seat_school(
                cluster_id=ring.cluster_id, school_id=house.school_id,
                part="mentee" if number else "mentor", starts_on=self.since.date(), by=BY,
                at=self.since,
            )  # fmt: skip

    def _staff(
        self, realm: Realm, ring: Ring, inventor: Inventor, seats: dict[int, tuple[str, str]],
        *, first: int,
    ) -> None:  # fmt: skip
        code = realm.land.code.lower()
        drafts: list[tuple[House, Draft]] = []
        for number, house in enumerate(ring.houses, start=first):
            domain = f"s{number + 1:02}.{code}.example.org"
            staff = inventor.staff(sizes.staff_of(realm.land.code, number), domain=domain)
            for seat, (address, name) in (seats if house is ring.houses[0] else {}).items():
                staff[seat] = inventor.person(domain, address=address, name=name)
            staff[:3] = [self._reachable(one, domain) for one in staff[:3]]
            drafts += [(house, draft) for draft in staff]
        made = self._add([draft for _, draft in drafts])
        for (house, draft), person in zip(drafts, made, strict=True):
            house.staff.append(person)
            house.jobs[person.pk] = draft.job
        self._join([(house, draft.job) for house, draft in drafts], made)
        self._grants(ring)

    def _join(self, places: list[tuple[House, str]], made: list["Person"]) -> None:
        members = [
            Joining(person.pk, house.school_id, job)
            for (house, job), person in zip(places, made, strict=True)
        ]
        joining.join_schools(members, starts_on=self.since.date(), by=BY, at=self.since)

    def _grants(self, ring: Ring) -> None:
        self._grant(ring.coordinator, Role.CLUSTER_COORDINATOR, "cluster", ring.cluster_id)
        for house in ring.houses:
            self._grant(house.coordinator, Role.SCHOOL_COORDINATOR, "school", house.school_id)
            self._grant(house.staff[LEADER], Role.SCHOOL_LEADER, "school", house.school_id)

    def _grant(self, person: "Person", role: Role, scope: str, scope_id: int = 0) -> None:
        people.grant(
            person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=BY, at=self.since
        )

    def _add(self, drafts: list[Draft]) -> list["Person"]:
        made = many.add_people(
            [Newcomer(one.name, one.email, one.language, one.zone) for one in drafts],
            by=BY, at=self.since,
        )  # fmt: skip
        officials = [
            Official(person.pk, draft.scheme, draft.country, draft.value)
            for draft, person in zip(drafts, made, strict=True)
            if draft.value
        ]
        many.set_identifiers(officials, by=BY, at=self.since)
        return made

    def give_worldwide(self) -> None:
        """The helpdesk and the administrator."""
        for (address, name), role in cast.WORLDWIDE:
            new = Newcomer(name, address, "en", "Europe/Zagreb")
            (person,) = many.add_people([new], by=BY, at=self.since)
            self._grant(person, role, "world")
