"""Certificates and statements; what they say is frozen, only their state moves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from attendance.certificates import states


class Certificate(models.Model):
    """One person's certificate for one event."""

    number = models.CharField(max_length=14, unique=True, db_collation="C")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    digest = models.CharField(max_length=64, db_collation="C")
    verdict_version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(value, value) for value in states.CERTIFICATE],
        default=states.ISSUED,
        db_collation="C",
    )
    issued_at = models.DateTimeField(db_index=True)
    # When watching a recording made it enough; None where being at the event did.
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=24, blank=True, db_collation="C")
    end_note = models.CharField(max_length=300, blank=True)
    successor = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="predecessor"
    )

    class Meta:
        """One certificate in force for a person at an event; what has ended says when and why."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="certificate_in_force_once",
                condition=Q(state=states.ISSUED),
            ),
            models.CheckConstraint(
                condition=Q(state=states.ISSUED, ended_at__isnull=True, end_reason="")
                | (~Q(state=states.ISSUED) & Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="certificate_end_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "issued_at"], name="certificate_person")
        ]


class Statement(models.Model):
    """One PDF of all hours of a period, with its own number."""

    number = models.CharField(max_length=14, unique=True, db_collation="C")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    digest = models.CharField(max_length=64, db_collation="C")
    issued_at = models.DateTimeField()


class Withheld(models.Model):
    """A certificate that is due but cannot be made, and why."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, db_collation="C")
    values = models.JSONField(default=dict)
    since = models.DateTimeField()

    class Meta:
        """One reason at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="withheld_once")
        ]
