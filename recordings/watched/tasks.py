"""Chores: tell what silent players have played, and forget old beats."""

from datetime import datetime, timedelta

from django.db import transaction

from recordings.watched import commands, queries
from recordings.watched.models import WatchBeat, WatchSession

SILENT = timedelta(minutes=5)
KEPT = timedelta(days=30)
AT_ONCE = 500


def tell_silent(*, at: datetime) -> None:
    """Tell what was played where no pause came, because the device or the line died."""
    for watched_id in queries.fallen_silent(before=at - SILENT, limit=AT_ONCE):
        commands.tell_rest(watched_id, at=at)


@transaction.atomic
def forget_beats(*, at: datetime) -> None:
    """Remove beats and sessions that are merged and older than thirty days; what they cover stays."""
    WatchBeat.objects.filter(received_at__lt=at - KEPT).delete()
    WatchSession.objects.filter(heard_at__lt=at - KEPT, beats=None).delete()
