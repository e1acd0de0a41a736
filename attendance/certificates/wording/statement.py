"""The words of a statement of hours."""

import functools

from django.utils import formats
from django.utils.translation import gettext, gettext_noop

from attendance.certificates.facts import HoursStatementFacts, StatementRow, UnitTotal
from attendance.certificates.wording.checking import ROLES, common, issued
from attendance.certificates.wording.tongue import Sheet, Tongue, active, document, period, primary
from events.kernel import words

_COLUMNS = (
    gettext_noop("Date"),
    gettext_noop("Event"),
    gettext_noop("Role"),
    gettext_noop("Minutes"),
    gettext_noop("1 hour ="),
    gettext_noop("Certificate"),
)


def sheet(facts: HoursStatementFacts) -> Sheet:
    """Everything the template of a statement prints, beside the name and the QR code."""
    tongue = Tongue.of(facts.language)
    return {
        **common(facts, tongue),
        "document": tongue.say(lambda: document(gettext("Statement of hours"), facts.holder_name)),
        "heading": tongue.both(lambda: gettext("Statement of hours")),
        "school": facts.holder_school,
        "period": tongue.both(lambda: period(facts.period_from, facts.period_to)),
        "columns": [tongue.both(functools.partial(gettext, each)) for each in _COLUMNS],
        "rows": tongue.say(lambda: [_row(row) for row in facts.rows]),
        "total-heading": tongue.both(lambda: gettext("Total")),
        "totals": [tongue.both(functools.partial(total_line, each)) for each in facts.totals],
        "rules": tongue.both(lambda: _rules(facts)), "issued": tongue.both(lambda: issued(facts)),
    }  # fmt: skip


def _row(row: StatementRow) -> Sheet:
    return {
        "on": formats.date_format(row.on, "SHORT_DATE_FORMAT"),
        "kind": words.pick(row.kind, active()),
        "title": row.title,
        "title-lang": primary(row.title_language),
        "role": gettext(ROLES[row.role]),
        "minutes": str(row.minutes_counted),
        "unit": gettext("%(minutes)s min") % {"minutes": row.unit_minutes},
        "number": row.number,
    }


def total_line(total: UnitTotal) -> str:
    """All minutes of one unit, and the hours they are."""
    return gettext(
        "Counted with 1 hour = %(unit)s min: %(minutes)s min, that is %(hours)s h %(rest)s min"
    ) % {
        "unit": total.unit_minutes,
        "minutes": total.minutes,
        "hours": total.hours,
        "rest": total.rest,
    }


def _rules(facts: HoursStatementFacts) -> str:
    rules = sorted({row.rule_version for row in facts.rows})
    return gettext("Certificates: %(count)s. Rules: %(rules)s.") % {
        "count": len(facts.rows),
        "rules": ", ".join(rules),
    }
