"""Captions in a language, their cues, and chapters. All times are milliseconds of source time."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from recordings.library.models import Recording


class Track(models.Model):
    """What is said in a recording, in one language; a newer track of that language replaces it."""

    class Origin(models.TextChoices):
        """Where the words come from."""

        UPLOAD = "upload"
        PLATFORM = "platform"
        MACHINE = "machine"

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="tracks")
    language = models.CharField(max_length=12, db_collation="C")
    origin = models.CharField(max_length=8, choices=Origin.choices, db_collation="C")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, db_collation="C")
    remarks = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One track a language is shown."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recording", "language"],
                name="track_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Cue(models.Model):
    """Words from an instant to another, and who says them. `key` is the text folded for finding."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="cues")
    order = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=2000)
    key = models.TextField(db_collation="C")
    vector = models.GeneratedField(
        expression=SearchVector("key", config="simple"),
        output_field=SearchVectorField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        """Cues stand in order and end after they start; words are found by an index."""

        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["track", "order"], name="cue_order"),
            models.CheckConstraint(condition=Q(end_ms__gt=F("start_ms")), name="cue_length"),
        ]
        indexes: ClassVar = [GinIndex(fields=["vector"], name="cue_words")]


class Chapter(models.Model):
    """A chapter from here to the next; `agenda` ones move with the first recorded instant."""

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="chapters")
    start_ms = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    agenda = models.BooleanField(default=False)
    key = models.TextField(db_collation="C")
    vector = models.GeneratedField(
        expression=SearchVector("key", config="simple"),
        output_field=SearchVectorField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        """Two chapters never begin at once."""

        ordering: ClassVar = ["start_ms"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recording", "start_ms"], name="chapter_once")
        ]
        indexes: ClassVar = [GinIndex(fields=["vector"], name="chapter_words")]
