"""Reactions of this room."""

from datetime import datetime

from django.conf import settings

from events.backstage import jobs
from events.kernel.actors import system
from recordings.captions import chapters, queries
from recordings.captions.models import Chapter
from recordings.library import queries as library
from recordings.library.facts import OriginalArrived, RenditionReady


def take_agenda(fact: OriginalArrived, *, at: datetime) -> None:
    """A new recording gets the running order of its part as chapters."""
    row = library.find(fact.recording_id)
    if row and fact.revision == 1 and not Chapter.objects.filter(recording=row).exists():
        chapters.take_agenda(row.pk, by=system("captions"), at=at)


def transcribe(fact: RenditionReady, *, at: datetime) -> None:
    """Where a local program is named, let it write captions as soon as there is sound."""
    row = library.find(fact.recording_id)
    if not settings.KOLEGA_TRANSCRIBE or fact.name != "audio" or row is None:
        return
    if queries.track_of(row, row.language) is None:
        jobs.start(
            "transcribe", key=f"{row.pk}:{fact.revision}:", params={"recording_id": row.pk},
            by=system("captions"), at=at, total=None,
        )  # fmt: skip
