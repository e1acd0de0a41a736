"""Frozen batches of a ministry's file. A batch and its lines are written once."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """A term of a country as of an instant."""

    class State(models.TextChoices):
        """Whether all lines are frozen."""

        FREEZING = "freezing"
        READY = "ready"

    country = models.ForeignKey("events.Country", on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey("events.Term", on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    as_of = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.FREEZING, db_collation="C"
    )
    ready_lines = models.PositiveIntegerField(default=0)
    other_lines = models.PositiveIntegerField(default=0)
    manifest = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, db_collation="C")
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        """Batches of a term are counted from one."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "order"], name="batch_order_once")
        ]


class BatchFile(models.Model):
    """The archive of a batch as it was made when it was frozen; every file of it is inside."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()
    made_at = models.DateTimeField()


class BatchLine(models.Model):
    """One certificate as it stood when the batch was frozen."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    certificate = models.ForeignKey(
        "attendance.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    ready = models.BooleanField()
    body = models.JSONField()

    class Meta:
        """A certificate stands once in a batch."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "certificate"], name="line_once")
        ]
