"""Who was there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from attendance.presence import rules
from attendance.presence.evidence import Evidence, Mode, Sighting, Timetable
from attendance.presence.models import (
    Excuse,
    ReportImport,
    RuleVersion,
    Settlement,
    SightingRow,
    VerdictRow,
)
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import queries as registration

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.programme.models import Event, Part

FIRST_RULE: dict[str, Any] = {"version": "2026-1", "min_pct": 80, "denominator": "scheduled"}
# Kinds whose talks somebody who could not come may watch afterwards, and be credited for.
WATCHABLE = frozenset({"teachmeet", "webinar", "lecture", "course-module", "conference"})
WATCHED_RULE: dict[str, Any] = {
    **FIRST_RULE, "version": "2026-2", "recording_weight": 100, "recording_max": 100,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One person's line of the board."""

    person_id: int
    name: str
    school: str
    way: str
    walk_in: bool
    verdict: rules.Verdict


def rule_for(kind: str, *, at: datetime) -> rules.Rule:
    """The rule in force for a kind of event at an instant."""
    rows = RuleVersion.objects.filter(kind__in=[kind, ""], valid_from__lte=at)
    row = max(rows, key=lambda item: (item.kind == kind, item.valid_from), default=None)
    first = WATCHED_RULE if kind in WATCHABLE else FIRST_RULE
    return rules.Rule(**(row.body if row else first))


def rule_of(event_id: int, *, at: datetime) -> rules.Rule:
    """The rule an event is judged by: frozen at its first settlement, else the one in force."""
    settlement = Settlement.objects.filter(event_id=event_id).first()
    if settlement and settlement.rule:
        return rules.Rule(**settlement.rule)
    outline = programme.outline(event_id)
    return rule_for(outline.kind, at=min(at, outline.starts_at))


def timetables_of(event_id: int) -> dict[int, Timetable]:
    """When each part that takes place was planned, and when reports say it was really held."""
    reports = reports_of(event_id).filter(state=ReportImport.State.TAKEN)
    held = list(reports.values_list("part_id", "held_start", "held_end"))
    return {
        part.pk: Timetable(
            start=part.starts_at,
            end=part.ends_at,
            held_start=min(
                (start for pk, start, _ in held if pk == part.pk and start), default=None
            ),
            held_end=max((end for pk, _, end in held if pk == part.pk and end), default=None),
        )
        for part in programme.parts_of(event_id)
    }


def begun_part(event_id: int, part_id: int | None, *, at: datetime) -> "Part":
    """The part asked for, else the one that began last, else the first; raises Missing."""
    if part_id is not None:
        return programme.part_of(event_id, part_id)
    parts = programme.parts_of(event_id)
    return next((part for part in reversed(parts) if part.starts_at <= at), parts[0])


def named_in(report_id: int) -> tuple[int, int]:
    """How many people of a report are known by name here, and how many wait to be named."""
    rows = SightingRow.objects.filter(report_id=report_id, withdrawn_at__isnull=True)
    found = rows.aggregate(
        known=Count("seen_key", distinct=True, filter=~Q(person_id=None)),
        waiting=Count("seen_key", distinct=True, filter=Q(person_id=None, matched_by="")),
    )
    return found["known"], found["waiting"]


def reports_of(event_id: int) -> "QuerySet[ReportImport]":
    """Reports handed in for an event and not withdrawn, oldest first, without their content."""
    rows = ReportImport.objects.filter(event_id=event_id, withdrawn_at__isnull=True)
    return rows.defer("content").select_related("by").order_by("pk")


def versions_of(part_id: int, *, source: str, ref: str) -> "QuerySet[ReportImport]":
    """Every version of the report of one meeting that a service was asked for, withdrawn ones too."""
    return ReportImport.objects.filter(part_id=part_id, source=source, source_ref=ref)


def parts_with_reports(part_ids: Iterable[int]) -> set[int]:
    """Those of the parts for which a report of a meeting counts."""
    rows = ReportImport.objects.filter(part_id__in=list(part_ids), withdrawn_at=None)
    return set(rows.filter(state=ReportImport.State.TAKEN).values_list("part_id", flat=True))


def report_of(event_id: int, report_id: int) -> ReportImport:
    """One report of an event with its content; raises Missing."""
    row = reports_of(event_id).defer(None).filter(pk=report_id).first()
    if row is None:
        raise Missing
    return row


def records_of(event_id: int, person_id: int) -> list[SightingRow]:
    """Every record of a person at an event, withdrawn ones too, in the order of recording."""
    rows = SightingRow.objects.filter(event_id=event_id, person_id=person_id)
    return list(rows.select_related("by", "report").order_by("pk"))


def sightings_of(event_id: int, *, person_id: int | None = None) -> list[SightingRow]:
    """Evidence in force, of everybody or of one person, in the order it was recorded."""
    rows = SightingRow.objects.filter(event_id=event_id, withdrawn_at__isnull=True)
    return list((rows.filter(person_id=person_id) if person_id else rows).order_by("pk"))


def were_there(event_id: int) -> set[int]:
    """Ids of people seen in the room or in the meeting, by evidence in force; not with a recording."""
    rows = SightingRow.objects.filter(event_id=event_id, withdrawn_at=None, person_id__isnull=False)
    return set(rows.exclude(mode=Mode.RECORDING).values_list("person_id", flat=True))


def excuses_of(event_id: int) -> dict[int, str]:
    """The reasons of those excused, by person."""
    rows = Excuse.objects.filter(event_id=event_id, withdrawn_at__isnull=True)
    return dict(rows.values_list("person_id", "reason"))


def excuses_for(event_id: int, person_id: int) -> list[Excuse]:
    """Every excuse of a person at an event, withdrawn ones too, in the order of recording."""
    rows = Excuse.objects.filter(event_id=event_id, person_id=person_id)
    return list(rows.select_related("by").order_by("pk"))


def unmatched(event_id: int) -> list[SightingRow]:
    """Sightings of people nobody has named yet."""
    return [row for row in sightings_of(event_id) if row.person_id is None]


def waiting(event_id: int) -> int:
    """How many people of reports wait to be named; those set aside do not."""
    rows = SightingRow.objects.filter(
        event_id=event_id, withdrawn_at=None, person_id__isnull=True, matched_by=""
    )
    return rows.values("report_id", "seen_key").distinct().count()


def _uncorrected(rows: list[SightingRow]) -> list[SightingRow]:
    """Without corrections that a later one of the same person and part replaced."""
    correction = SightingRow.Source.CORRECTION
    latest = {(row.person_id, row.part_id): row.pk for row in rows if row.source == correction}
    return [
        row
        for row in rows
        if row.source != correction or latest[row.person_id, row.part_id] == row.pk
    ]


def as_evidence(rows: Iterable[SightingRow]) -> list[Sighting]:
    """Rows as the rules read them. The last correction of a person replaces earlier ones of a part."""
    held = _uncorrected(list(rows))
    return [
        Sighting(
            person=row.person_id, mode=Mode(row.mode), start=row.starts_at, end=row.ends_at,
            evidence=Evidence(row.evidence), source=row.source, waiting=row.waiting,
            last_sign=row.last_sign_at,
        )
        for row in held
    ]  # fmt: skip


def by_part(
    rows: Iterable[SightingRow], timetables: Mapping[int, Timetable]
) -> list[tuple[Timetable, list[Sighting]]]:
    """Evidence under the timetable of its part; what was seen at a part called off counts nowhere."""
    found: dict[int, list[SightingRow]] = {}
    for row in rows:
        found.setdefault(row.part_id, []).append(row)
    return [
        (timetable, as_evidence(found.get(part_id, [])))
        for part_id, timetable in timetables.items()
    ]


def _seen(event_id: int, person_id: int | None) -> dict[int, list[SightingRow]]:
    """The evidence in force of everybody registered or seen, or of one person."""
    if person_id is not None:
        return {person_id: sightings_of(event_id, person_id=person_id)}
    found: dict[int, list[SightingRow]] = {
        entry.person_id: [] for entry in registration.roster(event_id)
    }
    for row in sightings_of(event_id):
        if row.person_id is not None:
            found.setdefault(row.person_id, []).append(row)
    return found


def judge(
    event_id: int, *, at: datetime, person_id: int | None = None, rule: rules.Rule | None = None
) -> dict[int, rules.Verdict]:
    """A verdict for everybody registered or seen (or one person), as the evidence stands now.

    The rule is by default the event's.
    """
    seen = _seen(event_id, person_id)
    timetables, rule = timetables_of(event_id), rule or rule_of(event_id, at=at)
    excused = excuses_of(event_id)
    return {
        person: rules.settle_parts(
            parts=by_part(rows, timetables), rule=rule, excused=person in excused
        )
        for person, rows in seen.items()
    }


def board(event_id: int, *, at: datetime) -> list[Line]:
    """Everybody registered, with the verdict as the evidence stands now, by name."""
    verdicts = judge(event_id, at=at)
    return [
        Line(entry.person_id, entry.name, entry.school, entry.way, entry.walk_in,
             verdicts[entry.person_id])
        for entry in registration.roster(event_id)
    ]  # fmt: skip


def settlement_of(event_id: int) -> Settlement | None:
    """Where an event's attendance stands; None before anything was settled."""
    return Settlement.objects.filter(event_id=event_id).first()


def locked_verdict(event_id: int, person_id: int) -> VerdictRow | None:
    """The verdict in force, locked until the transaction ends."""
    rows = VerdictRow.objects.select_for_update()
    return rows.filter(event_id=event_id, person_id=person_id, current=True).first()


def locked_verdicts(event_id: int, person_ids: Iterable[int]) -> dict[int, VerdictRow]:
    """The verdicts in force of several people, locked in the order of their ids."""
    rows = VerdictRow.objects.select_for_update().filter(
        event_id=event_id, person_id__in=list(person_ids), current=True
    )
    return {row.person_id: row for row in rows.order_by("person_id")}


def current_verdicts(event_id: int) -> Mapping[int, VerdictRow]:
    """The verdicts in force by person, as last settled."""
    rows = VerdictRow.objects.filter(event_id=event_id, current=True)
    return {row.person_id: row for row in rows}


def verdicts_of(person_id: int) -> list[VerdictRow]:
    """A person's verdicts in force at all events."""
    return list(VerdictRow.objects.filter(person_id=person_id, current=True).order_by("pk"))


def short_of(event_id: int, *, from_row: int, limit: int) -> list[VerdictRow]:
    """Verdicts in force of people who were there for too short, from a row on, in fixed order."""
    rows = VerdictRow.objects.filter(event_id=event_id, current=True, status="partial")
    return list(rows.select_related("person").order_by("pk")[from_row : from_row + limit])


@dataclass(frozen=True)
class Turnout:
    """How many were there, and how many of them for long enough."""

    attended: int
    met: int


def turnout(event_ids: "QuerySet[Event, int]") -> Turnout:
    """Settled presence at several events, given as a subquery of ids."""
    rows = VerdictRow.objects.filter(event_id__in=event_ids, current=True)
    found = rows.aggregate(
        attended=Count("pk", filter=Q(minutes_counted__gt=0)),
        met=Count("pk", filter=Q(status="present")),
    )
    return Turnout(found["attended"], found["met"])
