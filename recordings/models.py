"""Door: every table of the app, for Django."""

from recordings.library.models import Original, Recording, Rendition

__all__ = ["Original", "Recording", "Rendition"]
