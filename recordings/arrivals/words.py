"""Why a file could not be taken, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from recordings.media import probe

UNKNOWN = gettext_noop("This file could not be taken. Choose another one.")
OWN = {
    "replaced": gettext_lazy("Another file was chosen instead."),
    "given_up": gettext_lazy("Sending was given up."),
    "removed": gettext_lazy("The recording was removed."),
    "has_file": gettext_lazy("The recording had another file already."),
    "not_taken": gettext_lazy("The file could not be taken over within three days. Send it again."),
    "left_alone": gettext_lazy("Sending was not finished within three days."),
}
_PROBED: tuple[type[DomainError], ...] = (
    *probe.REFUSALS.values(), probe.TooLong, probe.TooWide, probe.TookTooLong
)  # fmt: skip
REFUSALS = {error.code: error.sentence for error in _PROBED}


def of_refusal(code: str) -> str:
    """The sentence for a refusal, in the reader's language."""
    if code in OWN:
        return str(OWN[code])
    return _(REFUSALS.get(code, UNKNOWN))
