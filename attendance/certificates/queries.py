"""Questions about certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from attendance.certificates import facts, states
from attendance.certificates.models import Certificate, Statement, Withheld
from attendance.presence import queries as presence
from events.kernel.zones import instant
from events.programme import queries as programme

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from attendance.presence.models import VerdictRow
    from events.programme.models import Event

SAID = ("minutes_counted", "minutes_planned", "unit_minutes", "rule_version", "evidence")


@dataclass(frozen=True)
class Difference:
    """Somebody whose certificate is not what the verdict calls for."""

    person_id: int
    what: str


def says(row: Certificate, verdict: "VerdictRow") -> bool:
    """Whether a certificate says what the verdict found."""
    return all(row.facts[name] == getattr(verdict, name) for name in SAID)


def differences(event_id: int) -> list[Difference]:
    """What is to be issued, replaced or withdrawn, in the order of person ids."""
    wanted = programme.outline(event_id).certificate
    verdicts = presence.current_verdicts(event_id)
    rows = Certificate.objects.filter(event_id=event_id, state=states.ISSUED)
    there = {row.person_id: row for row in rows}
    stopped = set(Withheld.objects.filter(event_id=event_id).values_list("person_id", flat=True))
    found = []
    for person_id in sorted({*verdicts, *there}):
        verdict = verdicts.get(person_id)
        earned = wanted and verdict is not None and verdict.status == "present"
        what = _difference(there.get(person_id), verdict if earned else None)
        if what and not (what == "issue" and person_id in stopped):
            found.append(Difference(person_id, what))
    return found


def _difference(row: Certificate | None, verdict: "VerdictRow | None") -> str:
    if row is None:
        return "issue" if verdict is not None else ""
    if verdict is None:
        return "revoke"
    return "" if says(row, verdict) else "replace"


def by_id(certificate_id: int) -> Certificate:
    """A certificate by id."""
    return Certificate.objects.get(pk=certificate_id)


def by_ids(certificate_ids: Iterable[int]) -> dict[int, Certificate]:
    """Certificates by id."""
    return Certificate.objects.in_bulk(list(certificate_ids))


def for_letter(certificate_id: int) -> Certificate:
    """A certificate with its holder and its successor."""
    return Certificate.objects.select_related("person", "successor").get(pk=certificate_id)


def replaces(row: Certificate) -> bool:
    """Whether a certificate took the place of another."""
    return Certificate.objects.filter(successor=row).exists()


def span_of_term(starts_on: date, ends_on: date, zone: str) -> tuple[datetime, datetime]:
    """Two local days, both included, as a half-open span of instants."""
    first = instant(datetime.combine(starts_on, time.min), zone)
    return first, instant(datetime.combine(ends_on + timedelta(days=1), time.min), zone)


def events_of_term(
    *, country_id: int, zone: str, starts_on: date, ends_on: date
) -> "QuerySet[Event, int]":
    """Ids of a country's events of a term, as a subquery."""
    first, end = span_of_term(starts_on, ends_on, zone)
    return programme.ids_between(first, end, country_id=country_id)


def of_term(
    *, country: str, zone: str, starts_on: date, ends_on: date, as_of: datetime, after: int,
    limit: int,
) -> list[Certificate]:  # fmt: skip
    """Certificates issued by `as_of` for events of a country between two local days, both included.

    One that was completed by watching a recording belongs to the day on which it was completed.
    Pages by id: those after `after`, at most `limit`.
    """
    rows = _in_term(country, span_of_term(starts_on, ends_on, zone), as_of)
    found = rows.filter(pk__gt=after).select_related("successor")
    return list(found.order_by("pk")[:limit])


def count_of_term(
    *, country: str, zone: str, starts_on: date, ends_on: date, as_of: datetime
) -> int:
    """How many `of_term` would give without a limit."""
    return _in_term(country, span_of_term(starts_on, ends_on, zone), as_of).count()


def _in_term(
    country: str, span: tuple[datetime, datetime], as_of: datetime
) -> "QuerySet[Certificate]":
    first, end = span
    held = Q(completed_at=None, event_id__in=programme.ids_between(*span))
    watched = Q(completed_at__gte=first, completed_at__lt=end)
    return Certificate.objects.filter(held | watched, facts__country=country, issued_at__lte=as_of)


def by_number(number: str) -> Certificate | None:
    """A certificate by its number in groups of four."""
    return Certificate.objects.select_related("successor").filter(number=number).first()


def by_numbers(numbers: list[str]) -> dict[str, Certificate]:
    """Certificates by number."""
    rows = Certificate.objects.filter(number__in=numbers).select_related("successor")
    return {row.number: row for row in rows}


def statement_by_number(number: str) -> Statement | None:
    """A statement by its number in groups of four."""
    return Statement.objects.filter(number=number).first()


def statements_of(person_id: int) -> list[Statement]:
    """A person's statements, newest first."""
    return list(Statement.objects.filter(person_id=person_id).order_by("-issued_at", "-pk"))


def statement_record(row: Statement) -> facts.HoursStatementFacts:
    """What a statement says."""
    return facts.HoursStatementFacts.from_dict(row.facts)


def statement_intact(row: Statement) -> bool:
    """The same for a statement."""
    try:
        same = facts.digest(statement_record(row)) == row.digest
        return same and row.facts["number"] == row.number
    except facts.FactsWrong:
        return False


def of_person(person_id: int) -> list[Certificate]:
    """A person's certificates, newest first."""
    return list(Certificate.objects.filter(person_id=person_id).order_by("-issued_at", "-pk"))


def event_ids_of(person_id: int) -> "QuerySet[Certificate, int]":
    """Ids of the events a person has certificates of, in any state, as a subquery."""
    rows = Certificate.objects.filter(person_id=person_id)
    return rows.order_by().values_list("event_id", flat=True)


def held_by(person_id: int) -> "QuerySet[Certificate]":
    """A person's certificates of any state, for a list in pieces."""
    return Certificate.objects.filter(person_id=person_id).select_related("successor")


def issued_for(event_id: int) -> "QuerySet[Certificate]":
    """Certificates of an event of any state, for a list in pieces."""
    return Certificate.objects.filter(event_id=event_id).select_related("successor")


def lock_in_force(person_id: int) -> list[Certificate]:
    """A person's certificates in force, locked until the transaction ends."""
    rows = Certificate.objects.select_for_update().filter(person_id=person_id, state=states.ISSUED)
    return list(rows.order_by("pk"))


def of_event(event_id: int) -> dict[int, Certificate]:
    """Certificates in force of an event by person."""
    rows = Certificate.objects.filter(event_id=event_id, state=states.ISSUED)
    return {row.person_id: row for row in rows}


def withheld(event_id: int) -> list[Withheld]:
    """Certificates of an event that cannot be made, and why."""
    return list(Withheld.objects.filter(event_id=event_id).order_by("person_id"))


def record_of(row: Certificate) -> facts.CertificateFacts:
    """What a certificate says."""
    return facts.CertificateFacts.from_dict(row.facts)


def intact(row: Certificate) -> bool:
    """Whether the stored facts still have the digest and the number they were issued with."""
    try:
        return facts.digest(record_of(row)) == row.digest and row.facts["number"] == row.number
    except facts.FactsWrong:
        return False
