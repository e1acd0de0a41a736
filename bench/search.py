"""Words found in what is said: a thousand hours of captions, beside a plain LIKE over the same rows.

Run as `python -m bench.search [hours]`. The reader may watch a third of the recordings.
"""

import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import database  # noqa: E402 - the path comes first

HOURS = 1000
CUES = 900
GOAL_MS = 100
SYLLABLES = [
    "ka",
    "re",
    "mi",
    "to",
    "na",
    "vo",
    "le",
    "su",
    "ri",
    "ze",
    "pa",
    "do",
    "lju",
    "či",
    "đa",
    "nj",
    "še",
    "ba",
    "ru",
    "ve",
    "go",
    "ti",
    "ma",
    "ko",
]
TYPED = ("dnevnik", "đaci uče", "vlerësimi", "ра", "karemi tona", "nema toga", "ko")


def words(dice, count):
    """Invented words; a few are so frequent that they tell nothing."""
    return " ".join("".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(count))


def fill(hours):
    """Recordings of an hour with 900 lines each; returns somebody who may watch a third of them."""
    from events.kernel.fold import search_key
    from recordings.captions.models import Cue, Track
    from tests.factories.recordings import make_recording
    from tests.factories.world import AT, make_event, make_world

    dice = random.Random(5)  # noqa: S311  invented words
    near, far = make_world("HR"), make_world("AL")
    events = [make_event(near), make_event(far), make_event(far)]
    for number in range(hours):
        row = make_recording(events[number % 3], title=words(dice, 4))
        track = Track.objects.create(
            recording=row, language="hr", origin="upload", sha256="0" * 64, at=AT
        )
        texts = [words(dice, 9) for _ in range(CUES)]
        if number % 7 == 0:
            texts[number % CUES] = "Đaci uče i vode dnevnik, vlerësimi pa nota."
        Cue.objects.bulk_create(
            (Cue(track=track, order=n, start_ms=n * 4000, end_ms=n * 4000 + 3900, text=text,
                 key=search_key(text)) for n, text in enumerate(texts)), batch_size=900,
        )  # fmt: skip
    return near.actor(near.teachers[0]), AT


def timed(do, times=7):
    """Median milliseconds of a deed."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main():
    hours = int(sys.argv[1]) if len(sys.argv) > 1 else HOURS
    with database.database():
        from django.db import connection

        from events.kernel.fold import search_key
        from recordings.captions import search
        from recordings.captions.models import Cue

        by, at = fill(hours)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"  {hours} hours, {Cue.objects.count():,} lines")
        worst = 0.0
        for typed in TYPED:
            ms = timed(lambda typed=typed: search.find(typed, by=by, at=at))
            like = timed(lambda typed=typed: list(
                Cue.objects.filter(key__contains=search_key(typed)).order_by()[:600]), 3)  # fmt: skip
            worst = max(worst, ms)
            hits = len(search.find(typed, by=by, at=at))
            print(f"  {typed!r}: {ms:.0f} ms, {hits} recordings (LIKE {like:.0f} ms)")
        print(f"  slowest {worst:.0f} ms, goal {GOAL_MS} ms")


if __name__ == "__main__":
    main()
