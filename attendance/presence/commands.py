"""Record who was there, correct it, and judge it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import completion, policies, queries, rules
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.facts import PresenceSettled
from attendance.presence.models import Settlement, SightingRow, VerdictRow
from events.backstage.commands import audit, record
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError
from events.kernel.words import gettext_noop
from events.programme import queries as programme
from events.registration import queries as registration

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.programme.models import Event, Part


class NotOnRoster(BadInput):
    """Presence is recorded for people of the event."""

    code = "not_on_roster"
    sentence = gettext_noop("This person is not registered. Add them at the door first.")


class ReasonMissing(BadInput):
    """A correction says why."""

    code = "reason_missing"
    sentence = gettext_noop("Say in a few words why you correct this time.")


class OrderWrong(BadInput):
    """The end stands before the start."""

    code = "end_before_start"
    sentence = gettext_noop("The end must be after the start.")


class NotStarted(DomainError):
    """Nobody can have been there yet."""

    code = "not_started"
    status = 409
    sentence = gettext_noop("The event has not begun. The list opens on the day.")


def _keeping(event_id: int, *, by: Actor) -> "Event":
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    return event


def _require_on_roster(event_id: int, person_ids: Iterable[int]) -> None:
    known = {entry.person_id for entry in registration.roster(event_id)}
    if not known.issuperset(person_ids):
        raise NotOnRoster


@transaction.atomic
def check_in(
    event_id: int, *, person_id: int, by: Actor, at: datetime, seen_at: datetime, key: str = "",
    part_id: int | None = None,
) -> SightingRow:  # fmt: skip
    """Somebody came through the door at `seen_at`; the same person or key again changes nothing.

    `part_id` is the part they came to, by default the one that is on or next. The leaving is not
    seen, so the end is presumed until a check-out or a list says otherwise.
    """
    event = _keeping(event_id, by=by)
    _require_on_roster(event_id, [person_id])
    lock(event_id)
    part = _part(event_id, part_id, at=seen_at)
    there = _at_door(part, person_id).filter(ends_at__isnull=True).first()
    if there is not None:
        return there
    row = _see(
        event, part, person_id=person_id, mode=Mode.ROOM, starts_at=seen_at, ends_at=None,
        evidence=Evidence.MEASURED, source=SightingRow.Source.DOOR, by=by, at=at, key=key or None,
    )  # fmt: skip
    audit("checked_in", by=by, at=at, thing="event", thing_id=event_id,
          changes={"person": [None, person_id]})  # fmt: skip
    return row


@transaction.atomic
def check_out(
    event_id: int, *, person_id: int, by: Actor, at: datetime, seen_at: datetime,
    part_id: int | None = None,
) -> None:  # fmt: skip
    """Somebody left a part at `seen_at`; nothing happens if they never came."""
    _keeping(event_id, by=by)
    rows = _at_door(_part(event_id, part_id, at=seen_at), person_id).select_for_update()
    rows.filter(ends_at__isnull=True, starts_at__lte=seen_at).update(ends_at=seen_at)
    audit("checked_out", by=by, at=at, thing="event", thing_id=event_id,
          changes={"person": [None, person_id]})  # fmt: skip


@transaction.atomic
def undo_check_in(
    event_id: int, *, person_id: int, by: Actor, at: datetime, part_id: int | None = None
) -> None:
    """Take a check-in at a part back; the row stays, withdrawn."""
    _keeping(event_id, by=by)
    _at_door(_part(event_id, part_id, at=at), person_id).update(withdrawn_at=at)
    audit("check_in_undone", by=by, at=at, thing="event", thing_id=event_id,
          changes={"person": [person_id, None]})  # fmt: skip


@transaction.atomic
def attest(
    event_id: int, *, person_ids: Iterable[int], by: Actor, at: datetime,
    starts_at: datetime | None = None, ends_at: datetime | None = None,
    part_id: int | None = None,
) -> int:  # fmt: skip
    """Take over the signed list of a part: these people were in the room, by default all the time.

    `part_id` is by default the part that began last. Replaces an earlier list of that part for the
    same people; returns how many are on it.
    """
    _keeping(event_id, by=by)
    part = queries.begun_part(event_id, part_id, at=at)
    if at < part.starts_at:
        raise NotStarted
    start, end = starts_at or part.starts_at, ends_at or part.ends_at
    if end <= start:
        raise OrderWrong
    people = sorted(set(person_ids))
    _require_on_roster(event_id, people)
    lock(event_id)
    _withdraw(event_id, people, SightingRow.Source.PAPER, at=at, part_id=part.pk)
    SightingRow.objects.bulk_create(
        SightingRow(
            event_id=event_id, part_id=part.pk, person_id=person_id, mode=Mode.ROOM,
            starts_at=start, ends_at=end, evidence=Evidence.ATTESTED,
            source=SightingRow.Source.PAPER, by_id=by.person_id, recorded_at=at,
        )
        for person_id in people
    )  # fmt: skip
    audit("list_attested", by=by, at=at, thing="event", thing_id=event_id,
          changes={"people": [None, len(people)]})  # fmt: skip
    judge_again(event_id, by=by, at=at)
    return len(people)


@transaction.atomic
def correct(
    event_id: int, *, person_id: int, mode: str, starts_at: datetime, ends_at: datetime,
    reason: str, by: Actor, at: datetime, part_id: int | None = None,
) -> SightingRow:  # fmt: skip
    """Say when somebody was at a part, and why this is known better; first records are kept.

    `part_id` is by default the part in which `starts_at` lies. Equal start and end say that the
    person was not there; what is known of other parts still counts.
    """
    event = _keeping(event_id, by=by)
    if not reason.strip():
        raise ReasonMissing
    if ends_at < starts_at:
        raise OrderWrong
    _require_on_roster(event_id, [person_id])
    lock(event_id)
    row = _see(
        event, _part(event_id, part_id, at=starts_at), person_id=person_id, mode=Mode(mode), starts_at=starts_at, ends_at=ends_at,
        evidence=Evidence.CORRECTED, source=SightingRow.Source.CORRECTION, by=by, at=at,
        reason=reason.strip()[:300],
    )  # fmt: skip
    audit("presence_corrected", by=by, at=at, thing="event", thing_id=event_id,
          changes={"person": [None, person_id]})  # fmt: skip
    judge_again(event_id, by=by, at=at)
    return row


@transaction.atomic
def drop_corrections(event_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Undo: let the first records of a person count again."""
    _keeping(event_id, by=by)
    _withdraw(event_id, [person_id], SightingRow.Source.CORRECTION, at=at)
    audit("correction_dropped", by=by, at=at, thing="event", thing_id=event_id,
          changes={"person": [person_id, None]})  # fmt: skip
    judge_again(event_id, by=by, at=at)


def _withdraw(
    event_id: int, people: list[int], source: str, *, at: datetime, part_id: int | None = None
) -> None:
    rows = SightingRow.objects.filter(
        event_id=event_id, person_id__in=people, source=source, withdrawn_at__isnull=True
    )
    (rows.filter(part_id=part_id) if part_id else rows).update(withdrawn_at=at)


def _part(event_id: int, part_id: int | None, *, at: datetime) -> "Part":
    """The part asked for, else the one that is on or next at an instant; raises Missing."""
    if part_id is not None:
        return programme.part_of(event_id, part_id)
    return programme.part_near(programme.parts_of(event_id), at=at)


def _at_door(part: "Part", person_id: int) -> "QuerySet[SightingRow]":
    return SightingRow.objects.filter(
        part_id=part.pk, person_id=person_id, source=SightingRow.Source.DOOR,
        withdrawn_at__isnull=True,
    )  # fmt: skip


def lock(event_id: int) -> Settlement:
    """Let one writer at a time change the evidence of an event."""
    rows = Settlement.objects.select_for_update().filter(event_id=event_id)
    there = rows.first()
    if there is not None:
        return there
    Settlement.objects.get_or_create(event_id=event_id)
    return rows.get()


def _see(
    event: "Event", part: "Part", *, person_id: int, mode: Mode, starts_at: datetime, ends_at: datetime | None,
    evidence: Evidence, source: str, by: Actor, at: datetime, reason: str = "",
    key: str | None = None,
) -> SightingRow:  # fmt: skip
    return SightingRow.objects.create(
        event_id=event.pk, part_id=part.pk, person_id=person_id, mode=mode, starts_at=starts_at,
        ends_at=ends_at, evidence=evidence, source=source, reason=reason, key=key,
        by_id=by.person_id, recorded_at=at,
    )  # fmt: skip


def judge_again(event_id: int, *, by: Actor, at: datetime) -> None:
    """Write new verdicts where the event was settled already."""
    settlement = queries.settlement_of(event_id)
    if settlement and settlement.state == Settlement.State.SETTLED:
        settle(event_id, by=by, at=at)


@transaction.atomic
def settle(event_id: int, *, by: Actor, at: datetime, person_id: int | None = None) -> int:
    """Judge everybody under the event's rule; returns the version, new only when something changed.

    With `person_id` that person alone, after the event was settled for all.
    """
    settlement = lock(event_id)
    rule = queries.rule_of(event_id, at=at)
    judged = queries.judge(event_id, at=at, person_id=person_id, rule=rule)
    verdicts = completion.concerned(event_id, judged)
    before = queries.current_verdicts(event_id)
    changed = {
        person: verdict
        for person, verdict in verdicts.items()
        if person not in before or _values(verdict) != _values_of(before[person])
    }
    gone = [person for person in before if person not in verdicts and person_id in {None, person}]
    if settlement.version and not changed and not gone:
        return settlement.version
    settlement.version += 1
    settlement.state = Settlement.State.SETTLED
    settlement.rule, settlement.settled_at = asdict(rule), at
    settlement.save()
    completed = {
        person: completion.completed_at(event_id, person, it, before=before.get(person), at=at)
        for person, it in changed.items()
    }
    _write(event_id, changed, gone, settlement.version, completed=completed, at=at)
    audit("presence_settled", by=by, at=at, thing="event", thing_id=event_id,
          changes={"version": [settlement.version - 1, settlement.version]})  # fmt: skip
    record(PresenceSettled(event_id=event_id, version=settlement.version), at=at)
    return settlement.version


def _write(
    event_id: int, changed: dict[int, rules.Verdict], gone: list[int], version: int, *,
    completed: dict[int, datetime | None], at: datetime,
) -> None:  # fmt: skip
    VerdictRow.objects.filter(
        event_id=event_id, person_id__in=[*changed, *gone], current=True
    ).update(current=False)
    VerdictRow.objects.bulk_create(
        VerdictRow(
            event_id=event_id, person_id=person, version=version, judged_at=at,
            completed_at=completed[person], **_values(it),
        )
        for person, it in changed.items()
    )  # fmt: skip


NAMES = (
    "minutes_counted", "minutes_planned", "minutes_room", "minutes_online", "minutes_recording",
    "percent", "unit_minutes", "rule_version",
)  # fmt: skip


def _values(verdict: rules.Verdict) -> dict[str, object]:
    return {
        **{name: getattr(verdict, name) for name in NAMES},
        "status": verdict.status.value,
        "evidence": verdict.evidence.value,
        "reasons": [[reason.code, dict(reason.values)] for reason in verdict.reasons],
    }


def _values_of(row: VerdictRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in (*NAMES, "status", "evidence", "reasons")}
