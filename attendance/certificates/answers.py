"""What the check page answers: made from stored facts alone, each check by code that has just run."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext, ngettext

from attendance.certificates import facts, queries, states
from attendance.certificates.models import Certificate, Statement
from attendance.certificates.replying import (
    CERTIFICATE,
    CHANGED,
    STATEMENT,
    Answer,
    Check,
    Line,
    Row,
    Told,
    broken,
    day_in,
    ending,
    known,
    on,
    unchanged,
)
from attendance.certificates.wording import certificate
from attendance.certificates.wording.checking import ROLES
from attendance.certificates.wording.statement import total_line
from attendance.certificates.wording.tongue import period
from events.kernel.words import pick

ENDING = 5


def answer_for(number: str) -> Answer | None:
    """The answer for a number in groups of four; None if nothing was ever issued under it."""
    row = queries.by_number(number)
    if row is not None:
        return _of_certificate(row)
    statement = queries.statement_by_number(number)
    return _of_statement(statement) if statement is not None else None


def _of_certificate(row: Certificate) -> Answer:
    if not queries.intact(row):
        return broken(row.number, row.issued_at, kind=CERTIFICATE)
    record = queries.record_of(row)
    heading, advice = _first_line(row, record.zone)
    return Answer(
        number=row.number,
        good=row.state == states.ISSUED,
        heading=heading,
        advice=advice,
        compare=gettext(
            "Compare the name, the date and the minutes with the paper in your hand."
            " If they differ, the paper was altered."
        ),
        zone=record.zone,
        lines=tuple(lines_of(record)),
        checks=(
            known(row.number, row.issued_at, record.zone),
            unchanged(),
            _standing(row, record.zone),
        ),
        told=_told(row, record),
    )


def _told(row: Certificate, record: facts.CertificateFacts) -> Told:
    return Told(
        CERTIFICATE, row.state, day_in(record.issued_at, record.zone),
        first=day_in(record.starts_at, record.zone), last=day_in(record.ends_at, record.zone),
        minutes=((record.unit_minutes, record.minutes_counted, record.minutes_planned),),
    )  # fmt: skip


def _first_line(row: Certificate, zone: str) -> tuple[str, str]:
    if row.state == states.ISSUED:
        return gettext("We issued this certificate, and it is in force"), ""
    words = {"ended": ending(row, zone)}
    if row.state == states.REVOKED:
        advice = gettext("Do not accept it. %(ended)s") % words
        return gettext("This certificate was withdrawn"), advice
    words["ending"] = row.successor.number[-ENDING:] if row.successor else ""
    ask = gettext(
        "Do not accept it. %(ended)s Ask for the newer one; its number ends in %(ending)s."
    )
    return gettext("This certificate was replaced"), ask % words


def lines_of(record: facts.CertificateFacts) -> Iterator[Line]:
    """What a certificate says, in the reader's language; nothing that its paper does not show."""
    now = get_language() or "en"
    yield Line(gettext("Name"), record.holder_name, note=record.holder_school)
    yield Line(
        gettext("For"), record.title, language=record.title_language, note=pick(record.kind, now)
    )
    yield Line(gettext("Took part"), certificate.days(record), note=certificate.where(record))
    yield Line(gettext("Time counted"), certificate.minutes(record), note=certificate.unit(record))
    if record.show_percent:
        yield Line(gettext("Attendance"), certificate.percent(record))
    yield Line(gettext("Role"), gettext(ROLES[record.role]))
    yield Line(gettext("Issued by"), pick(record.issuer_name, now), note=_signed(record))
    yield Line(gettext("Issued"), on(record.issued_at, record.zone))


def _signed(record: facts.CertificateFacts) -> str:
    return gettext("Signed: %(name)s") % {"name": record.signatory_name}


def _standing(row: Certificate, zone: str) -> Check:
    if row.state == states.ISSUED:
        return Check(good=True, text=gettext("It has been neither withdrawn nor replaced"))
    text = (
        gettext("It has been withdrawn")
        if row.state == states.REVOKED
        else gettext("It has been replaced")
    )
    return Check(good=False, text=text, detail=ending(row, zone))


def _of_statement(row: Statement) -> Answer:
    if not queries.statement_intact(row):
        return broken(row.number, row.issued_at, kind=STATEMENT)
    record = queries.statement_record(row)
    rows = tuple(_rows(record))
    changed = sum(1 for each in rows if each.change)
    return Answer(
        number=row.number,
        good=not changed,
        heading=_statement_heading(changed),
        advice=gettext("The lines marked below no longer hold.") if changed else "",
        compare=gettext(
            "Compare the name, the period and the lines with the paper in your hand."
            " If they differ, the paper was altered."
        ),
        zone=record.zone,
        lines=tuple(_statement_lines(record)),
        checks=(
            known(row.number, row.issued_at, record.zone),
            unchanged(),
            _lines_stand(changed, len(rows)),
        ),
        told=_statement_told(record, changed),
        rows=rows,
    )


def _statement_told(record: facts.HoursStatementFacts, changed: int) -> Told:
    return Told(
        STATEMENT, CHANGED if changed else states.ISSUED, day_in(record.issued_at, record.zone),
        first=record.period_from, last=record.period_to,
        minutes=tuple((one.unit_minutes, one.minutes, None) for one in record.totals),
    )  # fmt: skip


def _statement_heading(changed: int) -> str:
    if not changed:
        return gettext("We issued this statement, and every line of it is in force")
    return ngettext(
        "We issued this statement; %(count)s line has changed since",
        "We issued this statement; %(count)s lines have changed since",
        changed,
    ) % {"count": changed}


def _statement_lines(record: facts.HoursStatementFacts) -> Iterator[Line]:
    yield Line(gettext("Name"), record.holder_name, note=record.holder_school)
    yield Line(gettext("Period"), period(record.period_from, record.period_to))
    for total in record.totals:
        yield Line(gettext("Total"), total_line(total))
    now = get_language() or "en"
    yield Line(gettext("Issued by"), pick(record.issuer_name, now))
    yield Line(gettext("Issued"), on(record.issued_at, record.zone))


def _rows(record: facts.HoursStatementFacts) -> Iterator[Row]:
    now = queries.by_numbers([row.number for row in record.rows])
    for row in record.rows:
        certificate_now = now[row.number]
        fine = certificate_now.state == states.ISSUED and queries.intact(certificate_now)
        yield Row(
            row.on, row.title, row.title_language, gettext(ROLES[row.role]), row.minutes_counted,
            row.unit_minutes, row.number, "" if fine else _change(certificate_now, record.zone),
        )  # fmt: skip


def _change(row: Certificate, zone: str) -> str:
    if row.state == states.ISSUED:
        return gettext("Our record of this certificate is damaged.")
    return ending(row, zone)


def _lines_stand(changed: int, total: int) -> Check:
    if not changed:
        text = ngettext(
            "The certificate behind it is in force",
            "All %(total)s certificates behind it are in force",
            total,
        )
        return Check(good=True, text=text % {"total": total})
    text = gettext("%(changed)s of %(total)s certificates behind it are no longer in force")
    return Check(good=False, text=text % {"changed": changed, "total": total})
