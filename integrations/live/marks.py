"""How a run knows its own items again, also after it was killed."""

from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex

from integrations.ports import Entry, Found, Room

# Keys of events are 32 random digits; those of a run begin so, and its items are called so.
PREFIX = "6b6f6c6567612d6c"
TITLE = "Kolega live test"
CHANGED = "Kolega live test, moved"
ZONE = "Europe/Brussels"
AHEAD = timedelta(days=7)
HOUR = 2  # of the night, in UTC
BEFORE, AFTER = timedelta(days=400), timedelta(days=60)
SHOWN = 8


def key() -> str:
    """A key of this run."""
    return PREFIX + token_hex(8)


def entry(key: str, *, at: datetime) -> Entry:
    """An entry for an hour of the night, a week from now."""
    starts_at = (at + AHEAD).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return Entry(
        key=key, uid=f"{key}@live.invalid", sequence=0, title=TITLE,
        text="A test of Kolega. It removes itself.", place="", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1), zone=ZONE, changed_at=at,
    )  # fmt: skip


def moved(first: Entry) -> Entry:
    """The entry a day later, under another title."""
    day = timedelta(days=1)
    return replace(
        first, title=CHANGED, sequence=1, starts_at=first.starts_at + day,
        ends_at=first.ends_at + day,
    )  # fmt: skip


def room(key: str) -> Room:
    """A room that nobody is let into."""
    return Room(key=key, name=TITLE)


def is_own(key: str, title: str) -> bool:
    """Whether an item was made by a run: both its key and its title say so."""
    return key.startswith(PREFIX) and title.startswith(TITLE)


def is_left(found: Found) -> bool:
    """Whether an entry of a calendar stands there and was made by a run."""
    return not found.removed and is_own(found.key, found.title)


def shown(item: str) -> str:
    """An id, shortened for the report."""
    return f"{item[:SHOWN]}…" if len(item) > SHOWN else item
