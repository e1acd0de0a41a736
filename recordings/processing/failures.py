"""Why a recording cannot be made smaller, in words for whoever runs the event."""

from events.backstage.holding import Hopeless
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from recordings.media.tools import NoTranscoder

GENERAL = gettext_noop("The transcoder ended with an error. Try again later.")


class Unreadable(Hopeless, DomainError):
    """The transcoder cannot read the file, or gets much less out of it than there should be."""

    code = "cannot_be_made_smaller"
    sentence = gettext_noop(
        "The file is damaged, so it cannot be made smaller. Save it anew and upload it again."
    )


class OriginalGone(Hopeless, DomainError):
    """The file is not in the storage any more."""

    code = "original_gone"
    sentence = gettext_noop("The file is not there any more. Upload it again.")


class TooSlow(Hopeless, DomainError):
    """Four times as long as the recording plays, and a while, were not enough."""

    code = "too_slow"
    sentence = gettext_noop("This server is too slow at the moment. Try again at a quiet hour.")


class TooHungry(Hopeless, DomainError):
    """The transcoder wanted more memory than it gets."""

    code = "too_hungry"
    sentence = gettext_noop("This film needs more memory than allowed. Save it in a smaller size.")


class DiskFull(DomainError):
    """There is no room for the files; tried again, because room may come."""

    code = "disk_full"
    status = 507
    sentence = gettext_noop("The disk of this server is full. The administrator must make room.")


KNOWN: tuple[type[DomainError], ...] = (
    Unreadable, OriginalGone, TooSlow, TooHungry, DiskFull, NoTranscoder,
)  # fmt: skip


def sentence_of(last_error: str) -> str:
    """The message id for what a failed job left as its last error."""
    found = next((one for one in KNOWN if one.__name__ == last_error), None)
    return found.sentence if found else GENERAL
