"""The panel on the page of a recording: what it earns, how far the reader is, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attendance.certificates import queries
from attendance.presence import policies
from attendance.presence import queries as presence
from attendance.presence import standing as standings
from attendance.presence.evidence import Status
from attendance.presence.intervals import MINUTE_MS, Line
from attendance.presence.reach import Reach, reach
from attendance.presence.standing import Standing
from attendance.questions import queries as questions
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from events.templatetags.figures import drawing, mark_of, plain_number
from recordings.library import deadline
from recordings.library import queries as library

if TYPE_CHECKING:
    from recordings.library.models import Recording

TEMPLATE = "certificates/credit.html"
HOUR_S, MINUTE_S = 3600, 60


@dataclass(frozen=True)
class Credit:
    """What the panel shows. `state` is none, elsewhere, unplaced, visitor, beyond, short, close or enough.

    Beyond means that all that can be played would not be enough; `reach` says so to a visitor.
    `speed` is the fastest that counts; `over` says that the deadline has passed. `questions` is the
    slug of the recording where there is a set of questions to answer; `answered` that the reader
    has passed or has no try left, `keeps` that the reader can read the answers to them.
    """

    state: str
    speed: float
    certificate: bool
    closed: bool
    until: datetime | None = None
    over: bool = False
    standing: Standing | None = None
    number: str = ""
    zone: str = ""
    questions: str = ""
    answered: bool = False
    keeps: bool = False
    reach: Reach | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which playing counts; None without a deadline."""
        return deadline.day_before(self.until, self.zone) if self.until else None

    @property
    def instead(self) -> str:
        """Where answers still earn the reader something: the slug; empty where they do not."""
        over = self.keeps or self.answered or self.state in {"enough", "beyond"}
        return "" if over else self.questions

    @property
    def bar(self) -> SafeString:
        """The part as a line: where the reader was, and what was played."""
        if self.standing is None:
            return SafeString("")
        start, end = self.standing.frame
        length = max(1, end - start)
        marks = [
            mark_of("rect", _box(kind, one - start, two - one))
            for kind, line in (("onl", self.standing.live), ("w", self.standing.watched))
            for one, two in line
        ]
        box = f"0 0 {plain_number(length / MINUTE_MS)} 10"
        return drawing(box, marks, label=self.told, style="watch", stretch=True)

    @property
    def told(self) -> str:
        """The line in words."""
        if self.standing is None:
            return ""
        seen = _minutes(self.standing.live) + _minutes(self.standing.watched)
        start, end = self.standing.frame
        values = {"seen": seen, "whole": (end - start) // MINUTE_MS}
        text = _("Parts that count: %(seen)s of %(whole)s minutes.") % values
        return f"{text} {self.missing}" if self.missing else text

    @property
    def missing(self) -> str:
        """The first stretch to play, in words."""
        if self.standing is None or self.standing.missed is None:
            return ""
        first, last = self.standing.missed
        values = {"start": clock(first), "end": clock(last)}
        return _("Missing first: %(start)s to %(end)s.") % values

    @property
    def second(self) -> int | None:
        """Where the first missing part begins, in seconds of the player."""
        missed = self.standing.missed if self.standing else None
        return missed[0] // 1000 if missed else None

    @property
    def at(self) -> str:
        """The same as on the player: "31:18"."""
        return "" if self.second is None else clock(self.second * 1000)


def _box(kind: str, x: int, width: int) -> dict[str, object]:
    return {"class": kind, "x": x / MINUTE_MS, "y": 0, "width": width / MINUTE_MS, "height": 10}


def _minutes(line: Line) -> int:
    return sum(end - start for start, end in line) // MINUTE_MS


def clock(milliseconds: int) -> str:
    """A position as players show it: "31:18", from an hour on "1:02:05"."""
    hours, rest = divmod(milliseconds // 1000, HOUR_S)
    minutes, seconds = divmod(rest, MINUTE_S)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def credit(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """What this recording earns the reader; told before anything of it is loaded."""
    recording = library.find(ids["recording_id"])
    if recording is None:
        return None
    return Panel(TEMPLATE, credit_for(actor, recording, at=at), order=10)


def credit_for(actor: Actor, recording: "Recording", *, at: datetime) -> Credit:
    """The credit of whoever asks, and whether the answers to the questions are open to them."""
    found = credit_of(recording, actor.person_id, at=at)
    return replace(found, keeps=policies.may_keep(actor, recording.event))


def credit_of(recording: "Recording", person_id: int | None, *, at: datetime) -> Credit:
    """What playing a recording has earned a person and can still earn, as of now."""
    rule = presence.rule_of(recording.event_id, at=at)
    outline = programme.outline(recording.event_id)
    until = recording.credit_until
    answered = person_id is not None and questions.tries_of(recording.pk, person_id).over
    found = Credit(
        "none", speed=rule.watch_limit / 100, certificate=outline.certificate, zone=outline.zone,
        closed=programme.event_for_work(recording.event_id).state == "closed",
        until=until, over=recording.credit_over(at),
        questions=_questions(recording, person_id, at=at), answered=answered,
    )  # fmt: skip
    if state := _barred(recording, person_id, counts=rule.counts_recordings):
        far = reach(recording, at=at) if state == "visitor" else None
        return replace(found, state=state, reach=far)
    person_id = person_id or 0
    one = standings.standing(recording, person_id=person_id, at=at)
    paper = queries.of_event(recording.event_id).get(person_id)
    number = paper.number if paper else ""
    return replace(found, state=_state(one, number, over=found.over), standing=one, number=number)


def _questions(recording: "Recording", person_id: int | None, *, at: datetime) -> str:
    """The slug of the recording for whoever can earn credit by answering questions."""
    if person_id is None or not questions.can_be_earned(recording, at=at):
        return ""
    return recording.slug if questions.are_enough(recording.pk) else ""


def _barred(recording: "Recording", person_id: int | None, *, counts: bool) -> str:
    """Why nothing can be earned by playing; nothing where something can."""
    if not counts:
        return "none"
    if not recording.length_ms:
        return "elsewhere"
    if not recording.pieces:
        return "unplaced"
    return "visitor" if person_id is None else ""


def _state(one: Standing | None, number: str, *, over: bool) -> str:
    if one is None:
        return "none"
    if number or one.verdict.status is Status.PRESENT:
        return "enough"
    if one.verdict.status is Status.REVIEW:
        return "close"
    return "short" if one.in_reach or over else "beyond"
