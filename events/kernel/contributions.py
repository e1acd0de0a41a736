"""How rooms further out show or say something in pages of rooms further in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from events.kernel.actors import Actor


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template and the frozen values it shows."""

    template: str
    values: object
    order: int = 50


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
