"""Whom somebody answers for, and what they may do for them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from events.backstage import post
from events.backstage.models import Letter
from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing
from events.kernel.fold import search_key
from events.networks import commands as networks
from events.networks import queries
from events.networks.models import Country, Membership, School
from events.networks.persons import letters
from events.networks.persons.roles import RoleLine, country_name, lines, scope_names
from events.people import commands
from events.people import policies as may
from events.people import queries as people
from events.people.models import Grant, Person

KEEPERS = (Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR)
LETTERS_SHOWN = 50


def answers_for_people(by: Actor) -> bool:
    """Whether there is a list of people for this reader."""
    return by.is_a(Role.ADMINISTRATOR, Role.HELPDESK, *KEEPERS)


def visible_to(by: Actor, *, at: datetime) -> QuerySet[Person]:
    """People of the schools one keeps, and those with a role there; everybody for administrators."""
    rows = Person.objects.order_by("sort_key", "pk")
    if by.is_a(Role.ADMINISTRATOR, Role.HELPDESK):
        return rows
    schools = by.reach("schools", *KEEPERS)
    clusters = by.reach("clusters", Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR)
    countries = by.reach("countries", Role.NATIONAL_COORDINATOR)
    members = Membership.objects.filter(queries.current(at.date()), school_id__in=schools)
    placed = Grant.objects.filter(
        Q(scope="school", scope_id__in=schools)
        | Q(scope="cluster", scope_id__in=clusters)
        | Q(scope="country", scope_id__in=countries),
        ended_at__isnull=True,
    )
    return rows.filter(Q(pk__in=members.values("person_id")) | Q(pk__in=placed.values("person_id")))


def found(by: Actor, text: str, *, at: datetime) -> QuerySet[Person]:
    """Those of them whose name or address contains every word, with accents and case folded."""
    rows = visible_to(by, at=at)
    for word in search_key(text).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(email__contains=word))
    return rows


def person(by: Actor, handle: str, *, at: datetime) -> Person:
    """One of them; raises Missing for everybody else."""
    row = visible_to(by, at=at).filter(handle=handle).first()
    if row is None:
        raise Missing
    return row


def schools_kept(by: Actor) -> list[School]:
    """Schools to which one may add people."""
    rows = School.objects.filter(closed_at__isnull=True).order_by("sort_key", "pk")
    if not by.is_a(Role.ADMINISTRATOR):
        rows = rows.filter(pk__in=by.reach("schools", *KEEPERS))
    return list(rows.select_related("country"))


@dataclass(frozen=True)
class Offer:
    """A role one may give to a person, named by `key`."""

    role: Role
    scope: str
    scope_id: int
    where: str

    @property
    def key(self) -> str:
        """As forms send it: role, scope, id."""
        return f"{self.role}:{self.scope}:{self.scope_id}"


def offers(by: Actor, to: Person, *, at: datetime) -> list[Offer]:
    """Every role one may give to a person where the two have to do with each other."""
    home = queries.actor_for(to, at=at)
    places = {
        "school": home.home_schools,
        "cluster": home.home_clusters | by.reach("clusters", *KEEPERS[1:]),
        "country": home.home_countries | by.reach("countries", Role.NATIONAL_COORDINATOR),
        "world": frozenset({0}),
    }
    if by.is_a(Role.ADMINISTRATOR):
        places["country"] = frozenset(Country.objects.values_list("pk", flat=True))
    wanted = [
        (role, scope, pk)
        for role, scope in may.SCOPES.items()
        for pk in sorted(places[scope])
        if to.pk != by.person_id and may.may_grant(by, role=role, scope=scope, scope_id=pk)
    ]
    names = scope_names({(scope, pk) for _role, scope, pk in wanted})
    return [Offer(role, scope, pk, names.get((scope, pk), "")) for role, scope, pk in wanted]


def holder_of(by: Actor, grant_id: object, *, at: datetime) -> tuple[str, int] | None:
    """Handle and grant of whoever has a role, for who may hand it over; else None."""
    row = Grant.objects.filter(pk=grant_id if isinstance(grant_id, int) else 0).first()
    if row is None or not visible_to(by, at=at).filter(pk=row.person_id).exists():
        return None
    return row.person.handle, row.pk


def may_end(by: Actor, line: RoleLine) -> bool:
    """Whether one may end a role or hand it over."""
    return may.may_grant(by, role=Role(line.role), scope=line.scope, scope_id=line.scope_id)


@transaction.atomic
def give(
    offer: Offer, to: Person, *, starts_at: datetime | None, ends_at: datetime | None, by: Actor,
    at: datetime, deputy: bool = False,
) -> Grant:  # fmt: skip
    """Give a role and write to the person about it."""
    row = commands.grant(
        person_id=to.pk, role=offer.role, scope=offer.scope, scope_id=offer.scope_id, by=by, at=at,
        starts_at=starts_at, ends_at=ends_at, deputy=deputy,
    )  # fmt: skip
    _tell(row, to, by=by, at=at)
    return row


@transaction.atomic
def hand_over(line: RoleLine, to: Person, *, by: Actor, at: datetime) -> Grant:
    """Move a role to somebody else and write to the new one about it."""
    row = commands.hand_over(grant_id=line.grant_id, to_person_id=to.pk, by=by, at=at)
    _tell(row, to, by=by, at=at)
    return row


def _tell(row: Grant, to: Person, *, by: Actor, at: datetime) -> None:
    address = people.address(to)
    if address.reachable:
        sender = people.active(by.person_id) if by.person_id else None
        line = lines([row], at=at)[0]
        post.queue(letters.role_given(address, line, sender=sender), at=at)


@transaction.atomic
def add_colleague(
    *, name: str, email: str, language: str, school_id: int, starts_on: date, by: Actor,
    at: datetime,
) -> Person:  # fmt: skip
    """Add a person to a school one keeps, both or neither."""
    row = commands.add_person(name=name, email=email, language=language, by=by, at=at)
    networks.join_school(
        person_id=row.pk, school_id=school_id, starts_on=starts_on, by=by, at=at
    )  # fmt: skip
    return row


@dataclass(frozen=True)
class Place:
    """A school for a list of choices."""

    school_id: int
    name: str
    country: str


def places(by: Actor) -> list[Place]:
    """The schools one keeps, with the names of their countries."""
    return [Place(row.pk, row.name, country_name(row.country)) for row in schools_kept(by)]


@dataclass(frozen=True)
class Sent:
    """A letter as the helpdesk sees it: never its text."""

    letter_id: int
    subject: str
    kind: str
    state: str
    refusal: str
    at: datetime
    again: bool


def letters_of(person_id: int) -> list[Sent]:
    """The newest letters to a person."""
    rows = Letter.objects.filter(person_id=person_id).order_by("-pk")[:LETTERS_SHOWN]
    return [
        Sent(
            row.pk, row.subject, row.kind, row.state, row.refusal, row.sent_at or row.created_at,
            bool(row.text) and row.kind not in post.KEYS,
        )
        for row in rows
    ]  # fmt: skip
