"""Events, their parts, slots and the people responsible."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from events.kinds.models import Kind, Mode
from events.networks.models import Cluster, Community, Country, Programme, School
from events.places.models import Venue
from events.programme import states
from events.programme.family_models import Family


class Series(models.Model):
    """A rule that makes one-part events, its dates.

    `rrule` counts in the wall clock of `zone` from `starts_wall`; its dates are the original
    starts that stand in the dates' `recurrence_id` for ever. People see a date `shift_minutes`
    later than its original start, unless it was moved by hand. `exdates` are original starts that
    never had a date. `shared` holds the fields a new date is made from, `sequence` rises with
    every edit of the series or of one date.
    """

    uid = models.CharField(max_length=120, unique=True, db_collation="C")
    slug = models.SlugField(max_length=90, unique=True, db_collation="C")
    rrule = models.CharField(max_length=120, db_collation="C")
    starts_wall = models.CharField(max_length=16, db_collation="C")
    zone = models.CharField(max_length=60, db_collation="C")
    minutes = models.PositiveIntegerField()
    shift_minutes = models.IntegerField(default=0)
    exdates = models.JSONField(default=list)
    shared = models.JSONField(default=dict)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    sequence = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()

    @property
    def first(self) -> datetime:
        """The first original start, a naive wall clock."""
        return datetime.fromisoformat(self.starts_wall)

    @property
    def shift(self) -> timedelta:
        """How much later than its original start a date is shown."""
        return timedelta(minutes=self.shift_minutes)


class Event(models.Model):
    """What is promised: title, kind, audience, registration, certificate."""

    class Audience(models.TextChoices):
        """Who sees a published event."""

        SCHOOLS = "schools"
        CLUSTER = "cluster"
        COMMUNITY = "community"
        COUNTRY = "country"
        PUBLIC = "public"

    slug = models.SlugField(max_length=90, unique=True, db_collation="C")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="events")
    title = models.CharField(max_length=160)
    titles = models.JSONField(default=dict)
    summary = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(
        max_length=10,
        choices=[(value, value) for value in states.EVENT],
        default=states.DRAFT,
        db_collation="C",
    )
    audience = models.CharField(
        max_length=12, choices=Audience.choices, default=Audience.CLUSTER, db_collation="C"
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="events")
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.PROTECT, related_name="events"
    )
    cluster = models.ForeignKey(Cluster, null=True, on_delete=models.PROTECT, related_name="events")
    community = models.ForeignKey(
        Community, null=True, on_delete=models.PROTECT, related_name="events"
    )
    host_school = models.ForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="hosted_events"
    )
    # The ids of `visiting`, so that who may see an event is decided without a further query.
    visitors = ArrayField(models.BigIntegerField(), default=list)
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="events")
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organised_events"
    )
    certificate = models.BooleanField(default=True)
    # Whether it is announced that the event will be recorded; people are asked for their consent.
    recorded = models.BooleanField(default=False)
    search_key = models.CharField(max_length=400, db_collation="C")
    registration_closes_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    cancel_reason = models.CharField(max_length=300, blank=True)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    by_hand = models.JSONField(default=list, blank=True)

    class Meta:
        """An event ends after it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_order"),
            models.CheckConstraint(
                condition=~Q(audience="community") | Q(community__isnull=False),
                name="event_community",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cluster", "starts_at"], name="event_cluster"),
            models.Index(fields=["country", "starts_at"], name="event_country"),
        ]

    def phase(self, at: datetime) -> str:
        """`coming`, `running` or `ended`, by the planned times."""
        if at < self.starts_at:
            return "coming"
        return "running" if at < self.ends_at else "ended"


class Part(models.Model):
    """What happens at a time and place. The wall clock and zone are the truth; instants follow."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField(default=1)
    starts_wall = models.CharField(max_length=16, db_collation="C")
    zone = models.CharField(max_length=60, db_collation="C")
    minutes = models.PositiveIntegerField()
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=8, choices=Mode.choices, db_collation="C")
    venue = models.ForeignKey(Venue, null=True, on_delete=models.PROTECT, related_name="parts")
    join_url = models.URLField(max_length=600, blank=True)
    dial_in = models.CharField(max_length=400, blank=True)
    uid = models.CharField(max_length=120, db_collation="C")
    sequence = models.PositiveIntegerField(default=0)
    recurrence_id = models.CharField(max_length=16, blank=True, db_collation="C")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """A part lasts at least five minutes and at most two weeks."""

        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["uid", "recurrence_id"], name="part_entry_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=20160), name="part_minutes"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=F("starts_at") + F("minutes") * timedelta(minutes=1)),
                name="part_ends",
            ),
        ]

    @property
    def wall(self) -> datetime:
        """The naive wall-clock start."""
        return datetime.fromisoformat(self.starts_wall)


class Slot(models.Model):
    """A piece of the running order of a part; without a presenter it is open or a break."""

    class Form(models.TextChoices):
        """What fills the slot."""

        TALK = "talk"
        BREAK = "break"
        TABLE = "table"

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="slots")
    order = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=8, choices=Form.choices, db_collation="C")
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160, blank=True)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="slots"
    )
    online = models.BooleanField(default=False)

    class Meta:
        """Slots stand in order."""

        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part", "order"], name="slot_order", deferrable=models.Deferrable.DEFERRED
            )
        ]


class VisitingSchool(models.Model):
    """A school that comes to the host school; `places` is how many may come (None: no limit)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="visiting")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="visits")
    places = models.PositiveSmallIntegerField(null=True)

    class Meta:
        """A school visits an event once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "school"], name="visiting_once")
        ]
