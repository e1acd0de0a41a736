"""Files on their way in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from recordings.library.models import Recording


class Upload(models.Model):
    """A file that comes in pieces: `offset` of `length` bytes are here, in the working folder.

    Once it is whole a job looks into it; `refused` is the code of why it could not be taken.
    """

    class State(models.TextChoices):
        """How far a file has come."""

        COMING = "coming"
        WHOLE = "whole"
        TAKEN = "taken"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.COMING, db_collation="C"
    )
    refused = models.CharField(max_length=40, blank=True, db_collation="C")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        """Never more than was promised."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="upload_offset")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "moved_at"], name="upload_state")]
