"""How rooms further out show or say something in pages of rooms further in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from events.kernel.actors import Actor


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template and the frozen values it shows."""

    template: str
    values: object
    order: int = 50


class PanelMaker(Protocol):
    """Gets the reader and the ids of the page; None when there is nothing to show this reader."""

    def __call__(self, actor: Actor, ids: Mapping[str, int]) -> Panel | None:
        """Make the panel with at most two queries."""
