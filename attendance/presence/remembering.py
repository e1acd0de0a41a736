"""Which account at a video service is whose, as a person confirmed it once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from attendance.presence.models import RemotePerson, SightingRow
from attendance.presence.reports.fetched import ACCOUNT
from events.kernel.actors import Actor


def note(row: SightingRow, person_id: int | None, *, by: Actor, at: datetime) -> None:
    """Remember whose account somebody in a fetched report used, or forget it; a step of naming."""
    source = row.report.source if row.report is not None else ""
    if not source or not row.seen_key.startswith(ACCOUNT):
        return
    known = {"provider": source, "account": row.seen_key.removeprefix(ACCOUNT)}
    if person_id is None:
        RemotePerson.objects.filter(**known).delete()
        return
    RemotePerson.objects.update_or_create(
        provider=source, account=known["account"],
        defaults={"person_id": person_id, "by_id": by.person_id, "at": at},
    )  # fmt: skip


def accounts_of(person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The accounts known of people, each as `provider:id`; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in RemotePerson.objects.filter(person_id__in=list(person_ids)):
        found[row.person_id].add(f"{row.provider}:{row.account}")
    return {person: frozenset(known) for person, known in found.items()}
