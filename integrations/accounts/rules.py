"""Which provider can do what, which account is nearest, and what a trouble means for an account."""

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

Need = Literal["calendar", "meeting", "notices"]

# Where entries are written, where meetings are made, and which of them are asked for news regularly.
CALENDARS = frozenset({"google", "microsoft", "caldav"})
MEETINGS = frozenset({"google", "microsoft", "bigbluebutton", "jitsi"})
# Services whose meetings are pasted as links, and that tell of them.
TELLING = frozenset({"zoom"})
# The organiser's own account wins, then what is next to the event.
NEAREST = ("person", "school", "programme", "country", "world")
# Only new credentials help: nothing is tried again before.
RECONNECT = frozenset({"consent_revoked", "secret_expired", "secret_wrong", "secret_unreadable"})
SILENT = "silent"
# Those that call an address of ours when something happens.
TELL_US = frozenset({"google", "microsoft", "bigbluebutton", "zoom"})
# Lines of a self-test that may fail while the account does what events need.
EXTRAS = frozenset({
    "address", "attendance", "busy", "changes", "drive", "meet", "meetings", "notices", "recordings",
    "transcripts",
})  # fmt: skip
MAKING = frozenset({"conference", "meetings_allowed"})


class Placed(Protocol):
    """What decides how near an account is to an event."""

    scope: str
    scope_id: int
    id: int


P = TypeVar("P", bound=Placed)


def providers_for(need: Need) -> frozenset[str]:
    """The providers that can serve a need."""
    return {"calendar": CALENDARS, "meeting": MEETINGS, "notices": TELLING}[need]


def nearest(accounts: Iterable[P], places: dict[str, int]) -> P | None:
    """The account for an event whose `places` give an id per scope; the oldest of equally near ones."""
    fitting = [one for one in accounts if places.get(one.scope) == one.scope_id]
    return min(fitting, key=lambda one: (NEAREST.index(one.scope), one.id), default=None)


def is_needed(what: str, *, meets: bool) -> bool:
    """Whether an account is broken when this line of its self-test is; `meets`: it makes meetings."""
    return what not in EXTRAS and (meets or what not in MAKING)


def state_after(code: str) -> str:
    """The state of an account that met a trouble: `reconnect` where only new credentials help."""
    return "reconnect" if code in RECONNECT else "troubled"
