"""How rooms further out show or say something in pages of rooms further in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from events.kernel.actors import Actor


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template and the frozen values it shows.

    `waits` says in the reader's language what of it waits for somebody; `/system/` puts it on top.
    """

    template: str
    values: object
    order: int = 50
    waits: str = ""


class PanelMaker(Protocol):
    """Gets the reader, the ids of the page and the instant; None when there is nothing to show this reader."""

    def __call__(self, actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
        """Make the panel with at most two queries."""


class RowMaker(Protocol):
    """Gets the reader and the ids of a list; says something about the rows it knows of."""

    def __call__(self, actor: Actor, ids: Sequence[int], *, at: datetime) -> Mapping[int, Panel]:
        """Make the pieces for all rows with at most two queries."""


class Objector(Protocol):
    """Gets the ids of a deed further in and raises a DomainError when it must not happen."""

    def __call__(self, ids: Mapping[str, int]) -> None:
        """Look inside the deed's transaction, after its rows are locked."""


@dataclass(frozen=True)
class Invitation:
    """What a pasted link or invitation to a video meeting says.

    `link` is the https address for guests and `insecure` an http one, where there is no better; `line`
    the telephone numbers and codes. `refused` and `faults` are codes, the first of what must not be.
    """

    link: str = ""
    insecure: str = ""
    line: str = ""
    service: str = ""
    refused: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkUse:
    """A link that an event is about to use, or uses: the pasted text and when people meet.

    `line_before` and `link_before` are what the event had until now; nothing for a new one.
    """

    text: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    event_id: int | None = None
    line: str = ""
    link_before: str = ""
    line_before: str = ""


@dataclass(frozen=True)
class Doubt:
    """Something about a link that a person should look at, in the reader's language."""

    code: str
    words: str


class LinkReader(Protocol):
    """Reads a pasted text; a text without any address gives an empty invitation."""

    def __call__(self, text: str) -> Invitation:
        """Read it; never raises."""


class LinkDoubter(Protocol):
    """Says what is doubtful about the use of a link, also because of other events."""

    def __call__(self, use: LinkUse, *, by: Actor) -> Sequence[Doubt]:
        """Look with at most one query."""


@dataclass(frozen=True)
class BusySource:
    """A connected calendar that can tell when a person is busy, by a name the person knows."""

    source_id: int
    name: str


class BusySources(Protocol):
    """Gets a person; gives the calendars that can be asked when this person is busy."""

    def __call__(self, person_id: int, *, at: datetime) -> Sequence[BusySource]:
        """Look in our own tables; nobody outside is asked here."""


class WayIn(Protocol):
    """Gets who goes on to the meeting of which part; gives the path or address to go on to."""

    def __call__(self, *, part_id: int, person_id: int, at: datetime) -> str:
        """Make it at once: a person waits, so nobody outside is asked here."""


class WatchLimit(Protocol):
    """Gets an event; gives the fastest playing that counts there, in percent of normal speed."""

    def __call__(self, event_id: int, *, at: datetime) -> int:
        """Read it from the rule in force."""
