"""A run at a calendar: one entry of its own, from making to removing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from integrations.live import marks
from integrations.live.steps import Log, Skip, Wrong, within
from integrations.ports import Changes, Denied, Entry, Found

NOTHING = "Nothing was made."
LATE = 4.0  # seconds


@dataclass
class CalendarRun:
    """A run at one account. `address` is whose free and busy times are asked for, its own.

    `connect` makes the account's object anew: a line that was cut in the middle of an answer is of no
    more use. `patience` is how many seconds something may take that providers do later.
    """

    connect: Callable[[], Any]
    log: Log
    at: datetime
    address: str
    meets: bool
    patience: float
    account: Any = field(init=False)
    entry: Entry = field(init=False)
    found: Found | None = None
    asked: bool = False
    cursor: str = ""

    def __post_init__(self) -> None:
        """Choose the entry's identity before the first call."""
        self.account = self.connect()
        self.entry = marks.entry(marks.key(), at=self.at)

    def go(self) -> None:
        """Every step; what was made is taken away also when the run breaks off."""
        for finding in self.account.check.check():
            self.log.finding(finding)
        try:
            self._make()
            self._change()
            self._look()
        finally:
            self.leave()

    def leave(self) -> None:
        """Take the entry away, found by its key where no answer came."""
        self.account = self.connect()
        self.log.attempt("make", "Remove the entry", self._remove)
        self.log.attempt("make", "The entry is gone", self._gone)

    def _make(self) -> None:
        tell = self.log.attempt
        tell("calendar", "List the calendar for changes to come", self._begin)
        tell("make", f"Make an entry under our own key {marks.shown(self.entry.key)}", self._put)
        tell("calendar", "Read it back", self._read)
        tell("make", "Make it again: it is the same entry", self._again)
        tell("calendar", "Hear of the new entry among the changes", self._heard)

    def _change(self) -> None:
        tell = self.log.attempt
        tell("make", "Move and rename it", self._move)
        tell("calendar", "Read the change back", self._read)
        tell("calendar", "Hear of the change", self._heard)

    def _look(self) -> None:
        tell = self.log.attempt
        tell("meeting", "Make a video meeting with a link", self._meet)
        tell("busy", "Ask for free and busy times of the own mailbox", self._busy)
        tell("attendance", "Ask who was in the meeting (nobody)", lambda: self._left("sittings"))
        tell("recordings", "Ask for recordings (there are none)", lambda: self._left("recordings"))

    def _span(self) -> dict[str, datetime]:
        return {"since": self.at - marks.BEFORE, "until": self.at + marks.AFTER}

    def _begin(self) -> None:
        self.cursor = self.account.calendar.changes("", **self._span()).cursor

    def _put(self) -> None:
        self.asked = True
        self.found = self.account.calendar.put(self.entry, known=None)

    def _standing(self) -> Found:
        if self.found is None:
            raise Skip(NOTHING)
        return self.found

    def _read(self) -> None:
        made = self._standing()
        seen = self.account.calendar.find(key=self.entry.key, remote_id=made.remote_id)
        wish = (self.entry.title, self.entry.starts_at, self.entry.ends_at)
        if seen is None or (seen.title, seen.starts_at, seen.ends_at) != wish:
            raise Wrong("What stands there differs from what was asked for.")
        self.found = seen

    def _again(self) -> None:
        made = self._standing()
        again = self.account.calendar.put(self.entry, known=None)
        entries = self.account.calendar.changes("", **self._span()).entries
        count = sum(1 for one in entries if not one.removed and one.key == self.entry.key)
        self.found = again
        if again.remote_id != made.remote_id or count != 1:
            raise Wrong(f"There are {count} entries with one key.")

    def _heard(self) -> None:
        made = self._standing()

        def told() -> bool:
            changes: Changes = self.account.calendar.changes(self.cursor, **self._span())
            self.cursor = changes.cursor
            return any(one.remote_id == made.remote_id for one in changes.entries)

        if not within(self.patience, told):
            raise Wrong("The changes do not name the entry.")

    def _move(self) -> None:
        made = self._standing()
        self.entry = marks.moved(self.entry)
        self.found = self.account.calendar.put(self.entry, known=made)

    def _meet(self) -> None:
        made = self._standing()
        if not self.meets:
            raise Skip("This provider makes no video meetings.")
        self.entry = replace(self.entry, meets=True)
        self.found = self.account.calendar.put(self.entry, known=made)
        within(self.patience, self._ready)
        if self.found is None or self.found.meeting.state != "ready":
            raise Wrong(f"No link after {self.patience:.0f} seconds.")

    def _ready(self) -> bool:
        made = self._standing()
        if made.meeting.state == "pending":
            seen = self.account.calendar.find(key=self.entry.key, remote_id=made.remote_id)
            self.found = seen or made
        return self._standing().meeting.state != "pending"

    def _busy(self) -> None:
        if not self.address:
            raise Skip("No address was given whose times could be asked for.")
        span = {"since": self.entry.starts_at, "until": self.entry.ends_at + timedelta(days=1)}
        if self.account.busy.busy([self.address], **span).get(self.address) is None:
            raise Denied("busy_not_told")

    def _left(self, what: str) -> None:
        ref = self._standing().meeting.ref
        if not ref:
            raise Skip("There is no meeting to ask about.")
        getattr(self.account.harvest, what)(ref, since=self.at, until=self.at + marks.AFTER)

    def _remove(self) -> None:
        # A call whose answer never came may still be under way.
        if not self.asked or not within(0 if self.found else LATE, self._left_there):
            raise Skip(NOTHING)
        self.account.calendar.remove(remote_id=self.found.remote_id if self.found else "")

    def _left_there(self) -> bool:
        remote_id = self.found.remote_id if self.found else ""
        seen = self.account.calendar.find(key=self.entry.key, remote_id=remote_id)
        if seen is None or seen.removed:
            return False
        self.found = seen
        return True

    def _gone(self) -> None:
        if self._left_there():
            raise Wrong("The entry still stands there. Run with CLEAN=yes.")


def clean(account: Any, log: Log, *, at: datetime) -> None:
    """Take away what earlier runs left, by their mark alone."""
    span = {"since": at - marks.BEFORE, "until": at + marks.AFTER}
    told = log.attempt(
        "calendar", "Look for what earlier runs left",
        lambda: account.calendar.changes("", **span).entries,
    )  # fmt: skip
    for one in told or ():
        if marks.is_left(one):
            what = f"Remove the entry {marks.shown(one.key)}"
            log.attempt("make", what, partial(account.calendar.remove, remote_id=one.remote_id))
