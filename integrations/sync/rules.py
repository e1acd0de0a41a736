"""What an entry over there says, compared with what we wish and with what we last saw."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from integrations.ports import Entry, Found

# Seconds between looks at a meeting that is still being made; after the last it has failed.
LOOKS = (2, 5, 15, 60, 300, 900)
# A call that failed for no stated reason is tried so often in its place, then steps aside.
PATIENCE = 3
FIRST_PAUSE, LONGEST_PAUSE = 4.0, 3600.0
# Refusals that say something about one entry and nothing about the account.
OF_THE_ENTRY = frozenset({"request_refused", "conference_not_allowed"})
# What can mean this entry, an invitation of somebody else's for instance, or the whole calendar.
FORBIDDEN = "forbidden"
# Too much was asked in one day: for hours nothing helps but waiting.
USAGE_LIMIT, USAGE_PAUSE = "usage_limit", 6 * 3600.0
# What the lanes of calendars begin with (`config/wiring.py`); the id of the account follows.
LANE = "calendar:"


def digest(entry: Entry) -> str:
    """A hash of all that people see of an entry; SEQUENCE and time stamp alone change nothing."""
    unseen = {"sequence", "changed_at"}
    values = {name: str(value) for name, value in asdict(entry).items() if name not in unseen}
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()


def mark(title: str, place: str, starts_at: datetime | None, ends_at: datetime | None) -> str:
    """What we own of an entry, in a form that can be compared: title, place, start and end."""
    words = [plain(title), plain(place)]
    instants = [one.isoformat(timespec="minutes") if one else "" for one in (starts_at, ends_at)]
    return "\n".join((*words, *instants))


def plain(text: str) -> str:
    """A text on one line, with single spaces, as it is compared."""
    return " ".join(text.split())


def mark_of(thing: Entry | Found) -> str:
    """The mark of an entry as wished or as found."""
    return mark(thing.title, thing.place, thing.starts_at, thing.ends_at)


def times_of(marks: Collection[str]) -> frozenset[str]:
    """The starts and ends within marks."""
    return frozenset(times(one) for one in marks)


def times(marked: str) -> str:
    """The start and end within a mark."""
    return "\n".join(marked.split("\n")[2:])


def pause(failures: int) -> float:
    """Seconds until a call that failed `failures` times in a row is made again."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * float(2 ** min(failures, 20)))
