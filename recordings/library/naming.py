"""What a size of a recording is called wherever it stands."""

from django.utils.translation import gettext as _

from recordings.library.models import Rendition

NAMES = Rendition.Name


def words(row: Rendition) -> str:
    """The name of a size in the reader's language."""
    if row.name == NAMES.AUDIO:
        return _("Sound only")
    if row.name == NAMES.SMALL:
        return _("Small video")
    return _("Video %(height)sp") % {"height": row.height or 480}
