"""Questions about people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from events.kernel.actors import Role
from events.kernel.errors import Missing
from events.kernel.fold import search_key
from events.people import keyring, sealing
from events.people.models import Grant, Identifier, Person


@dataclass(frozen=True)
class Card:
    """What others may be shown of a person."""

    person_id: int
    name: str
    handle: str


@dataclass(frozen=True)
class Address:
    """Where and how to write to a person."""

    person_id: int
    name: str
    email: str
    language: str
    zone: str
    reachable: bool


def in_force(at: datetime) -> Q:
    """Grants that hold at an instant."""
    return Q(starts_at__lte=at, ended_at__isnull=True) & (
        Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    )


def grants_of(person_id: int, *, at: datetime) -> list[Grant]:
    """A person's grants in force."""
    return list(Grant.objects.filter(in_force(at), person_id=person_id).order_by("pk"))


def coordinators_of(school_id: int) -> QuerySet[Grant]:
    """The coordinator of a school and those before or after by their dates; deputies left out."""
    return Grant.objects.filter(
        role=Role.SCHOOL_COORDINATOR, scope=Grant.Scope.SCHOOL, scope_id=school_id,
        ended_at__isnull=True, deputy=False,
    ).order_by("starts_at", "pk")  # fmt: skip


def holders(role: Role, scope: str, scope_id: int, *, at: datetime) -> list[Address]:
    """Everybody who has a role for one scope."""
    people = Person.objects.filter(
        pk__in=Grant.objects.filter(in_force(at), role=role, scope=scope, scope_id=scope_id).values(
            "person_id"
        )
    )
    return [address(person) for person in people.order_by("sort_key", "pk")]


def holders_of(
    seats: Collection[tuple[Role, str, int]], *, at: datetime
) -> dict[tuple[Role, str, int], list[Address]]:
    """Everybody who has one of the roles for its scope, by (role, scope, id), in one query."""
    found: dict[tuple[Role, str, int], list[Address]] = {seat: [] for seat in seats}
    wanted = Q(pk__in=[])
    for role, scope, scope_id in found:
        wanted |= Q(role=role, scope=scope, scope_id=scope_id)
    rows = Grant.objects.filter(in_force(at), wanted).select_related("person")
    for row in rows.order_by("person__sort_key", "person_id"):
        found[Role(row.role), row.scope, row.scope_id].append(address(row.person))
    return found


def address(person: Person) -> Address:
    """The address card of a person."""
    return Address(
        person.pk, person.name, person.email, person.language, person.zone,
        bool(person.email) and person.mail_state == Person.MailState.FINE,
    )  # fmt: skip


def addresses(person_ids: list[int]) -> dict[int, Address]:
    """Address cards by person id."""
    return {row.pk: address(row) for row in Person.objects.filter(pk__in=person_ids)}


@dataclass(frozen=True)
class OfficialIdentifier:
    """An identifier in plain text, for the person and for exports that may contain it."""

    person_id: int
    scheme: str
    country: str
    value: str
    checked_digits: bool


def identifiers_of(person_ids: list[int], *, country: str = "") -> list[OfficialIdentifier]:
    """Identifiers opened for reading, of one country if given; callers answer for the purpose."""
    rows = Identifier.objects.filter(person_id__in=person_ids).order_by("person_id", "scheme")
    if country:
        rows = rows.filter(country=country)
    return [
        OfficialIdentifier(row.person_id, row.scheme, row.country, _opened(row), row.checked_digits)
        for row in rows
    ]


def with_identifier(person_ids: list[int], *, country: str) -> frozenset[int]:
    """Those of the people who have an official identifier of a country; nothing is opened."""
    rows = Identifier.objects.filter(person_id__in=person_ids, country=country)
    return frozenset(rows.values_list("person_id", flat=True))


def _opened(row: Identifier) -> str:
    spot = sealing.place("identifier", row.scheme, row.person_id)
    return keyring.unseal(bytes(row.sealed), bound_to=spot)


def cards(person_ids: list[int]) -> dict[int, Card]:
    """Name cards by person id."""
    rows = Person.objects.filter(pk__in=person_ids).order_by("sort_key", "pk")
    return {row.pk: Card(row.pk, row.name, row.handle) for row in rows}


def sharing(email: str) -> QuerySet[Person]:
    """Active people with an address; more than one when a mailbox is shared."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).order_by("sort_key")


def named_like(text: str) -> QuerySet[Person]:
    """Active people whose folded name contains every word of the text."""
    rows = Person.objects.filter(is_active=True)
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows.order_by("sort_key", "pk")


def anybody() -> bool:
    """Whether the installation has any person yet."""
    return Person.objects.exists()


def anybody_is(role: Role) -> bool:
    """Whether anybody has a role that was not ended."""
    return Grant.objects.filter(role=role, ended_at__isnull=True).exists()


def holders_of_identifiers(wanted: list[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    """Who has which official identifier, by (scheme, normalised value); found by keyed hash."""
    hashes = {
        found: (scheme, value)
        for scheme, value in wanted
        for found in keyring.lookups(value, scope=scheme)
    }
    rows = Identifier.objects.filter(lookup__in=hashes).select_related("person")
    return {hashes[row.lookup]: row.person for row in rows}


def person(person_id: int | None) -> Person:
    """Somebody by id; raises Missing."""
    found = Person.objects.filter(pk=person_id or 0).first()
    if found is None:
        raise Missing
    return found


def active(person_id: int) -> Person | None:
    """An active person by id."""
    return Person.objects.filter(pk=person_id, is_active=True).first()


def with_roles(person_ids: list[int], *, at: datetime) -> set[int]:
    """Those of the people who have a role in force."""
    grants = Grant.objects.filter(in_force(at), person_id__in=person_ids)
    return set(grants.values_list("person_id", flat=True))
