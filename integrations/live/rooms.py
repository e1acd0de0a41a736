"""A run at a meeting server: one room of its own that nobody enters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integrations.live import marks
from integrations.live.steps import Log, Skip, Wrong, within
from integrations.ports import Room, Visitor

WITHIN = 15.0  # seconds
VISITOR = Visitor(ours="kolega-live-test", name=marks.TITLE)
NOTHING = "Nothing was made."


@dataclass
class RoomRun:
    """A run at one account; `patience` is how many seconds a server may take to end a room."""

    connect: Callable[[], Any]
    log: Log
    at: datetime
    patience: float
    account: Any = field(init=False)
    room: Room = field(init=False)
    made: str = ""

    def __post_init__(self) -> None:
        """Choose the room's identity before the first call."""
        self.account = self.connect()
        self.room = marks.room(marks.key())

    def go(self) -> None:
        """Every step; the room is closed also when the run breaks off."""
        for finding in self.account.check.check():
            self.log.finding(finding)
        try:
            self._steps()
        finally:
            self.leave()

    def _steps(self) -> None:
        tell = self.log.attempt
        tell("make", f"Make a room under our own key {marks.shown(self.room.key)}", self._make)
        tell("make", "Read it back", self._read)
        tell("make", "Make it again: it is the same room", self._again)
        tell("make", "Hear of changes", lambda: self._nothing("A server keeps no list of changes."))
        tell("attendance", "Ask who is in the room (nobody)", lambda: self._left("sittings"))
        tell("recordings", "Ask for recordings (there are none)", lambda: self._left("recordings"))
        tell("busy", "Ask for free and busy times", lambda: self._nothing("It has no calendars."))

    def leave(self) -> None:
        """Close the room."""
        self.account = self.connect()
        self.log.attempt("make", "Close the room", self._close)
        self.log.attempt("make", "The room is gone", self._gone)

    def _way(self) -> str:
        """The moment of the room's making, which names it, from the address that lets somebody in."""
        address: str = self.account.rooms.way_in(self.room, VISITOR, at=self.at, within=WITHIN)
        return parse_qs(urlsplit(address).query).get("createTime", [""])[0]

    def _make(self) -> None:
        self.made = self._way()
        if not self.made:
            raise Wrong("The address to join names no room.")

    def _read(self) -> None:
        self._standing()
        if self.account.closing.standing().get(self.room.key) != self.room.name:
            raise Wrong("The server does not list the room.")

    def _again(self) -> None:
        self._standing()
        if self._way() != self.made:
            raise Wrong("There was a second room.")

    def _left(self, what: str) -> None:
        self._standing()
        span = {"since": self.at - marks.AFTER, "until": self.at + marks.AFTER}
        getattr(self.account.harvest, what)(self.room.key, **span)

    def _standing(self) -> None:
        if not self.made:
            raise Skip(NOTHING)

    def _nothing(self, said: str) -> None:
        raise Skip(said)

    def _close(self) -> None:
        if self.room.key not in self.account.closing.standing():
            raise Skip(NOTHING)
        self.account.closing.close(self.room.key)

    def _gone(self) -> None:
        closed = within(self.patience, lambda: self.room.key not in self.account.closing.standing())
        if not closed:
            raise Wrong("The room still stands there. Run with CLEAN=yes.")


def clean(account: Any, log: Log) -> None:
    """Close what earlier runs left, by their mark alone."""
    told = log.attempt("make", "Look for what earlier runs left", account.closing.standing)
    for key, name in (told or {}).items():
        if marks.is_own(key, name):
            log.attempt(
                "make", f"Close the room {marks.shown(key)}", partial(account.closing.close, key)
            )
