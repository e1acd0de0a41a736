"""What the page of a recording shows to one reader."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import F, Func, IntegerField, Sum

from events.kernel.actors import Actor
from events.programme import policies as programme_policies
from events.programme import queries as programme
from events.registration import queries as registration
from recordings.captions import queries as captions
from recordings.captions.models import Cue, Track
from recordings.library import policies, queries, states
from recordings.library.models import Recording
from recordings.library.naming import words
from recordings.viewing import choices
from recordings.watched import queries as watched
from recordings.watched import sessions

SPEEDS = (75, 100, 125, 150, 175, 200)  # percent
# Nearer to the beginning or to the end nothing is left to go on with.
FROM_START_MS, FROM_END_MS = 10_000, 15_000


@dataclass(frozen=True)
class Asked:
    """What the reader asks for: a size, a second to begin at, little data; and where files are."""

    size: str
    second: int
    low: bool
    folder: str


def of(row: Recording, asked: Asked, *, by: Actor, at: datetime) -> dict[str, object]:
    """The context of the page; callers ask the policy."""
    shown, original = queries.shown(row), queries.original_of(row)
    current = choices.chosen(shown, asked.size, low=asked.low)
    made = shown.size(current)
    tracks = captions.tracks_of(row)
    event = programme.event_for_work(row.event_id)
    return {
        "recording": row, "event": event, "low": asked.low, "tracks": tracks,
        "sees_event": (sees := programme_policies.may_see(by, event)),
        "may_be_in_it": sees and _may_be_in_it(row, by),
        "manages": policies.may_manage(by, row),
        "standing": _standing(row, ready=bool(shown.renditions), at=at),
        "host": urlsplit(row.link).hostname or "",
        "player": choices.player(made, folder=asked.folder, seconds=asked.second) if made else None,
        "poster": _poster(asked, original.poster if original else 0),
        "choices": choices.choices(shown, current, text_bytes=_text_bytes(tracks)),
        "downloads": [
            (one, words(one), asked.folder + one.download, choices.download_name(row.slug, one))
            for one in reversed(shown.renditions)
        ],
        "speeds": speeds(sessions.limit_of(row.event_id, at=at)),
        "watching": sessions.opening(row, by=by, at=at, low_data=asked.low) if made else None,
        "resume_ms": _resume(row, asked, by),
        "complete": len(shown.renditions) == len(queries.SIZES),
    }  # fmt: skip


def _may_be_in_it(row: Recording, by: Actor) -> bool:
    """Whether the reader took part, and so has a say, also where nobody announced the recording."""
    return by.person_id is not None and registration.has_ever_joined(row.event_id, by.person_id)


def speeds(limit: int) -> list[tuple[int, float]]:
    """The speeds to offer, in percent and as a factor: none that would not count (`limit`, percent)."""
    return [(speed, speed / 100) for speed in SPEEDS if speed <= max(limit, 100)]


def _resume(row: Recording, asked: Asked, by: Actor) -> int:
    found = watched.position(row, person_id=by.person_id)
    if found is None or asked.second:
        return 0
    return found.pos_ms if is_between(found.pos_ms, row) else 0


def is_between(pos_ms: int, row: Recording) -> bool:
    """Whether a position leaves something before it and after it."""
    return FROM_START_MS <= pos_ms <= row.length_ms - FROM_END_MS


def _standing(row: Recording, *, ready: bool, at: datetime) -> str:
    """What a reader has to know first: draft, withdrawn, making, or up."""
    if row.state != states.PUBLISHED:
        return row.state
    return "up" if row.watchable(at) and (ready or row.link) else "making"


def _poster(asked: Asked, size: int) -> str:
    return f"{asked.folder}poster.jpg" if size and not asked.low else ""


def _text_bytes(tracks: list[Track]) -> int:
    """Bytes of the words of the first track, without the page round them."""
    if not tracks:
        return 0
    each = Func(F("text"), function="OCTET_LENGTH", output_field=IntegerField())
    found = Cue.objects.filter(track=tracks[0]).aggregate(octets=Sum(each))
    return found["octets"] or 0
