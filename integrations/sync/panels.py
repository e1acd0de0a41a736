"""What calendars add to the page of an event and to the planner, for those who run it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import policies
from events.programme import queries as programme
from integrations.sync import queries
from integrations.sync.showing import Line, lines


@dataclass(frozen=True)
class Shown:
    """The entries of an event as its panel shows them."""

    event_id: int
    lines: list[Line]

    @property
    def simulated(self) -> str:
        """The provider whose simulator holds an entry; "" where all stand at the providers themselves."""
        return next((line.product for line in self.lines if line.simulated), "")

    @property
    def asked(self) -> bool:
        """Whether a question waits for an answer."""
        return any(line.asked for line in self.lines)


def calendar(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """Where the parts of an event stand in a calendar; nothing while none is kept there."""
    if actor.person_id is None:
        return None
    parts = programme.all_parts_for_work(ids["event_id"])
    if not parts or not policies.may_run(actor, parts[0].event):
        return None
    found = lines(parts, at=at)
    if not found:
        return None
    return Panel("sync/panel.html", Shown(ids["event_id"], found), order=15)


def marks(actor: Actor, ids: Sequence[int], *, at: datetime) -> Mapping[int, Panel]:  # noqa: ARG001  called so
    """A mark on the rows of events whose calendar asks something."""
    return {pk: Panel("sync/mark.html", pk, order=95) for pk in queries.events_asked_about(ids)}
