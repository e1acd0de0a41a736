"""Kinds of events."""

from typing import ClassVar

from django.db import models

from events.kinds.catalogue import VISITS


class Mode(models.TextChoices):
    """How people take part in a part of an event."""

    ROOM = "room"
    ONLINE = "online"
    HYBRID = "hybrid"


class Kind(models.Model):
    """A bundle of defaults; a new kind is a new row, never code."""

    code = models.SlugField(max_length=40, unique=True, db_collation="C")
    names = models.JSONField()
    hints = models.JSONField(default=dict)
    hue = models.CharField(max_length=8, db_collation="C")
    mode = models.CharField(max_length=8, choices=Mode.choices, db_collation="C")
    minutes = models.PositiveIntegerField()
    slots = models.JSONField(default=list)
    certificate = models.BooleanField(default=True)
    # Whether it is recorded unless the organiser says otherwise; never where pupils are seen.
    recorded = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=50)
    offered = models.BooleanField(default=True)
    # Whether schools visit one another; None: as the catalogue says for this code.
    visit = models.BooleanField(null=True)

    class Meta:
        """An event of any kind lasts at least five minutes."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__gte=5), name="kind_minutes")
        ]

    @property
    def is_visit(self) -> bool:
        """Whether an event of this kind has a host school and visiting schools."""
        return self.code in VISITS if self.visit is None else self.visit
