"""Seals audit entries into a chain of hashes, in batches, off the path of commands."""

import hashlib
import json
from datetime import datetime

from django.db import connection, transaction

from events.backstage.models import AuditEntry

LOCK = 0x6175646974  # any constant: one sealing at a time


def _hash(before: str, entry: AuditEntry) -> str:
    text = json.dumps(
        [before, entry.pk, entry.at.isoformat(), entry.actor_id, entry.system, entry.action,
         entry.thing, entry.thing_id, entry.changes],
        sort_keys=True,
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


def seal(*, at: datetime, limit: int = 5000) -> None:  # noqa: ARG001  chores are called with at
    """Chain the entries not yet sealed, in id order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = AuditEntry.objects.exclude(chain_hash="").order_by("-id").first()
        before = last.chain_hash if last else ""
        for entry in AuditEntry.objects.filter(chain_hash="").order_by("id")[:limit]:
            entry.chain_hash = before = _hash(before, entry)
            entry.save(update_fields=["chain_hash"])


def first_break() -> int | None:
    """The id of the first sealed entry that no longer fits its hash, or None."""
    before = ""
    for entry in AuditEntry.objects.exclude(chain_hash="").order_by("id").iterator():
        if entry.chain_hash != _hash(before, entry):
            return entry.pk
        before = entry.chain_hash
    return None
