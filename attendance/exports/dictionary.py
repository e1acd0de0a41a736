"""The data dictionary of the ministry file: every column with its meaning, in file order.

It ships inside every batch. Columns are only ever added at the end; VERSION rises with each change,
and FORMER keeps the words of earlier ones for batches that were frozen with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

VERSION = "2"


@dataclass(frozen=True)
class Column:
    """One column: its name in the header, its type and unit, and what it says."""

    name: str
    kind: str
    says: str


COLUMNS: tuple[Column, ...] = (
    Column("certificate_number", "text", "Number printed on the certificate, XXXX-XXXX-XXXX"),
    Column("certificate_state", "code", "issued, superseded or revoked, as of the batch's instant"),
    Column("change", "code", "new, changed or unchanged since the batch before of the same term"),
    Column("identifier_scheme", "code", "Scheme of the official identifier, such as hr.oib"),
    Column("identifier", "text", "Official identifier of the person; empty in the second file"),
    Column("name", "text", "Name as printed on the certificate"),
    Column("school_code", "text", "National code of the person's school on the day of the event"),
    Column("school", "text", "Name of that school as printed on the certificate"),
    Column("event", "text", "Short name of the event in addresses of the service"),
    Column("event_title", "text", "Title of the event, in its own language"),
    Column("kind", "code", "Kind of event, such as teachmeet"),
    Column("role", "code", "participant, presenter, organiser and so on"),
    Column("mode", "code", "in_person, online, recorded; several are joined by +"),
    Column(
        "date",
        "date",
        "Local date on which the line counts: of the start, or, where watching a recording "
        "completed it, of that moment; ISO 8601",
    ),
    Column("minutes_counted", "integer, minutes", "Minutes of presence that count"),
    Column("minutes_planned", "integer, minutes", "Planned minutes they are measured against"),
    Column(
        "hours", "decimal, hours of the scheme", "Hours credited by the scheme named in this line"
    ),
    Column("unit_minutes", "integer, minutes", "Minutes that the scheme calls one hour: 45 or 60"),
    Column("evidence", "code", "measured, presumed, attested or corrected"),
    Column("rule_version", "text", "Version of the rule that judged presence"),
    Column("scheme", "code", "Scheme of recognition"),
    Column("scheme_version", "text", "Version of that scheme"),
    Column("issued_at", "instant", "When the certificate was issued, ISO 8601, UTC"),
    Column("ended_at", "instant", "When it was replaced or withdrawn; empty while in force"),
    Column("end_reason", "code", "Why it was replaced or withdrawn"),
    Column("replaced_by", "text", "Number of the certificate that took its place"),
)

EXTRA: tuple[Column, ...] = (
    Column("missing", "code", "What the line lacks: identifier or school_code"),
    Column("owner", "text", "Who can mend it: the school's coordinator, else the school"),
)

FORMER: Mapping[str, Mapping[str, str]] = {
    "1": {"date": "Local date of the start, ISO 8601"},
}


def as_of(version: str) -> tuple[Column, ...]:
    """Every column in the words of a version."""
    said = FORMER.get(version, {})
    return tuple(replace(one, says=said.get(one.name, one.says)) for one in COLUMNS + EXTRA)


NAMES = tuple(column.name for column in COLUMNS)
OTHER_NAMES = NAMES + tuple(column.name for column in EXTRA)
