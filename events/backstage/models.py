"""Tables everybody stands on. Rows hold ids and plain values, never names or free text of people."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class FactRow(models.Model):
    """Something that happened; written once, in the transaction that made it happen."""

    kind = models.CharField(max_length=60, db_collation="C")
    body = models.JSONField()
    at = models.DateTimeField()
    fanned_at = models.DateTimeField(null=True)

    class Meta:
        """Facts still to be handed out are found by a small partial index."""

        indexes: ClassVar = [
            models.Index(
                fields=["id"], name="fact_unfanned", condition=models.Q(fanned_at__isnull=True)
            )
        ]


class Work(models.Model):
    """One reaction to one fact that has to be done once."""

    class State(models.TextChoices):
        """Where the work stands."""

        READY = "ready"
        LEASED = "leased"
        DONE = "done"
        PARKED = "parked"

    fact = models.ForeignKey(FactRow, on_delete=models.PROTECT, related_name="works")
    handler = models.CharField(max_length=120, db_collation="C")
    lane = models.CharField(max_length=80, blank=True, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.READY, db_collation="C"
    )
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        """One reaction per fact and handler; due work is found by a small partial index."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "handler"], name="work_once_per_fact")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"],
                name="work_due",
                condition=models.Q(state__in=["ready", "leased"]),
            ),
            models.Index(
                fields=["lane", "id"],
                name="work_lane",
                condition=models.Q(state__in=["ready", "leased"]) & ~models.Q(lane=""),
            ),
        ]


class Timer(models.Model):
    """A fact that will happen at a known instant unless somebody moves or drops it."""

    key = models.CharField(max_length=120, unique=True, db_collation="C")
    due_at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=60, db_collation="C")
    body = models.JSONField()


class Schedule(models.Model):
    """When a regular chore is next due; advanced by whoever runs it."""

    name = models.CharField(max_length=60, unique=True, db_collation="C")
    next_due = models.DateTimeField()


class Job(models.Model):
    """Long work with progress that a person started and may leave alone."""

    class State(models.TextChoices):
        """Where the job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60, db_collation="C")
    key = models.CharField(max_length=120, db_collation="C")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    params = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING, db_collation="C"
    )
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    cancel_asked = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Pressing twice opens the running job."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="job_running_once",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="job_due",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]


class AuditEntry(models.Model):
    """Who did what to which thing; sealed into a hash chain afterwards, in batches."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    system = models.CharField(max_length=60, blank=True, db_collation="C")
    action = models.CharField(max_length=60, db_collation="C")
    thing = models.CharField(max_length=40, db_collation="C")
    thing_id = models.BigIntegerField()
    changes = models.JSONField(default=dict)
    chain_hash = models.CharField(max_length=64, blank=True, db_collation="C")

    class Meta:
        """A thing's history is read by thing; sealing walks the unsealed ones in id order."""

        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id", "id"], name="audit_thing"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(chain_hash="")),
        ]


class Letter(models.Model):
    """A mail to one person for one purpose, kept until and after it is sent."""

    class State(models.TextChoices):
        """Where the letter stands."""

        QUEUED = "queued"
        SENT = "sent"
        WITHDRAWN = "withdrawn"
        REFUSED = "refused"

    purpose = models.CharField(max_length=160, unique=True, db_collation="C")
    message_id = models.CharField(max_length=160, unique=True, db_collation="C")
    kind = models.CharField(max_length=40, db_collation="C")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    event_id = models.BigIntegerField(null=True, db_index=True)
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.CharField(max_length=254)
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=12, db_collation="C")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    ics = models.BinaryField(blank=True, default=b"")
    ics_method = models.CharField(max_length=12, blank=True, db_collation="C")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.QUEUED, db_collation="C"
    )
    refusal = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)


class Once(models.Model):
    """The stored answer of a request that must not be carried out twice."""

    key = models.CharField(max_length=120, unique=True, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)


class Tally(models.Model):
    """How often something was tried in one window of time."""

    key = models.CharField(max_length=160, db_collation="C")
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row per key and window, raised by one statement."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "window"], name="tally_once")
        ]


class Installation(models.Model):
    """What was said on the first-run pages; at most one row."""

    lock = models.BooleanField(primary_key=True, default=True)
    step = models.CharField(max_length=20, default="administrator", db_collation="C")
    service_name = models.CharField(max_length=80, default="Kolega")
    sender_address = models.CharField(max_length=254, blank=True)
    zone = models.CharField(max_length=60, default="Europe/Brussels", db_collation="C")
    languages = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        """The key can only be true, so there is one row."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(lock=True), name="installation_single")
        ]
