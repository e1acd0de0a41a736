"""Door: every table of the app, for Django."""

from recordings.captions.models import Chapter, Cue, Track
from recordings.library.models import Original, Recording, Rendition

__all__ = ["Chapter", "Cue", "Original", "Recording", "Rendition", "Track"]
