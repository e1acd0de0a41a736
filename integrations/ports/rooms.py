"""Rooms that are made when somebody enters them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Room:
    """A room as it should be when it is made.

    `key` names it for ever, as it does an `Entry`. `notices` maps what a provider tells of to the
    address it shall tell: `ended`, `report`, `recording`, `happened`.
    """

    key: str
    name: str
    recorded: bool = False
    notices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Visitor:
    """Who enters. `ours` comes back with what is left of the meeting; `leads` gives the say in it."""

    ours: str
    name: str
    leads: bool = False


class Rooms(Protocol):
    """Rooms of one account."""

    def way_in(self, room: Room, visitor: Visitor, *, at: datetime, within: float) -> str:
        """Make the room if it is not there, and give the address that lets this visitor in.

        A person waits: all calls together take no longer than `within` seconds. The address is for
        one browser at once and is never kept.
        """


class Closing(Protocol):
    """What clears rooms away, for an account that can."""

    def standing(self) -> Mapping[str, str]:
        """Names of the rooms that stand on the server, by key; not only ours."""

    def close(self, key: str) -> None:
        """End a room; one that is not there is fine."""
