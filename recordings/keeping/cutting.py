"""Makes the file of a recording anew without the spans somebody does not want to be in.

Killed anywhere, the next run finds by the rows how far it came: the new file is shown in the same
transaction in which its texts go, and only then the files before it are removed.
"""

import hashlib
from pathlib import Path

from django.db import transaction

from events.backstage.holding import Hold
from events.kernel import clock
from events.kernel.actors import system
from recordings.captions import forgetting
from recordings.keeping import clearing
from recordings.library import queries, shortening, timeline
from recordings.library.models import Recording
from recordings.library.shortening import Made
from recordings.media import probe, store
from recordings.processing import encoding, recipes, storing
from recordings.processing.failures import OriginalGone, Unreadable

BY = system("keeping")
MOST = 95  # per cent: encoding takes nearly all of the time
# Per second, of film and of sound; between them the cut file takes what its source took.
LEAST_BITS, MOST_BITS = 24_000, 8_000_000
LEAST_SOUND, MOST_SOUND = 16_000, 128_000
MARGIN = 4_000_000  # bytes of heads and of what a rate control overshoots
OFF_MS = 1500
BLOCK = 1024 * 1024


def cut(recording_id: int, revision: int, hold: Hold) -> None:
    """Take out what is wanted out of a revision, then remove what is shown no more.

    Raises Stopped or a DomainError.
    """
    row = queries.find(recording_id)
    if row is not None and row.revision == revision and row.wanted:
        _make(row, hold)
    clearing.clear(recording_id, at=clock.now(), beat=hold.beat)
    hold.say(100)


def _make(row: Recording, hold: Hold) -> None:
    original = queries.original_of(row)
    if original is None:
        raise OriginalGone
    spans = [(int(one), int(two)) for one, two in row.wanted]
    kept = timeline.kept(row.length_ms, timeline.to_player(spans, row.left))
    with store.working_folder() as folder:
        source = storing.at_hand(original.key, original.size, folder, hold.beat)
        made = _encoded(source, folder, kept, hold)
        facts = _checked(made, kept)
        key = f"{store.folder_of(row.pk, row.revision + 1)}/original{made.suffix}"
        new = Made(key, made.stat().st_size, _digest(made, hold), facts.as_dict())
        store.put(key, made)
    with transaction.atomic():
        hold.check()
        at = clock.now()
        if shortening.take_cut(row.pk, new, spans=spans, revision=row.revision, by=BY, at=at):
            forgetting.forget_inside(row.pk, spans, by=BY, at=at)


def _encoded(source: Path, folder: Path, kept: list[timeline.Pair], hold: Hold) -> Path:
    facts = probe.look(source)
    length = sum(end - start for start, end in kept)
    bits, sound_bits = _bits(facts)
    made = folder / ("cut.mp4" if facts.video else "cut.m4a")
    call = recipes.without(
        source, made, kept, film=bool(facts.video), sound=bool(facts.audio), bits=bits,
        sound_bits=sound_bits, threads=encoding.THREADS,
    )  # fmt: skip
    encoding.encode(
        call, duration_ms=max(length, facts.duration_ms), folder=folder,
        room=length * (bits + sound_bits) // 8000 * 3 // 2 + MARGIN,
        beat=lambda share: hold.beat(int(MOST * share)),
    )  # fmt: skip
    return made


def _bits(facts: probe.Facts) -> tuple[int, int]:
    """Bits per second for film and for sound, together what the source has: for slow lines."""
    told = facts.audio_bits or facts.bit_rate // (2 if facts.video else 1)
    sound = max(LEAST_SOUND, min(MOST_SOUND, told)) if facts.audio else 0
    return max(LEAST_BITS, min(MOST_BITS, facts.bit_rate - sound)), sound


def _checked(made: Path, kept: list[timeline.Pair]) -> probe.Facts:
    """What is in the new file; one that is not as long as what was to be kept is not taken."""
    facts = probe.look(made)
    if abs(facts.duration_ms - sum(end - start for start, end in kept)) > OFF_MS:
        raise Unreadable
    return facts


def _digest(path: Path, hold: Hold) -> str:
    found = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(BLOCK):
            found.update(block)
            hold.beat()
    return found.hexdigest()
