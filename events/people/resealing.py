"""Brings stored values under the present key, a batch of rows at a time, while pages go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from events.people import keyring, sealing
from events.people.models import Identifier

BATCH = 500
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Tally:
    """How many values were sealed anew, and how many no key opens."""

    renewed: int = 0
    unreadable: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.renewed + other.renewed, self.unreadable + other.unreadable)


def walk(rows: QuerySet[Row], renew: Callable[[Row], bool]) -> Tally:
    """Lock all rows batch by batch; `renew` saves one and says whether there was something to do."""
    whole, last = Tally(), 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).select_for_update().order_by("pk")[:BATCH])
            for row in batch:
                whole += _one(row, renew)
        if not batch:
            return whole
        last = batch[-1].pk


def _one(row: Row, renew: Callable[[Row], bool]) -> Tally:
    try:
        return Tally(renewed=int(renew(row)))
    except sealing.SealBroken:
        return Tally(unreadable=1)


def identifiers() -> Tally:
    """Official identifiers: the sealed value and the hash they are found by."""
    return walk(Identifier.objects.all(), _identifier)


def _identifier(row: Identifier) -> bool:
    spot = sealing.place("identifier", row.scheme, row.person_id)
    renewed = keyring.renewed(bytes(row.sealed), bound_to=spot)
    if renewed is None:
        return False
    plain = keyring.unseal(bytes(row.sealed), bound_to=spot)
    row.sealed, row.lookup = renewed, keyring.lookups(plain, scope=row.scheme)[0]
    row.save(update_fields=["sealed", "lookup"])
    return True
