"""Add many people at once, as lists do; the rows are those that one command each would write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from events.backstage.commands import audit_all
from events.kernel.actors import Actor
from events.people import commands, identifiers, policies, sealing
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
    _require_free(rows)
    Identifier.objects.bulk_create(rows, batch_size=500)
    changes: dict[int, dict[str, object]] = {row.person_id: {} for row in rows}
    audit_all("identifier_set", by=by, at=at, thing="person", changes=changes)


def _row(one: Official, *, by: Actor, at: datetime) -> Identifier:
    policies.require_self(by, one.person_id)
    plain = identifiers.check(one.scheme, one.country, one.value)
    spot = sealing.place("identifier", one.scheme, one.person_id)
    return Identifier(
        person_id=one.person_id, scheme=one.scheme, country=one.country.upper(), added_at=at,
        lookup=sealing.lookup_hash(plain, key=settings.DATA_KEY, scope=one.scheme),
        sealed=sealing.seal(plain, key=settings.DATA_KEY, bound_to=spot),
        checked_digits=identifiers.SCHEMES[one.scheme].checks_digits,
    )  # fmt: skip


def _require_free(rows: list[Identifier]) -> None:
    given = {(row.scheme, row.lookup) for row in rows}
    there = Identifier.objects.filter(
        Q(lookup__in=[row.lookup for row in rows])
        | Q(person_id__in=[row.person_id for row in rows])
    ).values_list("scheme", "lookup", "person_id")
    persons = {(row.scheme, row.person_id) for row in rows}
    taken = any((s, value) in given or (s, pk) in persons for s, value, pk in there)
    if taken or len(given) < len(rows):
        raise commands.IdentifierTaken
