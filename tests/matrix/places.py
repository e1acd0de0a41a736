"""Four places with the same things in each: the own school, a sibling school, a sibling cluster,
another country."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import time_machine
from django.core.files.base import ContentFile

from attendance.certificates import statements
from attendance.certificates.models import Certificate
from attendance.exports import commands as exports
from attendance.presence import commands as presence
from attendance.presence import imports
from attendance.presence.models import SightingRow
from attendance.questions import commands as questions
from config.mailbox import store
from events.backstage import jobs, sweep
from events.backstage.models import FactRow, Installation, Job, Letter, Work
from events.kernel.actors import Actor, Role
from events.mydays import commands as mydays
from events.networks import commands as networks
from events.networks.models import Community, RosterImport, School, Term
from events.people import commands as people
from events.people import signin
from events.people.models import Grant, Person
from events.people.tokens import commands as tokens
from events.people.tokens.scopes import SCOPES
from events.programme import commands as programme
from events.programme import families, series
from events.programme.models import Event
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from events.registration import links, wishing
from integrations.accounts import commands as accounts
from integrations.sync.models import Link, Question
from integrations.sync.questions import digest
from tests.factories.world import (
    AT,
    SYSTEM,
    World,
    join,
    make_event,
    make_person,
    make_world,
    wish,
)
from tests.matrix import filmed

NOW = AT + timedelta(days=30)
# Wall clocks of the events of a place; NOW is 10:00 there. The fresh one is published at NOW.
STARTS = {
    "coming": datetime(2026, 12, 12, 16, 30),
    "running": datetime(2026, 12, 2, 9, 30),
    "ended": datetime(2026, 12, 1, 16, 30),
    "closed": datetime(2026, 11, 26, 16, 30),
    "draft": datetime(2026, 12, 14, 16, 30),
    "fresh": datetime(2026, 12, 15, 16, 30),
}
DRAFTS = ("draft", "fresh")
OFFICIAL = {"HR": ("hr.oib", "69435151530")}
REPORT = (
    "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room\n"
    "Somebody Unknown,,12/01/2026 04:35:00 PM,12/01/2026 06:40:00 PM,125,Yes,No\n"
)


@dataclass
class Place:
    """A school with its events and what hangs on them."""

    world: World
    school: School
    organiser: Person
    term: Term
    teacher: Person = field(init=False)
    other: Person = field(init=False)
    guest: Person = field(init=False)
    grant: Grant = field(init=False)
    events: dict[str, Event] = field(default_factory=dict)
    made: dict[str, object] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return self.world.actor(self.organiser, NOW)


def make_places() -> list[Place]:
    """The network, with everything that is due done, at NOW."""
    with time_machine.travel(AT, tick=False):
        home, abroad = make_world("HR", teachers=0), make_world("RS", teachers=0)
        beside = _beside(home)
        terms = {world.country.pk: _term(world) for world in (home, abroad)}
        places = [
            Place(world, school, world.coordinator, terms[world.country.pk])
            for world, school in (
                (home, home.schools[0]), (home, home.schools[1]), (beside, beside.schools[0]),
                (abroad, abroad.schools[0]),
            )
        ]  # fmt: skip
        for number, place in enumerate(places):
            _settle(place, number)
    with time_machine.travel(NOW, tick=False):
        for place in places:
            _attend(place)
        work()
        for number, place in enumerate(places):
            _papers(place, number)
        for world in (home, abroad):
            _freeze([place for place in places if place.world.country == world.country])
        work()
        for place in places:
            programme.publish(place.events["fresh"].pk, by=place.by, at=NOW)
            _connect(place)
            filmed.record(place, NOW)
            place.made["question"] = questions.add(
                place.made["recording_id"],
                text="Why?",
                answers=["So", "Not so"],
                right=0,
                by=SYSTEM,
                at=AT,
            ).pk
        Installation.objects.update_or_create(defaults={"step": "done", "opened_at": AT})
    return places


def work() -> None:
    for _ in range(3):
        sweep.drain(at=NOW)
        jobs.run_due(at=NOW)


def _beside(home: World) -> World:
    cluster = networks.add_cluster(country_id=home.country.pk, name="Beside", by=SYSTEM, at=AT)
    schools = []
    for part in ("mentor", "mentee"):
        school = networks.add_school(
            country_id=home.country.pk, name=f"School beside, {part}", national_code=f"HR-{part}",
            place="Beside", languages=("en",), by=SYSTEM, at=AT,
        )  # fmt: skip
        networks.seat_school(
            cluster_id=cluster.pk, school_id=school.pk, part=part, starts_on=date(2026, 1, 1),
            by=SYSTEM, at=AT,
        )  # fmt: skip
        schools.append(school)
    world = World(home.country, cluster, schools, make_person("Coordinator beside"))
    give(world.coordinator, Role.CLUSTER_COORDINATOR, "cluster", cluster.pk)
    return world


def give(person: Person, role: Role, scope: str, scope_id: int = 0, **dates: datetime) -> Grant:
    return people.grant(
        person_id=person.pk, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=AT, **dates
    )


def _term(world: World) -> Term:
    return networks.add_term(
        country_id=world.country.pk, name="Autumn", starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 31), by=SYSTEM, at=AT,
    )  # fmt: skip


def _settle(place: Place, number: int) -> None:
    place.teacher = make_person(f"Teacher {number}")
    place.other = make_person(f"Colleague {number}")
    place.guest = make_person(f"Newcomer {number}")
    for person in (place.teacher, place.other, place.guest):
        join(person, place.school)
    place.grant = give(place.other, Role.SCHOOL_LEADER, "school", place.school.pk)
    for name, starts in STARTS.items():
        event = make_event(
            place.world, title=f"{name} {number}", starts=starts, publish=name not in DRAFTS,
            host_school_id=place.school.pk, recorded=name == "coming",
        )  # fmt: skip
        place.events[name] = event
        if name not in DRAFTS:
            for person in (place.teacher, place.other):
                registration.register(
                    event.pk, person_id=person.pk, way="room", by=place.world.actor(person), at=AT
                )
    keeper = place.world.coordinator
    asker = place.world.actor(keeper)
    wishing.ask(place.events["coming"].pk, person_id=keeper.pk, by=asker, at=AT)
    _repeat(place)
    if scheme := OFFICIAL.get(place.world.country.code) if number == 0 else None:
        people.set_identifier(
            person_id=place.teacher.pk, scheme=scheme[0], country="HR", value=scheme[1],
            by=SYSTEM, at=AT,
        )  # fmt: skip


def _repeat(place: Place) -> None:
    """A series of two dates, and a course with one event."""
    wanted = wish(
        place.world, title=f"Weekly {place.school.pk}", starts=datetime(2026, 12, 16, 17),
        host_school_id=place.school.pk,
    )  # fmt: skip
    row = series.plan(wanted, repeat=Repeat("weekly", number=2), by=place.by, at=AT)
    series.publish(row.pk, by=place.by, at=AT)
    place.events["series"] = Event.objects.filter(series=row).order_by("pk")[0]
    place.events["second date"] = Event.objects.filter(series=row).order_by("pk")[1]
    family = families.found(
        families.FamilyWish(
            "course", f"Course {place.school.pk}", place.world.country.pk, "en",
            place.world.cluster.pk,
        ), by=place.by, at=AT,
    )  # fmt: skip
    families.join(place.events["coming"].pk, family.pk, by=place.by, at=AT)
    place.made |= {
        "series": row.slug,
        "series_id": row.pk,
        "family": family.slug,
        "family_id": family.pk,
    }


def _attend(place: Place) -> None:
    both = [place.teacher.pk, place.other.pk]
    presence.attest(place.events["closed"].pk, person_ids=both, by=place.by, at=NOW)
    programme.close(place.events["closed"].pk, by=place.by, at=NOW)
    ended = place.events["ended"].pk
    report = imports.hand_in(
        ended, content=REPORT.encode(), file_name="report.csv", by=place.by, at=NOW
    )
    imports.take_over(ended, report.pk, by=place.by, at=NOW)
    row = SightingRow.objects.get(event_id=ended, report=report)
    again = imports.hand_in(
        ended, content=REPORT.replace("Unknown", "Else").encode(), file_name="again.csv",
        by=place.by, at=NOW,
    )  # fmt: skip
    place.made |= {"report_id": report.pk, "row_id": row.pk, "second_report": again.pk}


def _papers(place: Place, number: int) -> None:
    teacher, at = place.teacher, NOW
    paper = Certificate.objects.get(person=teacher, event=place.events["closed"])
    statement = statements.state(
        person_id=teacher.pk, first=date(2026, 9, 1), last=date(2026, 12, 1),
        by=place.world.actor(teacher, at), at=at,
    )  # fmt: skip
    roster = RosterImport.objects.create(
        kind="people", country=place.world.country, school=place.school, digest=f"{number}",
        rows=0, by=place.organiser, at=at, finished_at=at,
    )  # fmt: skip
    job = Job.objects.create(
        kind="certificates", key=f"place:{number}", params={}, owner=teacher,
        created_at=at, due_at=at + timedelta(days=99),
    )  # fmt: skip
    fact = FactRow.objects.filter(kind="EventPublished").order_by("pk")[number]
    parked = Work.objects.create(
        fact=fact, handler=f"parked.{number}", state=Work.State.PARKED, due_at=at
    )
    name = store.keep(
        b"From: a@example.org\nTo: b@example.org\nSubject: Hello\n"
        b"Content-Type: text/html\n\n<p>Hello</p>\n",
        at=at, recipients=["b@example.org"],
    )  # fmt: skip
    code = place.world.country.code
    community, _new = Community.objects.get_or_create(
        code=f"{code.lower()}-lace", country=place.world.country, names={"en": f"Lace of {code}"},
        subject="lace",
    )  # fmt: skip
    token, _secret = tokens.make(
        name="Robot", scopes=SCOPES, days=30, by=place.world.actor(teacher, at), at=at
    )
    place.made |= {
        "community": community.code, "token_id": token.pk, "certificate": paper.number, "statement": statement.number, "roster_id": roster.pk,
        "job_id": job.pk, "work_id": parked.pk, "mail": name,
        "letter_id": Letter.objects.filter(person=teacher).order_by("pk").first().pk,
        "feed": mydays.renew_feed(by=place.world.actor(teacher, at), at=at),
        "sign_in": signin.ask(teacher.email, next_path="/", at=at).token,
        **{
            f"link_{name}": links.token_of(
                links.link_for(event_id=event.pk, person_id=teacher.pk, at=at)
            )
            for name, event in place.events.items()
        },
    }  # fmt: skip


def _connect(place: Place) -> None:
    """A calendar of the school."""
    wish = accounts.Wish(
        "caldav", "school", place.school.pk, name=f"Calendar {place.school.pk}",
        calendar="https://127.0.0.1:9/events/", options={"server": "https://127.0.0.1:9/"},
    )  # fmt: skip
    by = Actor(person_id=place.organiser.pk, system="tests")
    row = accounts.connect(wish=wish, secrets={"user": "kolega", "password": "x"}, by=by, at=NOW)
    part = place.events["coming"].parts.get()
    entry = Link.objects.create(
        part=part, account=row, key=f"{part.pk:032x}", remote_id="r", state="question",
        seen_title=part.event.title, seen_starts_at=part.starts_at, seen_ends_at=part.ends_at,
        made_at=NOW, pushed_at=NOW,
    )  # fmt: skip
    asked = Question.objects.create(link=entry, kind="removed", asked_at=NOW)
    place.made |= {"account_id": row.pk, "question_id": asked.pk, "question_seen": digest(asked)}


def _freeze(places: list[Place]) -> None:
    officer = make_person(f"Officer of {places[0].world.country.code}")
    give(officer, Role.MINISTRY_OFFICER, "country", places[0].world.country.pk)
    by = places[0].world.actor(officer, NOW)
    batch, _job = exports.freeze(term_id=places[0].term.pk, by=by, at=NOW)
    for place in places:
        place.made["batch_id"] = batch.pk


def report_file() -> ContentFile:
    return ContentFile(REPORT.replace("Unknown", "New").encode(), name="new.csv")
