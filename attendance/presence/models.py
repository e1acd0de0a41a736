"""Evidence of presence, and the verdicts made from it. Evidence is withdrawn, never deleted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from attendance.presence.evidence import Evidence, Mode, Status


class RuleVersion(models.Model):
    """One version of how presence is judged for a kind of event (or, without a kind, for all)."""

    kind = models.CharField(max_length=40, blank=True, db_collation="C")
    version = models.CharField(max_length=40, db_collation="C")
    body = models.JSONField()
    valid_from = models.DateTimeField()

    class Meta:
        """A version of a kind's rule is written once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="rule_version_once")
        ]


class ReportImport(models.Model):
    """A report of a meeting service as it was handed in, with what was understood of it.

    Only a report that was taken over counts; before that it waits for answers or for a look.
    `source` and `source_ref` name provider and meeting where a service was asked for it; of those
    one version counts at a time.
    """

    class State(models.TextChoices):
        """How far a report has come."""

        ASKED = "asked"
        READY = "ready"
        TAKEN = "taken"

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_collation="C")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.READY, db_collation="C"
    )
    answers = models.JSONField(default=dict)
    format = models.CharField(max_length=40, blank=True, db_collation="C")
    people = models.PositiveIntegerField()
    warnings = models.JSONField(default=list)
    held_start = models.DateTimeField(null=True)
    held_end = models.DateTimeField(null=True)
    source = models.CharField(max_length=16, blank=True, default="", db_collation="C")
    source_ref = models.CharField(max_length=300, blank=True, default="", db_collation="C")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The same file counts once for a part."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part", "sha256"],
                name="report_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class SightingRow(models.Model):
    """Somebody seen at a part of an event; without a person it waits to be matched."""

    class Source(models.TextChoices):
        """Where the sighting comes from."""

        DOOR = "door"
        PAPER = "paper"
        REPORT = "report"
        CORRECTION = "correction"
        RECORDING = "recording"
        QUESTIONS = "questions"

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_key = models.CharField(max_length=200, blank=True, db_collation="C")
    seen_name = models.CharField(max_length=200, blank=True)
    seen_email = models.CharField(max_length=254, blank=True)
    matched_by = models.CharField(max_length=20, blank=True, db_collation="C")
    mode = models.CharField(
        max_length=10, choices=[(mode.value, mode.value) for mode in Mode], db_collation="C"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    last_sign_at = models.DateTimeField(null=True)
    stated_seconds = models.PositiveIntegerField(null=True)
    waiting = models.BooleanField(default=False)
    evidence = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in Evidence], db_collation="C"
    )
    source = models.CharField(max_length=12, choices=Source.choices, db_collation="C")
    report = models.ForeignKey(
        ReportImport, null=True, on_delete=models.PROTECT, related_name="sightings"
    )
    reason = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=80, null=True, unique=True, db_collation="C")  # noqa: DJ001  unique where present
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """A sighting ends after it starts."""

        indexes: ClassVar = [models.Index(fields=["event", "person"], name="sighting_event")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="sighting_order",
            )
        ]


class RemotePerson(models.Model):
    """Whose an account at a video service is, as a person confirmed it."""

    provider = models.CharField(max_length=16, db_collation="C")
    account = models.CharField(max_length=200, db_collation="C")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """An account is one person's."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "account"], name="remote_person_once")
        ]


class Excuse(models.Model):
    """Somebody did not come for a good reason; it adds no minute and is withdrawn, never deleted."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One excuse in force for a person at an event."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="excuse_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Settlement(models.Model):
    """Where the attendance of an event stands; the rule is frozen with the first verdicts."""

    class State(models.TextChoices):
        """How final the verdicts are."""

        OPEN = "open"
        SETTLED = "settled"

    event = models.OneToOneField("events.Event", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN, db_collation="C"
    )
    version = models.PositiveIntegerField(default=0)
    rule = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)


class VerdictRow(models.Model):
    """What one person's evidence amounted to; a new judgement is a new row."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    status = models.CharField(
        max_length=10, choices=[(item.value, item.value) for item in Status], db_collation="C"
    )
    evidence = models.CharField(max_length=10, db_collation="C")
    minutes_counted = models.PositiveIntegerField()
    minutes_planned = models.PositiveIntegerField()
    minutes_room = models.PositiveIntegerField()
    minutes_online = models.PositiveIntegerField()
    minutes_recording = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField()
    unit_minutes = models.PositiveSmallIntegerField()
    rule_version = models.CharField(max_length=40, db_collation="C")
    reasons = models.JSONField(default=list)
    judged_at = models.DateTimeField()
    # When it became enough by watching a recording; None where being there was enough.
    completed_at = models.DateTimeField(null=True)

    class Meta:
        """One current verdict for a person at an event."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person"], name="verdict_current_once", condition=Q(current=True)
            ),
            models.CheckConstraint(
                condition=Q(minutes_counted__lte=F("minutes_planned")), name="verdict_minutes"
            ),
        ]
