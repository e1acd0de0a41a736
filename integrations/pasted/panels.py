"""What pages further in show about a pasted link: the meeting of an event, and guides to its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from events.backstage import contributed
from events.kernel.actors import Actor
from events.kernel.contributions import Doubt, LinkUse, Panel
from events.programme import policies
from events.programme import queries as programme
from integrations.pasted import doubts, simulators, words
from integrations.pasted.guides import GUIDES, Guide, guide_for, service_of

if TYPE_CHECKING:
    from events.programme.models import Part

SOON = timedelta(days=1)


@dataclass(frozen=True)
class Meeting:
    """The video meeting of one part or of several that share it."""

    name: str
    link: str
    line: str
    doubts: tuple[Doubt, ...]
    guide: Guide
    simulated: bool


@dataclass(frozen=True)
class Meetings:
    """The meetings of an event; `soon` from the day before on."""

    event_id: int
    meetings: tuple[Meeting, ...]
    soon: bool
    changeable: bool


@dataclass(frozen=True)
class Guides:
    """Guides that fit the event, and all the others."""

    fitting: tuple[Guide, ...]
    others: tuple[Guide, ...]


def meeting(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The video meeting for those who run the event, and what is doubtful about it."""
    parts = _online(ids["event_id"])
    if not parts or not policies.may_run(actor, parts[0].event):
        return None
    event = parts[0].event
    changeable = event.state in {"draft", "published"} and at < event.ends_at
    first = {part.join_url: part for part in reversed(parts)}
    found = tuple(
        _meeting(part, event.pk, by=actor, checked=changeable and not done)
        for done, part in enumerate(reversed(first.values()))
    )
    soon = at >= event.starts_at - SOON
    return Panel("pasted/meeting.html", Meetings(event.pk, found, soon, changeable), order=15)


def report_guides(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get actor and at
    """Which report to fetch: the service of the event's link first."""
    services = [service_of(part.join_url) for part in _online(ids["event_id"])]
    fitting = tuple(dict.fromkeys(guide_for(one) for one in services))
    others = tuple(one for one in GUIDES.values() if one not in fitting)
    return Panel("pasted/guides.html", Guides(fitting, others), order=10)


def _online(event_id: int) -> "list[Part]":
    return [part for part in programme.parts_with_event(event_id) if part.join_url]


def _meeting(part: "Part", event_id: int, *, by: Actor, checked: bool) -> Meeting:
    """`checked` asks one query for other events with the same link."""
    use = LinkUse(part.join_url, part.starts_at, part.ends_at, part.zone, event_id)
    service, simulated = service_of(part.join_url), simulators.leads_there(part.join_url)
    ours = contributed.is_ours(part.join_url) or simulated
    return Meeting(
        words.meeting(service), part.join_url, part.dial_in,
        tuple(doubts.of(use, by=by)) if checked and not ours else (), guide_for(service), simulated,
    )  # fmt: skip
