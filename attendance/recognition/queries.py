"""What people have earned."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from attendance.recognition.models import Entry, Scheme, SchemeVersion
from events.networks import queries as networks

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Balance:
    """What a person has under one scheme."""

    scheme: str
    names: dict[str, str]
    hours: Decimal
    minutes: int


def versions_on(on: date, *, country: str) -> list[SchemeVersion]:
    """The version of each scheme that holds on a day for a country (ISO code) or for all."""
    rows = (
        SchemeVersion.objects.filter(
            Q(scheme__country=None) | Q(scheme__country_id__in=networks.ids_of_country(country)),
            valid_from__lte=on,
        )
        .select_related("scheme")
        .order_by("scheme_id", "valid_from")
    )
    return list({row.scheme_id: row for row in rows}.values())


def balances(person_id: int) -> list[Balance]:
    """A person's hours by scheme, counter-entries included."""
    rows = (
        Entry.objects.filter(person_id=person_id)
        .values("scheme_version__scheme__code", "scheme_version__scheme__names")
        .annotate(hours_sum=Sum("hours"), minutes_sum=Sum("minutes"))
        .order_by("scheme_version__scheme__code")
    )
    return [
        Balance(row["scheme_version__scheme__code"], row["scheme_version__scheme__names"],
                row["hours_sum"], row["minutes_sum"])
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Credit:
    """What a certificate was credited with when it was issued."""

    hours: Decimal
    unit_minutes: int
    scheme: str
    version: str


def awards_of(certificate_ids: list[int]) -> dict[int, Credit]:
    """The award of each certificate (the first scheme's, where several apply)."""
    rows = (
        Entry.objects.filter(certificate_id__in=certificate_ids, kind=Entry.Kind.AWARD)
        .select_related("scheme_version__scheme")
        .order_by("-scheme_version_id")
    )
    return {
        row.certificate_id: Credit(
            row.hours, row.scheme_version.rule["unit_minutes"], row.scheme_version.scheme.code,
            row.scheme_version.version,
        )
        for row in rows
    }  # fmt: skip


def ledger(person_id: int) -> list[Entry]:
    """A person's entries in the order they were booked."""
    rows = Entry.objects.filter(person_id=person_id).select_related("certificate", "scheme_version")
    return list(rows.order_by("pk"))


def entries_of(person_id: int) -> "QuerySet[Entry]":
    """A person's entries with their certificates, for a list in pieces."""
    rows = Entry.objects.filter(person_id=person_id)
    return rows.select_related("certificate", "scheme_version")


def schemes() -> list[Scheme]:
    """All schemes with their countries and versions."""
    rows = Scheme.objects.select_related("country").prefetch_related("versions")
    return list(rows.order_by("code"))


def hash_of(entry: Entry) -> str:
    """The hash that chains an entry to the one before it on the same account."""
    text = json.dumps(
        [entry.before_hash, entry.person_id, entry.kind, entry.certificate_id,
         entry.scheme_version_id, entry.minutes, f"{Decimal(entry.hours):.2f}", entry.reasons,
         entry.occurred_on.isoformat(), entry.booked_at.isoformat(), entry.reverses_id],
        sort_keys=True,
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(person_id: int) -> int | None:
    """The id of the first entry of an account that does not fit its hash or its predecessor."""
    before = ""
    for entry in Entry.objects.filter(person_id=person_id).order_by("pk"):
        if entry.before_hash != before or entry.chain_hash != hash_of(entry):
            return entry.pk
        before = entry.chain_hash
    return None
