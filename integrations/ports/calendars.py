"""Calendar entries, and notices of their changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Entry:
    """A calendar entry as it should be.

    `key` names it for ever: 32 lower-case hexadecimal digits chosen before the first call, so that a
    call repeated after a lost answer changes nothing. `uid` and `sequence` are those of our own
    calendar files. `link` is where people join when the provider makes no meeting (`meets` False).
    Nobody is ever invited through the provider: our own mail is the one invitation.
    `changed_at` is when we last changed it; the calendar file says so where the provider takes one.
    """

    key: str
    uid: str
    sequence: int
    title: str
    text: str
    place: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    link: str = ""
    meets: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Meeting:
    """The video meeting of an entry. `state`: none, pending, ready or failed.

    `ref` is what the provider needs to find sessions and recordings later.
    """

    state: str = "none"
    join_url: str = ""
    dial_in: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Found:
    """An entry as it stands at the provider. `key` is empty where the entry is none of ours.

    A removed entry has `removed` and may have nothing but its `remote_id`.
    """

    remote_id: str
    etag: str = ""
    key: str = ""
    title: str = ""
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    removed: bool = False
    meeting: Meeting = field(default_factory=Meeting)


@dataclass(frozen=True)
class Changes:
    """What changed since a cursor. `whole` means: this is everything, what is missing is gone."""

    entries: Sequence[Found]
    cursor: str
    whole: bool


class Calendar(Protocol):
    """One calendar of one account."""

    def put(self, entry: Entry, *, known: Found | None) -> Found:
        """Make the entry stand there as wished; `known` is what was last seen of it.

        Without `known` it is made, or found again by its key if an earlier call got through. With
        it, the change is refused with `Conflict` if the entry was changed over there since, and with
        `Gone` if it was removed. Text, guests and answers kept by the provider are left alone.
        """

    def remove(self, *, remote_id: str) -> None:
        """Take the entry away; one that is not there is fine."""

    def find(self, *, key: str, remote_id: str) -> Found | None:
        """The entry by its remote id, else by our key; None when there is none, removed or not."""

    def changes(self, cursor: str, *, since: datetime, until: datetime) -> Changes:
        """Changes since `cursor`; with an empty one all entries that touch the span.

        Raises `CursorLost` when the cursor is not taken any more.
        """


@dataclass(frozen=True)
class Channel:
    """A promise of the provider to tell us of changes, until `expires_at`."""

    channel_id: str
    resource: str
    expires_at: datetime


class Push(Protocol):
    """Notices of changes. A notice says only: look again."""

    def watch(self, *, channel_id: str, address: str, secret: str, until: datetime) -> Channel:
        """Ask for notices at `address`; `channel_id` was chosen by us, `secret` comes back in each."""

    def renew(self, channel: Channel, *, until: datetime) -> Channel | None:
        """Extend a channel; None where the provider knows no renewing and a new one is needed."""

    def stop(self, channel: Channel) -> None:
        """End a channel; one that is not there is fine."""
