"""Door: every table of the app, for Django."""

from recordings.arrivals.models import Upload
from recordings.captions.models import Chapter, Cue, Track
from recordings.library.models import Original, Recording, Rendition
from recordings.watched.models import WatchBeat, WatchClock, Watched, WatchSession

__all__ = [
    "Chapter",
    "Cue",
    "Original",
    "Recording",
    "Rendition",
    "Track",
    "Upload",
    "WatchBeat",
    "WatchClock",
    "WatchSession",
    "Watched",
]
