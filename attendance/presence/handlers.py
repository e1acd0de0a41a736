"""Reactions of this room."""

from datetime import datetime

from attendance.presence import commands, letters, watching
from events.backstage import post
from events.kernel.actors import system
from events.programme import queries as programme
from events.programme import states
from events.programme.facts import EventClosed, PartEnded
from recordings.watched.facts import RecordingWatched


def settle(fact: EventClosed, *, at: datetime) -> None:
    """Judge everybody when the organiser closes the event."""
    commands.settle(fact.event_id, by=system("presence"), at=at)


def ask_for_a_look(fact: PartEnded, *, at: datetime) -> None:
    """Two hours after the end: ask the organiser to look at the attendance and close it."""
    _ask(fact, "first", at=at)


def ask_again(fact: PartEnded, *, at: datetime) -> None:
    """Two days after the end: the same once more, if it is still open."""
    _ask(fact, "again", at=at)


def _ask(fact: PartEnded, turn: str, *, at: datetime) -> None:
    part = programme.find_part(fact.part_id)
    if part is None or part.event.state != states.PUBLISHED or at < part.event.ends_at:
        return
    if part.pk != programme.parts_of(part.event_id)[-1].pk:
        return
    event = programme.event_for_work(part.event_id)
    if draft := letters.look(event, part, turn=turn, at=at):
        post.queue(draft, at=at)


def watched(fact: RecordingWatched, *, at: datetime) -> None:
    """Somebody has played more of a recording: it becomes evidence, and a verdict once enough."""
    watching.see_watched(fact.recording_id, person_id=fact.person_id, by=system("presence"), at=at)


def settle_watched(fact: RecordingWatched, *, at: datetime) -> None:
    """A day later: what was watched beyond what was needed counts too."""
    by = system("presence")
    watching.settle_viewer(fact.recording_id, person_id=fact.person_id, by=by, at=at)
