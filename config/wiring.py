"""Who reacts to which fact; which chores run regularly; what carries which job."""

from events.backstage.facts import LetterQueued
from events.backstage.reactions import Chore, React
from events.programme.facts import EventClosed

REACTIONS = [
    React(EventClosed, "attendance.presence.handlers.settle"),
    React(LetterQueued, "events.backstage.post.deliver", "outer"),
]

CHORES = [
    Chore("seal-audit", "events.backstage.chain.seal", seconds=60),
    Chore("recount-places", "events.registration.commands.recount", seconds=24 * 3600),
]

JOBS: dict[str, str] = {}
