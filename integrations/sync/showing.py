"""Entries, their meetings and questions as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from integrations.accounts import shown, simulated, words
from integrations.accounts.models import Account
from integrations.sync import queries, questions, states
from integrations.sync.models import Link, Question

if TYPE_CHECKING:
    from events.programme.models import Part


@dataclass(frozen=True)
class Line:
    """One part: where its entry stands, how its meeting fares, what is asked.

    `state`: ok, pending, question, detached, failed, paused (the account waits for a person)
    or off (it was switched off).
    `meeting`: none, pending, ready, failed, or own (a person pasted a link). `page_there`: the entry
    on the page of a simulator.
    """

    part: "Part"
    link: Link
    calendar: str
    state: str
    meeting: str
    over: bool
    asked: str
    page_there: str

    @property
    def product(self) -> str:
        """The provider by the name people know."""
        return str(words.PROVIDERS[self.link.account.provider])

    @property
    def simulated(self) -> bool:
        """Whether the entry stands at a simulator and not at the provider itself."""
        return shown.is_simulated(self.link.account)

    @property
    def serves(self) -> str:
        """Whose events the account serves, in words."""
        return str(words.SCOPES[self.link.account.scope])

    @property
    def can_ask(self) -> bool:
        """Whether the calendar may be asked for a video link."""
        return (
            not self.over and self.state != states.DETACHED and self.meeting in {"none", "failed"}
        )


def lines(parts: Sequence["Part"], *, at: datetime) -> list[Line]:
    """The parts that have an entry, by time; one query."""
    by_id = {part.pk: part for part in parts}
    rows = queries.shown_links(list(by_id))
    found = [_line(by_id[row.part_id], row, at=at) for row in rows]
    return sorted(found, key=lambda line: (line.part.starts_at, line.part.pk))


def _line(part: "Part", link: Link, *, at: datetime) -> Line:
    account = link.account
    name = words.in_full(account.name, account.provider)
    kind: str = getattr(link, "asked", None) or ""
    return Line(
        part, link, name, _state(link), _meeting(part, link), part.ends_at <= at, kind,
        page_of(link),
    )  # fmt: skip


def page_of(link: Link) -> str:
    """Where an entry stands on the page of a simulated calendar; "" for a real one."""
    page = simulated.calendar_page(link.account)
    return f"{page}#entry-{link.key}" if page else ""


def _state(link: Link) -> str:
    if link.account.state == Account.State.OFF and link.state != states.DETACHED:
        return "off"
    waits = link.state in {states.PENDING, states.FAILED}
    if waits and is_broken(link):
        return "paused"
    if link.state == states.PENDING and link.failures:
        return "late"
    return link.state


def _meeting(part: "Part", link: Link) -> str:
    if part.mode == "room":
        return ""
    if part.join_url and part.join_url != link.join_url:
        return "own"
    if link.meeting_state == states.MEETING_PENDING and is_broken(link):
        return ""
    return link.meeting_state


def is_broken(link: Link) -> bool:
    """Whether the account of an entry waits for a person: nothing is written or made meanwhile."""
    return link.account.state not in Account.WORKING


@dataclass(frozen=True)
class Asked:
    """An open question with the answers it can have."""

    question: Question
    part: "Part"
    answers: tuple[str, ...]
    several: bool
    registered: int

    @property
    def seen(self) -> str:
        """What is shown, as a digest that comes back with the answer."""
        return questions.digest(self.question)

    @property
    def renamed(self) -> bool:
        """Whether the title differs as well: taking on what is there takes it on too."""
        return questions.renamed(self.question.link, self.question.found_title)

    @property
    def elsewhere(self) -> bool:
        """Whether the place differs as well; a place found over there is never taken on."""
        return questions.elsewhere(self.question.link, self.question.found_place)


def asked(parts: Sequence["Part"], *, registered: int) -> list[Asked]:
    """The open questions about the parts of an event."""
    by_id = {part.pk: part for part in parts}
    standing = [part for part in parts if part.cancelled_at is None]
    rows = queries.asked_about_parts(list(by_id))
    return [
        Asked(row, by_id[row.link.part_id], questions.offered(row), len(standing) > 1, registered)
        for row in rows
    ]
