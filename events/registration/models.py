"""Places and the people on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.programme.models import Event


class Way(models.TextChoices):
    """How one person takes part."""

    ROOM = "room"
    ONLINE = "online"


class Pool(models.Model):
    """The places of one way to take part in an event; without a capacity there is no limit."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pools")
    way = models.CharField(max_length=8, choices=Way.choices, db_collation="C")
    capacity = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        """More people than places cannot be written."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "way"], name="pool_once"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=F("taken") + F("held")),
                name="pool_not_oversold",
            ),
        ]


class Registration(models.Model):
    """One person's place (or wait for one) at an event."""

    class State(models.TextChoices):
        """Where the registration stands."""

        REGISTERED = "registered"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    HOLDS = (State.REGISTERED, State.WAITING)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations"
    )
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="registrations")
    way = models.CharField(max_length=8, choices=Way.choices, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, db_collation="C")
    number = models.PositiveIntegerField(null=True)
    walk_in = models.BooleanField(default=False)
    school_id = models.BigIntegerField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """One registration per person; a waiting number is given once; waiting ones have a number."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="registration_once"),
            models.UniqueConstraint(
                fields=["pool", "number"],
                name="waiting_number_once",
                condition=Q(state="waiting"),
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(number__isnull=False), name="waiting_has_number"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "state"], name="registration_event")]


class PersonalLink(models.Model):
    """The right of whoever holds a link to act on one person's place at one event, nothing else."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="links"
    )
    salt = models.CharField(max_length=24, db_collation="C")
    made_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One link per person and event in force."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "person"], name="link_once", condition=Q(revoked_at__isnull=True)
            )
        ]


class RecordingWish(models.Model):
    """Somebody cannot come and wants to be told when the recording is up: no place, no pool.

    In force until `ended_at`. Whoever has a place or waits has none in force.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="recording_wishes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recording_wishes"
    )
    school_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One per person and event."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="recording_wish_once")
        ]
