"""What the page of a recording shows to one reader."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import F, Func, IntegerField, Sum

from events.kernel.actors import Actor
from events.programme import policies as programme_policies
from events.programme import queries as programme
from recordings.captions import queries as captions
from recordings.captions.models import Cue, Track
from recordings.library import policies, queries, states
from recordings.library.models import Recording
from recordings.viewing import choices

SPEEDS = (75, 100, 125, 150)  # percent


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
        "sees_event": programme_policies.may_see(by, event),
        "manages": policies.may_manage(by, row),
        "standing": _standing(row, ready=bool(shown.renditions), at=at),
        "host": urlsplit(row.link).hostname or "",
        "player": choices.player(made, folder=asked.folder, seconds=asked.second) if made else None,
        "poster": _poster(asked, original.poster if original else 0),
        "choices": choices.choices(shown, current, text_bytes=_text_bytes(tracks)),
        "downloads": [
            (one, choices.words(one), asked.folder + one.download, choices.download_name(row.slug, one))
            for one in reversed(shown.renditions)
        ],
        "speeds": [(speed, speed / 100) for speed in SPEEDS],
        "minutes": -(-row.length_ms // 60_000), "second": asked.second,
        "complete": len(shown.renditions) == len(queries.SIZES),
    }  # fmt: skip


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
