"""What the pages of this room show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from recordings.keeping import commands
from recordings.library import timeline
from recordings.library.models import Recording
from recordings.library.speakers import Speaker, is_refused
from recordings.processing import failures


@dataclass(frozen=True)
class Line:
    """A talk on the list: who, what was said, and where it begins in the player (ms)."""

    speaker: Speaker
    said: str
    start: int | None


@dataclass(frozen=True)
class Work:
    """How far a cut is: `state` is empty, `going` or `failed`."""

    state: str
    percent: int
    reason: str


def lines(row: Recording, people: Sequence[Speaker]) -> list[Line]:
    """The talks with what was said about each."""
    left = row.left
    found = []
    for one in people:
        spans = timeline.to_player([one.span], left) if one.span else []
        found.append(Line(one, said_of(one), spans[0][0] if spans else None))
    return found


def said_of(one: Speaker) -> str:
    """`cut`, `absent`, `yes`, `no` or `open`."""
    if one.cut:
        return "cut"
    if one.absent or (one.span is None and not one.unknown):
        return "absent"
    return {True: "yes", False: "no", None: "open"}[one.yes]


def talks(people: Sequence[Speaker]) -> list[tuple[str, str]]:
    """The talks as choices of a form: person and title, told in words."""
    return [
        (f"{one.person_id}:{one.title}",
         _("%(name)s: %(title)s") % {"name": one.name, "title": one.title})
        for one in people
    ]  # fmt: skip


def refused_spans(row: Recording, people: Sequence[Speaker]) -> list[timeline.Pair]:
    """Where the talks of those who said no lie in the player's time (ms)."""
    spans = [one.span for one in people if one.span and is_refused(one)]
    return timeline.merged(timeline.to_player(spans, row.left))


def work(row: Recording) -> Work:
    """How far the cut of the present file is."""
    job = commands.job_of(row)
    if not row.wanted or job is None:
        return Work("", 0, "")
    if job.state in commands.LIVE:
        return Work("going", min(100, job.done), "")
    return Work("failed", 0, _(failures.sentence_of(job.last_error)))
