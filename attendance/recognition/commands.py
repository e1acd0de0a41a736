"""Post to the ledger. Each person's entries form a chain of hashes of their own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from attendance.certificates import queries as certificates
from attendance.recognition import queries, rules
from attendance.recognition.models import Entry, Scheme, SchemeVersion
from events.backstage.commands import audit, audit_all
from events.kernel.actors import Actor
from events.kernel.words import Reason

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate

FIRST_RULE = {"version": "2026-1", "unit_minutes": 60, "step": "0.25", "min_minutes": 15}
FIRST_NAMES = {"en": "Hours of professional development", "hr": "Sati stručnog usavršavanja",
               "sq": "Orë të zhvillimit profesional"}  # fmt: skip


@transaction.atomic
def load_first_scheme() -> SchemeVersion:
    """The scheme a new installation starts with; nothing changes when it is there."""
    scheme, _ = Scheme.objects.get_or_create(code="hours", defaults={"names": FIRST_NAMES})
    version, _ = SchemeVersion.objects.get_or_create(
        scheme=scheme,
        version=FIRST_RULE["version"],
        defaults={"valid_from": date(2020, 1, 1), "rule": FIRST_RULE},
    )
    return version


@transaction.atomic
def award(certificate_id: int, *, by: Actor, at: datetime) -> list[Entry]:
    """Post what a certificate earns under every scheme in force that day; again posts nothing."""
    return award_all([certificate_id], by=by, at=at)


@transaction.atomic
def award_all(certificate_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Entry]:
    """Post what certificates earn, in the order given."""
    found = certificates.by_ids(certificate_ids)
    rows = [found[pk] for pk in certificate_ids]
    versions = cache(lambda on, country: queries.versions_on(on, country=country))
    _lock_accounts(sorted({row.person_id for row in rows}))
    there = set(
        Entry.objects.filter(certificate_id__in=certificate_ids, kind=Entry.Kind.AWARD)
        .values_list("certificate_id", "scheme_version_id")
    )  # fmt: skip
    due = [
        entry
        for row in rows
        for entry in _earned(row, versions, at=at)
        if (row.pk, entry.scheme_version_id) not in there
    ]
    _post_all(due)
    changes: dict[int, dict[str, object]] = {row.pk: {} for row in rows}
    audit_all("hours_awarded", by=by, at=at, thing="certificate", changes=changes)
    return due


def _earned(
    row: "Certificate", versions: Callable[[date, str], list[SchemeVersion]], *, at: datetime
) -> Iterator[Entry]:
    says = certificates.record_of(row)
    on = says.counts_from.astimezone(ZoneInfo(says.zone)).date()
    for version in versions(on, says.country):
        earned = rules.award(says.minutes_counted, rules.SchemeRule(**version.rule))
        yield Entry(
            person_id=row.person_id, kind=Entry.Kind.AWARD, certificate_id=row.pk,
            scheme_version=version, minutes=says.minutes_counted, hours=earned.hours,
            reasons=_plain(earned.reasons), occurred_on=on, booked_at=at,
        )  # fmt: skip


@transaction.atomic
def reverse(certificate_id: int, *, by: Actor, at: datetime) -> list[Entry]:
    """Post counter-entries for everything a certificate earned; again posts nothing."""
    row = certificates.by_id(certificate_id)
    _lock_accounts([row.person_id])
    awards = Entry.objects.filter(
        certificate_id=row.pk, kind=Entry.Kind.AWARD, reversed_by__isnull=True
    )
    posted = []
    for entry in awards.order_by("pk"):
        counter = Entry(
            person_id=row.person_id, kind=Entry.Kind.REVERSAL, certificate_id=row.pk,
            scheme_version_id=entry.scheme_version_id, minutes=-entry.minutes, hours=-entry.hours,
            reasons=[["reversed", {"reason": row.end_reason}]], occurred_on=entry.occurred_on,
            booked_at=at, reverses=entry,
        )  # fmt: skip
        posted.append(counter)
    _post_all(posted)
    audit("hours_reversed", by=by, at=at, thing="certificate", thing_id=row.pk)
    return posted


def _plain(reasons: Iterable[Reason]) -> list[list[object]]:
    return [[reason.code, dict(reason.values)] for reason in reasons]


def _lock_accounts(person_ids: list[int]) -> None:
    """Lock ledgers in the order given, which has to be the same for everybody."""
    names = [f"ledger:{person_id}" for person_id in person_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0))"
            " FROM unnest(%s::text[]) AS one (name)",
            [names],
        )


def _post_all(entries: list[Entry]) -> None:
    """Hang entries on the chains of their accounts, which are locked, and write them."""
    people = {entry.person_id for entry in entries}
    last = Entry.objects.filter(person_id__in=people).order_by("person_id", "-pk")
    ends = dict(last.distinct("person_id").values_list("person_id", "chain_hash"))
    for entry in entries:
        entry.before_hash = ends.get(entry.person_id, "")
        entry.chain_hash = ends[entry.person_id] = queries.hash_of(entry)
    Entry.objects.bulk_create(entries)
