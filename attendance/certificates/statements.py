"""One paper for all hours of a period, as a promotion file takes it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from attendance.certificates import facts, numbers, paper, queries
from attendance.certificates.delivery import RecordDamaged
from attendance.certificates.models import Certificate, Statement
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, Missing, NotAllowed
from events.kernel.words import gettext_noop
from events.networks import queries as networks
from events.people import queries as people


class NothingToState(BadInput):
    """No certificate in force falls into the period."""

    code = "nothing_to_state"
    sentence = gettext_noop("No certificate in force falls into these days. Choose others.")


class PeriodWrong(BadInput):
    """The period ends before it begins."""

    code = "period_wrong"
    sentence = gettext_noop("The last day lies before the first. Exchange them.")


@transaction.atomic
def state(*, person_id: int, first: date, last: date, by: Actor, at: datetime) -> Statement:
    """Freeze a person's certificates in force between two local days, both included.

    Only the person may; raises NotAllowed, PeriodWrong, NothingToState, RecordDamaged, and what
    `paper.render_statement` raises for a name that cannot be printed.
    """
    if by.person_id is None or by.person_id != person_id:
        raise NotAllowed
    if last < first:
        raise PeriodWrong
    says = _compose(person_id, _rows(person_id, first, last), first, last, at=at)
    paper.render_statement(says)
    row = Statement.objects.create(
        number=says.number, person_id=person_id, facts=says.to_dict(), digest=facts.digest(says),
        issued_at=says.issued_at,
    )  # fmt: skip
    audit("statement_issued", by=by, at=at, thing="statement", thing_id=row.pk)
    return row


def own(number: str, *, by: Actor) -> Statement:
    """A statement for its holder alone; raises Missing."""
    row = queries.statement_by_number(number)
    if row is None or by.person_id is None or row.person_id != by.person_id:
        raise Missing
    return row


def _rows(person_id: int, first: date, last: date) -> list[Certificate]:
    held = queries.lock_in_force(person_id)
    if not all(queries.intact(row) for row in held):
        raise RecordDamaged
    found = [row for row in held if first <= on(queries.record_of(row)) <= last]
    if not found:
        raise NothingToState
    return sorted(found, key=lambda row: (on(queries.record_of(row)), row.number))


def on(record: facts.CertificateFacts) -> date:
    """The local day of the event of a certificate, or that on which its recording was watched."""
    return record.counts_from.astimezone(ZoneInfo(record.zone)).date()


def _compose(
    person_id: int, rows: list[Certificate], first: date, last: date, *, at: datetime
) -> facts.HoursStatementFacts:
    """What the statement says; country, language and zone are those of the last certificate."""
    records = [queries.record_of(row) for row in rows]
    latest, number = records[-1], numbers.draw()
    school = networks.school_at([person_id], on=at.date()).get(person_id)
    return facts.HoursStatementFacts(
        number=number, holder_name=people.cards([person_id])[person_id].name,
        holder_school=school.name if school else "", period_from=first, period_to=last,
        rows=tuple(_row(record) for record in records), issuer_name={"en": settings.KOLEGA_NAME},
        issued_at=at.replace(microsecond=0), zone=latest.zone, country=latest.country,
        language=latest.language, check_url=f"{settings.BASE_URL}/v/{number}",
    )  # fmt: skip


def _row(record: facts.CertificateFacts) -> facts.StatementRow:
    return facts.StatementRow(
        number=record.number, title=record.title, title_language=record.title_language,
        kind=record.kind, role=record.role, on=on(record),
        minutes_counted=record.minutes_counted, unit_minutes=record.unit_minutes,
        rule_version=record.rule_version,
    )  # fmt: skip
