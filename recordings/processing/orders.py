"""What is to be made of which file, read from the rows; and what has been made of it."""

from dataclasses import dataclass, fields

from django.db.models import QuerySet

from recordings.library import queries
from recordings.library.models import Original, Rendition
from recordings.media import store
from recordings.media.probe import Facts
from recordings.processing.playlists import Variant


@dataclass(frozen=True)
class Order:
    """One revision of a recording whose sizes are to be made; `facts` None must be looked for."""

    recording_id: int
    revision: int
    key: str
    size: int
    facts: Facts | None

    @property
    def folder(self) -> str:
        """Where its files lie."""
        return store.folder_of(self.recording_id, self.revision)

    @property
    def made(self) -> dict[str, Rendition]:
        """The sizes that are ready now, by their names."""
        rows = Rendition.objects.filter(recording_id=self.recording_id, revision=self.revision)
        return {row.name: row for row in rows}

    @property
    def variants(self) -> list[Variant]:
        """The sizes that are ready, for the master playlist."""
        return [
            Variant(row.playlist, row.peak, row.average, row.codecs, row.width, row.height)
            for row in self.made.values()
        ]

    @property
    def has_poster(self) -> bool:
        """Whether its picture is stored."""
        return self._original.filter(poster__gt=0).exists()

    @property
    def _original(self) -> QuerySet[Original]:
        return Original.objects.filter(recording_id=self.recording_id, revision=self.revision)


def of(recording_id: int, revision: int) -> Order | None:
    """The order for a revision; None where it is shown no more, or its file was removed."""
    recording = queries.find(recording_id)
    original = queries.original_of(recording) if recording is not None else None
    if original is None or original.revision != revision:
        return None
    return Order(recording_id, revision, original.key, original.size, _facts(original.facts))


def _facts(found: dict[str, object]) -> Facts | None:
    if "container" not in found:
        return None
    names = {one.name for one in fields(Facts)}
    return Facts(**{name: value for name, value in found.items() if name in names})  # type: ignore[arg-type]


def key_of(recording_id: int, revision: int) -> str:
    """The key of the job for a revision; the colon at its end keeps 1 apart from 11."""
    return f"{recording_id}:{revision}:"
