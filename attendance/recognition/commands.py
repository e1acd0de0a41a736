"""Post to the ledger. Each person's entries form a chain of hashes of their own."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from attendance.certificates import queries as certificates
from attendance.recognition import queries, rules
from attendance.recognition.models import Entry, Scheme, SchemeVersion
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.words import Reason

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
    row = certificates.by_id(certificate_id)
    says = certificates.record_of(row)
    on = says.starts_at.astimezone(ZoneInfo(says.zone)).date()
    _lock_account(row.person_id)
    posted = []
    for version in queries.versions_on(on, country=says.country):
        if Entry.objects.filter(certificate_id=row.pk, scheme_version=version).exists():
            continue
        earned = rules.award(says.minutes_counted, rules.SchemeRule(**version.rule))
        entry = Entry(
            person_id=row.person_id, kind=Entry.Kind.AWARD, certificate_id=row.pk,
            scheme_version=version, minutes=says.minutes_counted, hours=earned.hours,
            reasons=_plain(earned.reasons), occurred_on=on, booked_at=at,
        )  # fmt: skip
        posted.append(_post(entry))
    audit("hours_awarded", by=by, at=at, thing="certificate", thing_id=row.pk)
    return posted


@transaction.atomic
def reverse(certificate_id: int, *, by: Actor, at: datetime) -> list[Entry]:
    """Post counter-entries for everything a certificate earned; again posts nothing."""
    row = certificates.by_id(certificate_id)
    _lock_account(row.person_id)
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
        posted.append(_post(counter))
    audit("hours_reversed", by=by, at=at, thing="certificate", thing_id=row.pk)
    return posted


def _plain(reasons: Iterable[Reason]) -> list[list[object]]:
    return [[reason.code, dict(reason.values)] for reason in reasons]


def _lock_account(person_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{person_id}"]
        )


def _post(entry: Entry) -> Entry:
    last = Entry.objects.filter(person_id=entry.person_id).order_by("-pk").first()
    entry.before_hash = last.chain_hash if last else ""
    entry.chain_hash = queries.hash_of(entry)
    entry.save(force_insert=True)
    return entry
