"""Issue, replace and withdraw certificates."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.certificates import (
    compose,
    delivery,
    facts,
    letters,
    paper,
    policies,
    printable,
    queries,
    states,
)
from attendance.certificates.models import Certificate, Withheld
from attendance.presence import queries as presence
from events.backstage import jobs, post
from events.backstage.commands import audit, audit_all, record, record_all
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, Missing
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.registration import occasions, readers

if TYPE_CHECKING:
    from attendance.presence.models import VerdictRow
    from events.backstage.models import Job

BATCH = 25
EARNED = "present"


class ReasonUnknown(BadInput):
    """A withdrawal names one of the known reasons."""

    code = "reason_unknown"
    sentence = gettext_noop("Choose why the certificate is withdrawn.")


def bring_in_step(event_id: int, *, by: Actor, at: datetime, limit: int = BATCH) -> int:
    """Issue, replace and withdraw at most `limit` certificates of an event; returns how many were due.

    Compares the verdicts in force with the certificates in force and acts on the differences only:
    first issues in one transaction, every other in one of its own, so it can be stopped and
    repeated at any point.
    """
    due = queries.differences(event_id)
    if not due:
        return 0
    common = compose.setting_of(event_id)
    first = [one.person_id for one in due[:limit] if one.what == "issue"]
    _issue_first(common, first, by=by, at=at)
    for difference in due[:limit]:
        if difference.what != "issue":
            _settle_one(common, difference.person_id, by=by, at=at)
    return len(due)


@transaction.atomic
def _issue_first(
    common: compose.Setting, person_ids: list[int], *, by: Actor, at: datetime
) -> None:
    """Issue for people who have no certificate of the event; the rows are as if issued one by one."""
    event_id = common.outline.event_id
    verdicts = presence.locked_verdicts(event_id, person_ids)
    there = queries.of_event(event_id)
    due = [pk for pk in person_ids if pk not in there and _earned(common, verdicts.get(pk))]
    holders = compose.holders(common, due)
    says = {pk: compose.compose(common, verdicts[pk], at=at, holder=holders[pk]) for pk in due}
    printable = [pk for pk in due if _is_printable(event_id, pk, says[pk], at=at)]
    new = Certificate.objects.bulk_create(
        _row(says[pk], event_id, pk, verdicts[pk].version, at=at) for pk in printable
    )
    changes: dict[int, dict[str, object]] = {row.pk: {} for row in new}
    audit_all("certificate_issued", by=by, at=at, thing="certificate", changes=changes)
    record_all([facts.CertificateIssued(certificate_id=row.pk) for row in new], at=at)


def _earned(common: compose.Setting, verdict: "VerdictRow | None") -> bool:
    return verdict is not None and verdict.status == EARNED and common.outline.certificate


def _is_printable(
    event_id: int, person_id: int, says: facts.CertificateFacts, *, at: datetime
) -> bool:
    """Whether the paper can be made; if not, it is noted why it is withheld."""
    try:
        printable.check_certificate(says)
    except (paper.NameMissing, paper.GlyphMissing) as error:
        Withheld.objects.update_or_create(
            event_id=event_id, person_id=person_id,
            defaults={"code": error.code, "values": error.data, "since": at},
        )  # fmt: skip
        return False
    return True


@transaction.atomic
def _settle_one(common: compose.Setting, person_id: int, *, by: Actor, at: datetime) -> None:
    event_id = common.outline.event_id
    verdict = presence.locked_verdict(event_id, person_id)
    there = (
        Certificate.objects.select_for_update()
        .filter(event_id=event_id, person_id=person_id, state=states.ISSUED)
        .first()
    )
    if verdict is None or not _earned(common, verdict):
        if there is not None:
            _end(there, "revoke", "attendance_corrected", "", by=by, at=at)
        return
    if there is None or not queries.says(there, verdict):
        _issue(common, verdict, there, by=by, at=at)


def _issue(
    common: compose.Setting,
    verdict: "VerdictRow",
    former: Certificate | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    event_id, person_id = common.outline.event_id, verdict.person_id
    says = compose.compose(common, verdict, at=at)
    if not _is_printable(event_id, person_id, says, at=at):
        return
    Withheld.objects.filter(event_id=event_id, person_id=person_id).delete()
    if former is not None:
        _end(former, "supersede", "attendance_corrected", "", by=by, at=at)
    new = _write(says, event_id, person_id, verdict.version, by=by, at=at)
    if former is not None:
        former.successor = new
        former.save(update_fields=["successor"])


def _write(
    says: facts.CertificateFacts, event_id: int, person_id: int, version: int, *, by: Actor,
    at: datetime,
) -> Certificate:  # fmt: skip
    new = _row(says, event_id, person_id, version, at=at)
    new.save(force_insert=True)
    audit("certificate_issued", by=by, at=at, thing="certificate", thing_id=new.pk)
    record(facts.CertificateIssued(certificate_id=new.pk), at=at)
    return new


def _row(
    says: facts.CertificateFacts, event_id: int, person_id: int, version: int, *, at: datetime
) -> Certificate:
    return Certificate(
        number=says.number, event_id=event_id, person_id=person_id, facts=says.to_dict(),
        digest=facts.digest(says), verdict_version=version, issued_at=at,
        completed_at=says.completed_at,
    )  # fmt: skip


def _end(row: Certificate, deed: str, reason: str, note: str, *, by: Actor, at: datetime) -> None:
    row.state = step(states.CERTIFICATE, row.state, deed)
    row.ended_at, row.end_reason, row.end_note = at, reason, note[:300]
    row.save(update_fields=["state", "ended_at", "end_reason", "end_note"])
    audit(f"certificate_{row.state}", by=by, at=at, thing="certificate", thing_id=row.pk,
          changes={"reason": [None, reason]})  # fmt: skip
    record(facts.CertificateEnded(certificate_id=row.pk), at=at)


def _locked(number: str, *, by: Actor) -> Certificate:
    row = Certificate.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise Missing
    policies.require_may_withdraw(by, row)
    return row


@transaction.atomic
def revoke(number: str, *, reason: str, note: str, by: Actor, at: datetime) -> Certificate:
    """Withdraw a certificate for one of `states.REASONS`; its page says so for ever."""
    row = _locked(number, by=by)
    if reason not in states.REASONS:
        raise ReasonUnknown
    _end(row, "revoke", reason, note, by=by, at=at)
    return row


@transaction.atomic
def reissue(number: str, *, reason: str, note: str, by: Actor, at: datetime) -> Certificate:
    """Replace a certificate by one that says what is true now (a corrected name, say)."""
    former = _locked(number, by=by)
    if reason not in states.REASONS:
        raise ReasonUnknown
    verdict = presence.locked_verdict(former.event_id, former.person_id)
    if verdict is None or verdict.status != EARNED:
        raise Missing
    _end(former, "supersede", reason, note, by=by, at=at)
    says = compose.compose(compose.setting_of(former.event_id), verdict, at=at)
    paper.render_certificate(says)
    new = _write(says, former.event_id, former.person_id, verdict.version, by=by, at=at)
    former.successor = new
    former.save(update_fields=["successor"])
    return new


def prepare(event_id: int, *, place: str, by: Actor, at: datetime) -> "Job":
    """Draw all papers of an event in a job; `place` is the page to come back to."""
    return jobs.start(
        "papers",
        key=f"event:{event_id}",
        params={"event_id": event_id, "place": place},
        by=by,
        at=at,
        total=len(queries.of_event(event_id)),
    )


def prepare_step(event_id: int, *, limit: int = BATCH) -> tuple[int, bool]:
    """Draw at most `limit` papers that are not kept yet; how many, and whether all are there."""
    rows = [row for row in queries.of_event(event_id).values() if not delivery.is_kept(row)]
    for row in rows[:limit]:
        delivery.certificate_pdf(row)
    return min(limit, len(rows)), len(rows) <= limit


@transaction.atomic
def tell_short(event_id: int, *, from_row: int, at: datetime) -> int:
    """Write to the next people who fell short; a letter per verdict, once for ever."""
    rows = presence.short_of(event_id, from_row=from_row, limit=BATCH)
    this = occasions.occasion(event_id)
    for row, reader in zip(rows, readers.readers(row.person for row in rows), strict=True):
        if reader.address.reachable:
            with occasions.speaking_to(reader):
                post.queue(letters.short(this, reader, row), at=at)
    return len(rows)
