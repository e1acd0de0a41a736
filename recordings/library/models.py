"""Recordings of parts of events, and their files."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from recordings.library import states, timeline


class Visibility(models.TextChoices):
    """Who may watch a published recording."""

    CLUSTER = "cluster"
    NETWORK = "network"
    PUBLIC = "public"


class Source(models.TextChoices):
    """How a recording came here."""

    UPLOAD = "upload"
    LINK = "link"
    HARVEST = "harvest"


class Recording(models.Model):
    """What was recorded of one part of an event; times are whole milliseconds.

    `pieces` says when the source was recorded: [source time, instant as milliseconds since 1970],
    ascending; empty while nobody knows. `cuts` are spans of source time that were taken out.
    `wanted` are spans of source time a job is taking out now; `absent` the talks, as [person, title, the
    answer it was], of which somebody looked and found nothing in the file; an empty title stands for
    the no to being in it at all. A no that is given later is open again.
    `revision` is the set of files that is shown; it rises when a cut has been made.
    A `link` leads elsewhere: such a recording has no files here and earns nothing by being opened.
    """

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=90, unique=True, db_collation="C")
    title = models.CharField(max_length=160)
    search_key = models.CharField(max_length=400, db_collation="C")
    language = models.CharField(max_length=12, db_collation="C")
    source = models.CharField(max_length=8, choices=Source.choices, db_collation="C")
    link = models.URLField(max_length=600, blank=True)
    provider = models.CharField(max_length=16, blank=True, db_collation="C")
    remote_id = models.CharField(max_length=300, blank=True, db_collation="C")
    remote_revision = models.CharField(max_length=120, blank=True, db_collation="C")
    state = models.CharField(
        max_length=10,
        choices=[(value, value) for value in states.RECORDING],
        default=states.DRAFT,
        db_collation="C",
    )
    visibility = models.CharField(
        max_length=8, choices=Visibility.choices, default=Visibility.CLUSTER, db_collation="C"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    duration_ms = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    cuts = models.JSONField(default=list)
    wanted = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    captioned = models.BooleanField(default=False)
    # When whoever runs the event said that everybody in it was asked, although it was not announced.
    asked_at = models.DateTimeField(null=True)
    asked_note = models.CharField(max_length=300, blank=True)
    # When, and who said that every parent of a pupil who is seen or heard agreed in writing.
    parents_at = models.DateTimeField(null=True)
    parents_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    up_at = models.DateTimeField(null=True)
    credit_until = models.DateTimeField(null=True)
    kept_until = models.DateField()
    warned_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """The same revision of the same file of a provider comes in once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "remote_id", "remote_revision"],
                name="recording_remote_once",
                condition=~Q(remote_id=""),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["event", "id"], name="recording_event")]

    @property
    def left(self) -> list[timeline.Pair]:
        """The stretches of source time that the shown files hold."""
        return timeline.kept(self.duration_ms, ((one, two) for one, two in self.cuts))

    @property
    def length_ms(self) -> int:
        """How long the shown files are."""
        return sum(end - start for start, end in self.left)

    @property
    def is_up(self) -> bool:
        """Published, with at least one size ready (or a link)."""
        return self.state == states.PUBLISHED and self.up_at is not None

    def watchable(self, at: datetime) -> bool:
        """Whether it is up by then."""
        return self.is_up and self.up_at is not None and self.up_at <= at

    def credit_over(self, at: datetime) -> bool:
        """Whether what is played from then on is played too late."""
        return self.credit_until is not None and self.credit_until <= at


class Original(models.Model):
    """The file of one revision as it arrived or was cut; `key` names it in the storage.

    `facts` is what looking into it found: duration_ms, width, height, frames per second, codecs.
    `poster` says how many bytes the picture `poster.jpg` beside the sizes has; 0 while there is none.
    """

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="originals")
    revision = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=200, db_collation="C")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    facts = models.JSONField()
    poster = models.PositiveIntegerField(default=0)
    arrived_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """A revision has one file."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recording", "revision"], name="original_once")
        ]


class Rendition(models.Model):
    """One size of a revision that can be watched and downloaded; a row is there once it is ready.

    `playlist` and `download` are names inside the folder of the revision. `peak` and `average` are
    bits per second as measured over the segments, `codecs` as RFC 6381 writes them.
    """

    class Name(models.TextChoices):
        """The sizes, smallest first."""

        AUDIO = "audio"
        SMALL = "240p"
        STANDARD = "480p"

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="renditions")
    revision = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=8, choices=Name.choices, db_collation="C")
    playlist = models.CharField(max_length=80, db_collation="C")
    download = models.CharField(max_length=80, db_collation="C")
    stream_bytes = models.PositiveBigIntegerField()
    download_bytes = models.PositiveBigIntegerField()
    peak = models.PositiveIntegerField()
    average = models.PositiveIntegerField()
    codecs = models.CharField(max_length=80, db_collation="C")
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        """A revision has each size once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recording", "revision", "name"], name="rendition_once")
        ]
