"""Why a certificate has ended, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ENDED: dict[str, Promise] = {
    "attendance_corrected": gettext_lazy("The attendance was corrected."),
    "name_corrected": gettext_lazy("The name was corrected."),
    "issued_in_error": gettext_lazy("It was issued in error."),
    "duplicate": gettext_lazy("There was a second certificate for the same deed."),
    "holder_request": gettext_lazy("The holder asked for it."),
    "fraud": gettext_lazy("It was obtained by false statements."),
}


def ended(code: str) -> str:
    """One of `states.REASONS` as a sentence."""
    return str(ENDED[code])
