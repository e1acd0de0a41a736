"""Add many people at once, as lists do; the rows are those that one command each would write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from events.backstage.commands import audit_all
from events.kernel.actors import Actor
from events.people import commands, identifiers, keyring, policies, sealing
from events.people.models import Identifier, Person


@dataclass(frozen=True)
class Newcomer:
    """Somebody of a list."""

    name: str
    email: str = ""
    language: str = "en"
    zone: str = ""


@dataclass(frozen=True)
class Official:
    """An official identifier of somebody, as it was entered."""

    person_id: int
    scheme: str
    country: str
    value: str


@transaction.atomic
def add_people(newcomers: Iterable[Newcomer], *, by: Actor, at: datetime) -> list[Person]:
    """Add people in the order given; all or nobody. Raises NameMissing."""
    made = [commands.new_person(**vars(one), at=at) for one in newcomers]
    Person.objects.bulk_create(made, batch_size=500)
    audit_all(
        "person_added", by=by, at=at, thing="person", changes={person.pk: {} for person in made}
    )
    return made


@transaction.atomic
def set_identifiers(found: Sequence[Official], *, by: Actor, at: datetime) -> None:
    """Store identifiers of people who have none of the scheme yet; all or none.

    Raises what `commands.set_identifier` raises.
    """
    rows = [_row(one, by=by, at=at) for one in found]
    _require_free(rows, _lookups(found))
    Identifier.objects.bulk_create(rows, batch_size=500)
    changes: dict[int, dict[str, object]] = {row.person_id: {} for row in rows}
    audit_all("identifier_set", by=by, at=at, thing="person", changes=changes)


def _row(one: Official, *, by: Actor, at: datetime) -> Identifier:
    policies.require_self(by, one.person_id)
    plain = identifiers.check(one.scheme, one.country, one.value)
    spot = sealing.place("identifier", one.scheme, one.person_id)
    return Identifier(
        person_id=one.person_id, scheme=one.scheme, country=one.country.upper(), added_at=at,
        lookup=keyring.lookups(plain, scope=one.scheme)[0],
        sealed=keyring.seal(plain, bound_to=spot),
        checked_digits=identifiers.SCHEMES[one.scheme].checks_digits,
    )  # fmt: skip


def _lookups(found: Sequence[Official]) -> set[tuple[str, str]]:
    """What the values may stand under, also with the key that is being replaced."""
    return {
        (one.scheme, lookup)
        for one in found
        for lookup in keyring.lookups(
            identifiers.check(one.scheme, one.country, one.value), scope=one.scheme
        )
    }


def _require_free(rows: list[Identifier], given: set[tuple[str, str]]) -> None:
    there = Identifier.objects.filter(
        Q(lookup__in=[lookup for _, lookup in given])
        | Q(person_id__in=[row.person_id for row in rows])
    ).values_list("scheme", "lookup", "person_id")
    persons = {(row.scheme, row.person_id) for row in rows}
    taken = any((s, value) in given or (s, pk) in persons for s, value, pk in there)
    if taken or len({(row.scheme, row.lookup) for row in rows}) < len(rows):
        raise commands.IdentifierTaken
