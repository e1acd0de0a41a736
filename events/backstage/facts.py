"""Facts of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterQueued:
    """A letter waits to be handed to the mail server."""

    letter_id: int
