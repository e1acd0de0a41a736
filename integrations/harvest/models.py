"""What is known of the meetings whose attendance is to be fetched. Rows are kept."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from integrations.accounts.models import Account


class HarvestRow(models.Model):
    """The attendance of one meeting of a part, at one account.

    `ref` is the provider's name of the meeting. `looks` counts answers, `failures` calls in a row
    without one, `last_error` says why (code of a trouble, or `report_missing`). `found_hash` is
    SHA-256 (hex) of what the last look found: when the next finds the same, it is complete.
    `fetched_at` is when something new came last. `deadline_at`: then nothing is left over there.
    `recordings_at` is when recordings are looked for next, `recordings_error` why the last look failed.
    """

    class State(models.TextChoices):
        """How far it is: asked on; complete; the service knows of no meeting; lost over there."""

        WAITING = "waiting"
        DONE = "done"
        NOTHING = "nothing"
        LOST = "lost"

    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="harvests")
    ref = models.CharField(max_length=300, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_collation="C"
    )
    looks = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True, db_collation="C")
    found_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    people = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    recordings_at = models.DateTimeField(null=True)
    recordings_error = models.CharField(max_length=40, blank=True, db_collation="C")
    made_at = models.DateTimeField()

    class Meta:
        """A meeting is harvested once for a part."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "account", "ref"], name="harvest_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="harvest_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(
                fields=["recordings_at"], name="harvest_recordings",
                condition=models.Q(recordings_at__isnull=False),
            ),
        ]  # fmt: skip


class HeldRecording(models.Model):
    """A recording or transcript of a meeting that lies at its service.

    `state` is the service's own word. `url` is where it lies: a page for people only at some services
    (`words.PAGES`). `downloads` says that its bytes can be fetched. `seen_at` is when the service
    last named it.
    """

    harvest = models.ForeignKey(HarvestRow, on_delete=models.PROTECT, related_name="recordings")
    remote_id = models.CharField(max_length=300, db_collation="C")
    kind = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(max_length=20, db_collation="C")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    url = models.URLField(max_length=1000, blank=True)
    size = models.BigIntegerField(null=True)
    checksum = models.CharField(max_length=128, blank=True, db_collation="C")
    downloads = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """A service has a recording once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["harvest", "remote_id"], name="held_recording_once")
        ]


class RecordingFetch(models.Model):
    """How far the fetching of a held file has come: `loaded` of `size` bytes are safely here.

    `revision`, `checksum` and `suffix` are those of the bytes that are here (`ports.Opened`).
    `failures` counts tries in a row that brought nothing, `torn` whole files that were not what the
    service said; `last_error` says why (code). `recording` is what it becomes here, or, for a
    transcript, what it belongs to. `next_at` is when it goes on, unless a job is at it.
    """

    class State(models.TextChoices):
        """Coming; handed over; refused until somebody acts; no longer there."""

        COMING = "coming"
        DONE = "done"
        REFUSED = "refused"
        GONE = "gone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held = models.OneToOneField(HeldRecording, on_delete=models.PROTECT, related_name="fetch")
    recording = models.ForeignKey(
        "recordings.Recording", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.COMING, db_collation="C"
    )
    loaded = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(null=True)
    revision = models.CharField(max_length=200, blank=True, db_collation="C")
    checksum = models.CharField(max_length=160, blank=True, db_collation="C")
    suffix = models.CharField(max_length=8, blank=True, db_collation="C")
    failures = models.PositiveSmallIntegerField(default=0)
    torn = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True, db_collation="C")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        """Those that come are looked for by when they go on."""

        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="recording_fetch_due", condition=models.Q(state="coming")
            )
        ]
