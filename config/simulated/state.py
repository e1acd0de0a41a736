"""What the simulators hold, as a file: whatever they answered survives the end of their process."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.embedded import keys
from config.simulated.board import Board
from integrations.simulators.bigbluebutton import things
from integrations.simulators.google import world as google
from integrations.simulators.microsoft import world as microsoft

log = logging.getLogger(__name__)
CURSORS = 200  # places in lists that are remembered; an older one is told to be forgotten


@dataclass
class State:
    """All that is kept; channels and places in lists too, so that Kolega notices nothing."""

    known: list[str] = field(default_factory=list)
    mailboxes: list[microsoft.Mailbox] = field(default_factory=list)
    meetings: list[microsoft.Meeting] = field(default_factory=list)
    subscriptions: dict[str, Any] = field(default_factory=dict)
    cursors: dict[str, Any] = field(default_factory=dict)
    books: dict[str, google.Book] = field(default_factory=dict)
    spaces: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, google.Held] = field(default_factory=dict)
    watches: dict[str, google.Watch] = field(default_factory=dict)
    change: int = 0
    rooms: dict[str, things.Meeting] = field(default_factory=dict)
    past: dict[str, things.Meeting] = field(default_factory=dict)
    hooks: list[things.Hook] = field(default_factory=list)


_adapter = TypeAdapter(State)


def taken(board: Board) -> bytes:
    """The state of the simulators as JSON."""
    there, google_world, rooms = board.microsoft.world, board.google.world, board.bigbluebutton
    for box in there.mailboxes:
        for event in box.events.values():
            event.older = None
    there.cursors = dict(list(there.cursors.items())[-CURSORS:])
    return _adapter.dump_json(State(
        sorted(board.known), there.mailboxes, there.meetings, there.subscriptions, there.cursors,
        google_world.books, google_world.spaces, google_world.records, google_world.watches,
        google_world.change, rooms.rooms.meetings, rooms.past, rooms.hooks.hooks,
    ))  # fmt: skip


def give_back(board: Board, content: bytes) -> None:
    """Put a state into simulators that just started. Raises ValueError for what is none."""
    state = _adapter.validate_json(content)
    there, google_world, rooms = board.microsoft.world, board.google.world, board.bigbluebutton
    board.known = set(state.known)
    there.mailboxes, there.meetings = state.mailboxes, state.meetings
    there.subscriptions, there.cursors = state.subscriptions, state.cursors
    google_world.books, google_world.spaces = state.books, state.spaces
    google_world.records, google_world.watches = state.records, state.watches
    google_world.change = state.change
    rooms.rooms.meetings, rooms.past, rooms.hooks.hooks = state.rooms, state.past, state.hooks
    rooms.hooks.count = max((hook.number for hook in state.hooks), default=0)


class Keeper:
    """Keeps the state of a board in a file, written anew whenever it has changed."""

    def __init__(self, board: Board, folder: Path) -> None:
        """Read what was kept; a file that cannot be read counts as none."""
        self.board, self.file = board, folder / "state.json"
        self.last = b""
        try:
            self.last = self.file.read_bytes()
            give_back(board, self.last)
        except FileNotFoundError:
            pass
        except (ValidationError, ValueError):
            log.warning("the state of the simulators cannot be read; they start from our own rows")

    def keep(self) -> None:
        """Write the state where it is not the one that was written last."""
        now = taken(self.board)
        if now != self.last:
            keys.write_private(self.file, now.decode())
            self.last = now
