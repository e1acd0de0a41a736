"""Which files of a recording are not shown any more, and are still there."""

from django.db.models import F, Q, QuerySet

from recordings.library import states
from recordings.library.models import Original, Recording


def is_older_kept(row: Recording) -> bool:
    """Whether a file from before the last cut is still kept."""
    older = Original.objects.filter(recording=row, revision__lt=row.revision, removed_at=None)
    return older.exists()


def superseded(recording_id: int) -> list[Original]:
    """Files that are kept although they are shown no more: before a cut, or of a deleted recording."""
    return list(_left().filter(recording_id=recording_id).order_by("revision"))


def with_left() -> list[int]:
    """Recordings that have such files."""
    return list(_left().order_by("recording_id").values_list("recording_id", flat=True).distinct())


def _left() -> QuerySet[Original]:
    gone = Q(recording__state=states.DELETED) | Q(revision__lt=F("recording__revision"))
    return Original.objects.filter(gone, removed_at=None)
