"""One answer for several people of the board: there all the time, not there, or excused."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from attendance.presence import commands, policies
from attendance.presence.evidence import Evidence, Mode
from attendance.presence.models import Excuse, SightingRow
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.programme import queries as programme
from events.registration import queries as registration

if TYPE_CHECKING:
    from events.programme.models import Event, Part

ROOM, ONLINE, EXCUSED, ABSENT = "room", "online", "excused", "absent"
ANSWERS = (ROOM, ONLINE, EXCUSED, ABSENT)


class NobodyTicked(BadInput):
    """A deed for several people needs at least one."""

    code = "nobody_ticked"
    sentence = gettext_noop("Tick the people this is for.")


class AnswerUnknown(BadInput):
    """There are four answers, and each way of taking part must be offered."""

    code = "presence_answer_unknown"
    sentence = gettext_noop("Choose one of the answers shown.")


@transaction.atomic
def mark(
    event_id: int, *, person_ids: Iterable[int], answer: str, reason: str, by: Actor, at: datetime
) -> int:
    """Give several people of an event one answer for one reason; returns how many.

    `room` and `online`: there for the whole plan; `absent`: not there; each is a correction, and
    the first records are kept. `excused`: not there for a good reason; it adds no minute, and who
    was there long enough stays credited. The last answer counts. Raises NobodyTicked,
    AnswerUnknown, ReasonMissing, NotOnRoster, NotStarted.
    """
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    people = sorted(set(person_ids))
    _require(event, people, answer, reason, at=at)
    commands.lock(event_id)
    drop_excuses(event_id, people, at=at)
    if answer == EXCUSED:
        _excuse(event_id, people, reason, by=by, at=at)
    else:
        SightingRow.objects.bulk_create(_corrections(event, people, answer, reason, by=by, at=at))
    audit("presence_marked", by=by, at=at, thing="event", thing_id=event_id,
          changes={"answer": [None, answer], "people": [None, people]})  # fmt: skip
    commands.judge_again(event_id, by=by, at=at)
    return len(people)


def _excuse(event_id: int, people: list[int], reason: str, *, by: Actor, at: datetime) -> None:
    """Earlier corrections of theirs are withdrawn: the last answer counts."""
    SightingRow.objects.filter(
        event_id=event_id, person_id__in=people, source=SightingRow.Source.CORRECTION,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=at)  # fmt: skip
    Excuse.objects.bulk_create(
        Excuse(
            event_id=event_id, person_id=pk, reason=_kept(reason), by_id=by.person_id,
            recorded_at=at,
        )
        for pk in people
    )  # fmt: skip


def _require(event: "Event", people: list[int], answer: str, reason: str, *, at: datetime) -> None:
    ways = registration.ways_of(programme.parts_of(event.pk))
    offered = {EXCUSED, ABSENT, *ways}
    if answer not in offered:
        raise AnswerUnknown(field="answer")
    if not people:
        raise NobodyTicked
    if not reason.strip():
        raise commands.ReasonMissing(field="reason")
    if answer != EXCUSED and at < event.starts_at:
        raise commands.NotStarted
    if not {entry.person_id for entry in registration.roster(event.pk)}.issuperset(people):
        raise commands.NotOnRoster


def _kept(reason: str) -> str:
    return " ".join(reason.split())[:300]


def _corrections(
    event: "Event", people: list[int], answer: str, reason: str, *, by: Actor, at: datetime
) -> list[SightingRow]:
    return [
        SightingRow(
            event_id=event.pk, part_id=part.pk, person_id=pk, mode=_mode(part, answer),
            starts_at=part.starts_at, ends_at=part.starts_at if answer == ABSENT else part.ends_at,
            evidence=Evidence.CORRECTED,
            source=SightingRow.Source.CORRECTION, reason=_kept(reason), by_id=by.person_id,
            recorded_at=at,
        )
        for pk in people
        for part in programme.parts_of(event.pk)
    ]  # fmt: skip


def _mode(part: "Part", answer: str) -> Mode:
    way = ONLINE if answer == ONLINE else ROOM
    return Mode(registration.way_in(part, way))


def drop_excuses(event_id: int, people: Iterable[int], *, at: datetime) -> int:
    """Take excuses back in the caller's transaction; the rows stay, withdrawn. Returns how many."""
    return Excuse.objects.filter(
        event_id=event_id, person_id__in=people, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)


@transaction.atomic
def drop_excuse(event_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Undo: the person is no longer excused; nothing happens if they were not."""
    event = programme.seen(event_id, by=by)
    policies.require_may_keep(by, event)
    commands.lock(event_id)
    if drop_excuses(event_id, [person_id], at=at):
        audit("excuse_dropped", by=by, at=at, thing="event", thing_id=event_id,
              changes={"person": [person_id, None]})  # fmt: skip
        commands.judge_again(event_id, by=by, at=at)
