"""What people said yes to, and what is known of their times."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from events.availability import rules
from events.availability.models import BusyConsent, BusyTime
from events.kernel.spans import Span
from events.people.models import Person


@dataclass(frozen=True)
class Asked:
    """Somebody whose times a calendar may be asked for, with the address it knows."""

    consent_id: int
    person_id: int
    address: str


def in_force() -> QuerySet[BusyConsent]:
    """Every yes that holds: not taken back, to what it means today, of active people."""
    return BusyConsent.objects.filter(
        withdrawn_at=None, version=rules.VERSION, person__is_active=True
    )


def given(person_id: int) -> dict[int, BusyConsent]:
    """What a person said yes to, by the calendar's id."""
    rows = in_force().filter(person_id=person_id).order_by("pk")
    return {row.source_id: row for row in rows}


def to_ask(source_id: int) -> list[Asked]:
    """Whom a calendar may be asked about."""
    rows = in_force().filter(source_id=source_id).exclude(person__email="").order_by("pk")
    return [Asked(*row) for row in rows.values_list("pk", "person_id", "person__email")]


def calendars_of(people: QuerySet[Person], *, at: datetime) -> rules.Calendars | None:
    """What calendars say of the people of a plan; None where nobody said yes."""
    consents = list(in_force().filter(person_id__in=people.order_by().values("pk")).order_by("pk"))
    if not consents:
        return None
    busy = _times([row.pk for row in consents if row.fetched_at])
    told: dict[int, list[rules.Told | None]] = defaultdict(list)
    for row in consents:
        told[row.person_id].append(_told(row, busy[row.pk]))
    return rules.Calendars(
        people.count(), dict(told), at, asked=any(is_asked(row, at=at) for row in consents)
    )


def is_asked(row: BusyConsent, *, at: datetime) -> bool:
    """Whether the calendar was asked and has not answered yet."""
    if row.asked_at is None or row.asked_at + rules.PATIENCE <= at:
        return False
    return row.answered_at is None or row.answered_at < row.asked_at


def _times(consent_ids: Sequence[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = BusyTime.objects.filter(consent_id__in=consent_ids).order_by("starts_at")
    for consent_id, starts_at, ends_at in rows.values_list("consent_id", "starts_at", "ends_at"):
        found[consent_id].append(Span(starts_at, ends_at))
    return found


def _told(row: BusyConsent, busy: Sequence[Span]) -> rules.Told | None:
    if row.fetched_at is None or row.since is None or row.until is None:
        return None
    return rules.Told(Span(row.since, row.until), row.fetched_at, busy)
