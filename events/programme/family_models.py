"""Families: what holds several events together."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from events.networks.models import Cluster, Country, Programme


class Family(models.Model):
    """A tour, conference, campaign, course or cascade; what becomes of it follows its events."""

    class Kind(models.TextChoices):
        """What the events are to one another."""

        TOUR = "tour"
        CONFERENCE = "conference"
        CAMPAIGN = "campaign"
        COURSE = "course"
        CASCADE = "cascade"

    slug = models.SlugField(max_length=90, unique=True, db_collation="C")
    kind = models.CharField(max_length=12, choices=Kind.choices, db_collation="C")
    title = models.CharField(max_length=160)
    titles = models.JSONField(default=dict)
    summary = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=12, db_collation="C")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="families")
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.PROTECT, related_name="families"
    )
    cluster = models.ForeignKey(
        Cluster, null=True, on_delete=models.PROTECT, related_name="families"
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organised_families"
    )
    created_at = models.DateTimeField()

    class Meta:
        """Families of a cluster are found together."""

        indexes: ClassVar = [models.Index(fields=["cluster", "country"], name="family_scope")]
