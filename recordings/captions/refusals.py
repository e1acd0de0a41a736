"""Why chapters are not taken."""

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop


class ChapterOutside(BadInput):
    """A chapter begins where the recording is over, or where another begins."""

    code = "chapter_outside"
    sentence = gettext_noop(
        "Each chapter must begin inside the recording, and no two at the same moment."
    )


class NoFilm(BadInput):
    """There is no file here that a chapter could lie in."""

    code = "no_film"
    sentence = gettext_noop("Chapters need a file that is kept here, and there is none yet.")
