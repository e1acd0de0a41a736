"""A small network made through the commands: one country, one cluster of five schools."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from events.kernel.actors import Actor, Role, Standing, system
from events.kinds import commands as kinds
from events.networks import commands as networks
from events.networks import queries
from events.networks.models import Cluster, Country, School
from events.people import commands as people
from events.people.models import Person
from events.programme import commands as programme
from events.programme.models import Event
from events.registration import commands as registration

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SYSTEM = system("tests")
ADMIN = Actor(person_id=None, standings=(Standing(Role.ADMINISTRATOR, world=True),), system="tests")


@dataclass
class World:
    country: Country
    cluster: Cluster
    schools: list[School]
    coordinator: Person
    teachers: list[Person] = field(default_factory=list)

    def actor(self, person: Person, at: datetime = AT) -> Actor:
        return queries.actor_for(person, at=at)


def make_world(
    code: str = "HR", *, teachers: int = 6, language: str = "en", zone: str = "Europe/Zagreb"
) -> World:
    kinds.load_catalogue()
    country = networks.add_country(
        code=code,
        names={"en": f"Country {code}"},
        ministry=f"Ministry of {code}",
        zone=zone,
        language=language,
        by=SYSTEM,
        at=AT,
    )
    cluster = networks.add_cluster(country_id=country.pk, name=f"Cluster {code}", by=SYSTEM, at=AT)
    schools = []
    for number in range(5):
        school = networks.add_school(
            country_id=country.pk,
            name=f"School {code} {number}",
            national_code=f"{code}-{number}",
            place=f"Place {number}",
            languages=(language,),
            by=SYSTEM,
            at=AT,
        )
        part = "mentee" if number else "mentor"
        networks.seat_school(
            cluster_id=cluster.pk,
            school_id=school.pk,
            part=part,
            starts_on=date(2026, 1, 1),
            by=SYSTEM,
            at=AT,
        )
        schools.append(school)
    world = World(country, cluster, schools, make_person(f"Coordinator {code}"))
    people.grant(
        person_id=world.coordinator.pk,
        role=Role.CLUSTER_COORDINATOR,
        scope="cluster",
        scope_id=cluster.pk,
        by=SYSTEM,
        at=AT,
    )
    join(world.coordinator, schools[0])
    for number in range(teachers):
        teacher = make_person(f"Teacher {code} {number:02}", language=language)
        join(teacher, schools[number % 5])
        world.teachers.append(teacher)
    return world


def make_person(name: str, *, email: str | None = None, language: str = "en") -> Person:
    address = name.lower().replace(" ", ".") + "@example.org" if email is None else email
    return people.add_person(name=name, email=address, language=language, by=SYSTEM, at=AT)


def join(person: Person, school: School) -> None:
    networks.join_school(
        person_id=person.pk, school_id=school.pk, starts_on=date(2026, 1, 1), by=SYSTEM, at=AT
    )


def wish(world: World, **changes: object) -> programme.Plan:
    values: dict[str, object] = {
        "kind": "teachmeet",
        "title": "Small steps",
        "starts": datetime(2026, 11, 26, 16, 30),
        "zone": "Europe/Zagreb",
        "minutes": 150,
        "mode": "hybrid",
        "country_id": world.country.pk,
        "language": "en",
        "cluster_id": world.cluster.pk,
        "host_school_id": world.schools[0].pk,
        "join_url": "https://meet.example.org/abc",
    }
    return programme.Plan(**{**values, **changes})  # type: ignore[arg-type]


def make_event(
    world: World,
    *,
    places: dict[str, int | None] | None = None,
    publish: bool = True,
    **changes: object,
) -> Event:
    by = world.actor(world.coordinator)
    event = programme.plan(wish(world, **changes), by=by, at=AT)
    registration.set_places(event.pk, places=places or {}, by=by, at=AT)
    return programme.publish(event.pk, by=by, at=AT) if publish else event


def later(minutes: int = 0, days: int = 0) -> datetime:
    return AT + timedelta(minutes=minutes, days=days)
