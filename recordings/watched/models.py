"""Sessions of players, their beats, and what they cover together."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from recordings.library.models import Recording


class WatchSession(models.Model):
    """One player on one page, kept from its first beat on.

    `wall_ms` and `heard_at` are what the furthest beat said and when it came.
    """

    key = models.CharField(max_length=16, unique=True, db_collation="C")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()
    limit = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    heard_at = models.DateTimeField(db_index=True)
    wall_ms = models.PositiveBigIntegerField(default=0)


class WatchBeat(models.Model):
    """A beat as it came; once merged it is only evidence, and goes after some weeks."""

    session = models.ForeignKey(WatchSession, on_delete=models.PROTECT, related_name="beats")
    seq = models.PositiveIntegerField()
    body = models.JSONField()
    accepted_ms = models.PositiveIntegerField()
    too_much_ms = models.PositiveBigIntegerField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        """The same beat counts once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "seq"], name="watch_beat_once")
        ]


class WatchClock(models.Model):
    """The time a person has used up for watching: [start, end] in milliseconds since 1970.

    Its row is also the lock under which beats of all tabs and devices of a person are judged.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    used = models.JSONField(default=list)


class Watched(models.Model):
    """What a person has played of a recording, as ranges of source time, sorted and disjoint.

    `counted` is the part of `ranges` that was played before the recording's deadline for credit;
    `late` are the parts played after it, as [start, end, instant in ms], should it be moved.
    `pos_ms` where the player was last, `told_ms` how much was covered when it was last told.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")
    ranges = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    late = models.JSONField(default=list)
    pos_ms = models.PositiveBigIntegerField(default=0)
    covered_ms = models.PositiveBigIntegerField(default=0)
    told_ms = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        """One row for a person and a recording."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "recording"], name="watched_once")
        ]
