"""The board of an event: who was there when, what it amounts to, and how many were there at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attendance.presence import intervals, queries, rules
from attendance.presence.evidence import Evidence, Mode, Status, Timetable
from attendance.presence.intervals import MINUTE_MS, Line, Pair, as_ms
from attendance.presence.models import Settlement, SightingRow
from events.people import queries as people
from events.registration import queries as registration

if TYPE_CHECKING:
    from events.registration.queries import Entry

Bar = tuple[str, float, float]
Step = tuple[float, int]
KINDS = {Mode.ROOM: "room", Mode.ONLINE: "onl", Mode.RECORDING: "vod"}
CORRECTED_KIND = "fix"


@dataclass(frozen=True)
class Row:
    """One person of the board. Bars are (kind of mark, from minute, to minute) of the plan.

    `known` is False while nobody is recorded to have been at the event; who watched a recording
    of it says nothing of who was there. `attested_by` holds the sources of attested evidence.
    """

    person_id: int
    name: str
    school: str
    way: str
    walk_in: bool
    registered: bool
    verdict: rules.Verdict
    bars: tuple[Bar, ...]
    stated_minutes: int | None
    excuse: str = ""
    known: bool = True
    gave_back: bool = False
    attested_by: frozenset[str] = frozenset()

    @property
    def state(self) -> str:
        """The tab the person belongs to: credited, look or not."""
        return {Status.PRESENT: "credited", Status.REVIEW: "look"}.get(self.verdict.status, "not")

    @property
    def excused(self) -> bool:
        """Whether the person is excused and was not there long enough to be credited."""
        return self.verdict.status is Status.EXCUSED

    @property
    def silent(self) -> bool:
        """Whether there is nothing that the result rests on, no correction either."""
        return not self.verdict.spans and self.verdict.evidence is not Evidence.CORRECTED

    @property
    def on_paper(self) -> bool:
        """Whether somebody signed for time that counts."""
        live = any(one.mode is not Mode.RECORDING for one in self.verdict.spans)
        return live and bool(self.attested_by - {SightingRow.Source.QUESTIONS})

    @property
    def by_questions(self) -> bool:
        """Whether answered questions earned time that counts."""
        afterwards = any(one.mode is Mode.RECORDING for one in self.verdict.spans)
        return afterwards and SightingRow.Source.QUESTIONS in self.attested_by

    @property
    def watched(self) -> bool:
        """Whether the person had never a place, and is known from the recording alone."""
        modes = {one.mode for one in self.verdict.spans}
        return not (self.registered or self.gave_back) and modes == {Mode.RECORDING}


@dataclass(frozen=True)
class Present:
    """How many people were there at each minute: steps of (minute, people) by mode."""

    room: tuple[Step, ...]
    online: tuple[Step, ...]

    @property
    def most(self) -> tuple[int, int, int]:
        """The most at one moment, and how many of them in the room and online."""
        minutes = sorted({minute for minute, _ in (*self.room, *self.online)})
        counts = [(_at(self.room, minute), _at(self.online, minute)) for minute in minutes]
        room, online = max(counts, key=sum, default=(0, 0))
        return room + online, room, online


@dataclass(frozen=True)
class Setting:
    """What an event is judged by. Its parts lie one after the other on the axis of the board."""

    timetables: Mapping[int, Timetable]
    rule: rules.Rule
    parts: tuple[Pair, ...]

    @property
    def length(self) -> int:
        """Planned milliseconds of all parts."""
        return sum(end - start for start, end in self.parts)

    def minute(self, instant: int) -> float:
        """Where an instant lies on the axis, in minutes; times between two parts are at their border."""
        since = 0
        for number, (start, end) in enumerate(self.parts, start=1):
            if instant <= end or number == len(self.parts):
                inside = instant - start if number == 1 else max(0, instant - start)
                return round((since + inside) / MINUTE_MS, 2)
            since += end - start
        raise ValueError("an event has a part")

    def instant(self, minute: int) -> int:
        """The instant at a minute of the axis, in milliseconds."""
        rest = minute * MINUTE_MS
        for start, end in self.parts[:-1]:
            if rest < end - start:
                return start + rest
            rest -= end - start
        return self.parts[-1][0] + rest

    def settle(self, rows: Iterable[SightingRow], *, excused: bool = False) -> rules.Verdict:
        """The verdict on one person's rows."""
        parts = queries.by_part(rows, self.timetables)
        return rules.settle_parts(parts=parts, rule=self.rule, excused=excused)


@dataclass(frozen=True)
class Board:
    """Everybody of an event, with the rule and its minutes, and where the attendance stands."""

    rows: tuple[Row, ...]
    rule: rules.Rule
    planned: int
    needed: int
    length: int
    settlement: Settlement | None
    present: Present
    setting: Setting

    @property
    def registered(self) -> int:
        """How many have a place; others were only seen, or watched the recording."""
        return sum(row.registered for row in self.rows)

    def in_state(self, state: str) -> list[Row]:
        """The rows of a tab; everybody for an empty name."""
        return [row for row in self.rows if not state or row.state == state]

    def count(self, state: str) -> int:
        """How many stand in a tab."""
        return len(self.in_state(state))


def setting_of(event_id: int, *, at: datetime) -> Setting:
    """The timetables and rule an event is judged by."""
    timetables = queries.timetables_of(event_id)
    parts = tuple((as_ms(one.start), as_ms(one.end)) for one in timetables.values())
    return Setting(timetables, queries.rule_of(event_id, at=at), parts)


def board(event_id: int, *, at: datetime) -> Board:
    """The board as the evidence stands now, by name; whoever was seen without a place comes last."""
    setting = setting_of(event_id, at=at)
    sightings: dict[int, list[SightingRow]] = defaultdict(list)
    evidence = queries.sightings_of(event_id)
    for row in evidence:
        if row.person_id is not None:
            sightings[row.person_id].append(row)
    roster = registration.roster(event_id)
    excuses = queries.excuses_of(event_id)
    known = any(row.mode != Mode.RECORDING for row in evidence)
    rows = [
        _row(
            entry, sightings.pop(entry.person_id, []), setting,
            excuses.get(entry.person_id, ""), known=known,
        )
        for entry in roster
    ]  # fmt: skip
    gave_back = registration.gave_back(event_id, sightings)
    rows += [
        _outsider(card, sightings[card.person_id], setting, gave_back=card.person_id in gave_back)
        for card in people.cards(list(sightings)).values()
    ]
    asked, needed = rules.asked_and_needed(
        timetables=setting.timetables.values(), rule=setting.rule
    )
    return Board(
        rows=tuple(rows),
        rule=setting.rule,
        planned=asked // MINUTE_MS,
        needed=-(-needed // MINUTE_MS),
        length=-(-setting.length // MINUTE_MS),
        setting=setting,
        settlement=queries.settlement_of(event_id),
        present=_present([row.verdict for row in rows], setting),
    )


def _row(
    entry: "Entry", seen: list[SightingRow], setting: Setting, excuse: str, *, known: bool
) -> Row:
    verdict = setting.settle(seen, excused=bool(excuse))
    return Row(
        entry.person_id, entry.name, entry.school, entry.way, walk_in=entry.walk_in,
        registered=True, verdict=verdict, bars=bars(seen, verdict, setting),
        stated_minutes=_stated(seen), excuse=excuse, known=known, attested_by=_attested_by(seen),
    )  # fmt: skip


def _outsider(
    card: people.Card, seen: list[SightingRow], setting: Setting, *, gave_back: bool
) -> Row:
    verdict = setting.settle(seen)
    return Row(
        card.person_id, card.name, "", "", walk_in=False, registered=False, verdict=verdict,
        bars=bars(seen, verdict, setting), stated_minutes=_stated(seen), gave_back=gave_back,
        attested_by=_attested_by(seen),
    )  # fmt: skip


def _stated(seen: Iterable[SightingRow]) -> int | None:
    """Minutes a service states without saying when; they locate nobody and count for nothing."""
    stated = [row.stated_seconds for row in seen if row.ends_at == row.starts_at]
    return max((one // 60 for one in stated if one), default=None)


def _attested_by(seen: Iterable[SightingRow]) -> frozenset[str]:
    return frozenset(row.source for row in seen if row.evidence == Evidence.ATTESTED)


def bars(seen: Iterable[SightingRow], verdict: rules.Verdict, setting: Setting) -> tuple[Bar, ...]:
    """What to draw: counted stays, and dashed what only a correction says."""
    if verdict.evidence is not Evidence.CORRECTED:
        return tuple(_bar(KINDS[one.mode], (one.start, one.end), setting) for one in verdict.spans)
    corrected = [(one.start, one.end) for one in verdict.spans]
    first = [row for row in seen if row.evidence != Evidence.CORRECTED]
    before = setting.settle(first).spans
    kept = [
        (KINDS[one.mode], pair)
        for one in before
        for pair in intervals.intersect([(one.start, one.end)], corrected)
    ]
    added = intervals.subtract(corrected, [(one.start, one.end) for one in before])
    marks = [*kept, *((CORRECTED_KIND, pair) for pair in added)]
    return tuple(_bar(kind, pair, setting) for kind, pair in marks)


def _bar(kind: str, pair: Pair, setting: Setting) -> Bar:
    return kind, setting.minute(pair[0]), setting.minute(pair[1])


def _present(verdicts: Iterable[rules.Verdict], setting: Setting) -> Present:
    """Somebody who is both in the room and online is counted in the room."""
    room: list[Line] = []
    online: list[Line] = []
    for verdict in verdicts:
        inside = _line(verdict, Mode.ROOM)
        room.append(inside)
        online.append(intervals.subtract(_line(verdict, Mode.ONLINE), inside))
    return Present(_steps(room, setting), _steps(online, setting))


def _line(verdict: rules.Verdict, mode: Mode) -> Line:
    return intervals.union((one.start, one.end) for one in verdict.spans if one.mode is mode)


def _steps(lines: Iterable[Line], setting: Setting) -> tuple[Step, ...]:
    """Changes of the number, on the nearest minute of the plan."""
    changes: dict[int, int] = defaultdict(int)
    for begin, end in (pair for line in lines for pair in line):
        changes[round(setting.minute(begin))] += 1
        changes[round(setting.minute(end))] -= 1
    count, steps = 0, []
    for minute in sorted(changes):
        count += changes[minute]
        steps.append((float(minute), count))
    return tuple(steps)


def _at(steps: Iterable[Step], minute: float) -> int:
    count = 0
    for when, people_then in steps:
        if when > minute:
            break
        count = people_then
    return count
