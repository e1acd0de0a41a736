"""Take in what players say."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from events.backstage.commands import record
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.lines import Line, Pair, as_ms, length, subtract, union
from recordings.library import queries as library
from recordings.library import states
from recordings.watched import late, reading, rules, sessions
from recordings.watched.facts import RecordingWatched
from recordings.watched.models import WatchBeat, WatchClock, Watched, WatchSession
from recordings.watched.reading import BeatShape
from recordings.watched.sessions import Session

TOLD_EACH_MS = 5 * 60 * 1000


@dataclass(frozen=True)
class Taken:
    """What a person has covered of a recording now, and what this beat added: milliseconds."""

    covered_ms: int
    accepted_ms: int


@transaction.atomic
def take_in(session: Session, beat: BeatShape, *, by: Actor, at: datetime) -> Taken:
    """Merge a beat; the same one again changes nothing. Raises Missing or BeatGarbled.

    Beats of one person are judged one after the other, whatever tab or device they come from.
    They are not audited one by one: the rows of beats are the record.
    """
    recording = library.find(session.recording)
    if recording is None or recording.state == states.DELETED or session.person != by.person_id:
        raise Missing
    said = reading.played(beat, length=session.length)
    clock = _locked_clock(session.person)
    row = _session_row(session)
    mine = _watched(session, at=at)
    if WatchBeat.objects.filter(session=row, seq=beat.seq).exists():
        return Taken(mine.covered_ms, 0)
    claim = rules.Beat(
        wall=beat.wall_ms, rate=beat.percent, late=beat.late,
        played=union(sessions.to_source(session, list(said.ranges))),
    )  # fmt: skip
    heard = rules.Session(session.issued, as_ms(row.heard_at), row.wall_ms)
    used, now, limit = _line(clock.used), as_ms(at), session.limit
    outcome = rules.judge(claim, heard, covered=late.covered(mine), used=used, at=now, limit=limit)
    counted = rules.in_time(
        outcome.accepted, claim, heard, used=used, at=now, limit=limit, until=late.until(recording)
    )
    _note_beat(row, beat, outcome, at=at)
    _note_used(clock, outcome, at=at)
    _merge(mine, outcome.accepted, counted, at=at)
    mine.pos_ms = sessions.to_source(session, [(said.pos, said.pos + 1)])[0][0]
    _tell(mine, rests=beat.rests, at=at)
    mine.save()
    return Taken(mine.covered_ms, length(outcome.accepted))


@transaction.atomic
def tell_rest(watched_id: int, *, at: datetime) -> None:
    """Tell what was played by somebody whose player fell silent without a pause."""
    mine = Watched.objects.select_for_update().get(pk=watched_id)
    _tell(mine, rests=True, at=at)
    mine.save(update_fields=["told_ms"])


def _locked_clock(person_id: int) -> WatchClock:
    WatchClock.objects.bulk_create([WatchClock(person_id=person_id)], ignore_conflicts=True)
    return WatchClock.objects.select_for_update().get(person_id=person_id)


def _session_row(session: Session) -> WatchSession:
    row, _ = WatchSession.objects.get_or_create(
        key=session.key,
        defaults={
            "person_id": session.person, "recording_id": session.recording,
            "revision": session.revision, "limit": session.limit,
            "issued_at": session.issued_at, "heard_at": session.issued_at,
        },
    )  # fmt: skip
    return row


def _watched(session: Session, *, at: datetime) -> Watched:
    mine, _ = Watched.objects.select_for_update().get_or_create(
        person_id=session.person, recording_id=session.recording, defaults={"last_at": at}
    )
    return mine


def _note_beat(row: WatchSession, beat: BeatShape, outcome: rules.Outcome, *, at: datetime) -> None:
    WatchBeat.objects.create(
        session=row, seq=beat.seq, body=beat.kept(), accepted_ms=length(outcome.accepted),
        too_much_ms=outcome.too_much, received_at=at,
    )  # fmt: skip
    if outcome.wall > row.wall_ms:
        # An old beat that comes again says nothing of the time since the last one.
        row.wall_ms, row.heard_at = outcome.wall, at
        row.save(update_fields=["wall_ms", "heard_at"])


def _note_used(clock: WatchClock, outcome: rules.Outcome, *, at: datetime) -> None:
    if outcome.used:
        used = union([*_line(clock.used), *outcome.used])
        clock.used = rules.remembered(used, at=as_ms(at))
        clock.save(update_fields=["used"])


def _merge(mine: Watched, accepted: Line, counted: Line, *, at: datetime) -> None:
    mine.last_at = at
    mine.ranges = union([*_line(mine.ranges), *accepted])
    mine.covered_ms = length(mine.ranges)
    mine.counted = union([*_line(mine.counted), *counted])
    after = subtract(accepted, counted)
    mine.late = [*mine.late, *([start, end, as_ms(at)] for start, end in after)]


def _tell(mine: Watched, *, rests: bool, at: datetime) -> None:
    untold = mine.covered_ms - mine.told_ms
    if untold >= TOLD_EACH_MS or (rests and untold > 0):
        mine.told_ms = mine.covered_ms
        record(RecordingWatched(recording_id=mine.recording_id, person_id=mine.person_id), at=at)


def _line(stored: list[Pair]) -> Line:
    return tuple((start, end) for start, end in stored)
