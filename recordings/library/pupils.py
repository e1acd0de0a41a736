"""Pupils who may be seen: nothing is shown before every parent agreed in writing."""

from typing import TYPE_CHECKING

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from recordings.library.models import Recording

if TYPE_CHECKING:
    from events.programme.models import Event


class ParentsOpen(DomainError):
    """Pupils may be seen, and nobody has said that their parents agreed."""

    code = "parents_open"
    status = 409
    sentence = gettext_noop(
        "Pupils may be seen. Ask every parent in writing, then say so on the page of the speakers."
    )


def may_be_seen(event: "Event") -> bool:
    """Whether pupils may be in what is recorded there: wherever a school is visited."""
    return event.kind.is_visit or bool(event.visitors)


def require_parents(recording: Recording) -> None:
    """Raise ParentsOpen where pupils may be seen and their parents are not known to agree."""
    if recording.parents_at is None and may_be_seen(recording.event):
        raise ParentsOpen
