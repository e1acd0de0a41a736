"""Schemes in versions, and the ledger of what was earned: rows are added, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Scheme(models.Model):
    """A way of recognising hours, of one country or of the network."""

    code = models.SlugField(max_length=40, unique=True, db_collation="C")
    names = models.JSONField()
    country = models.ForeignKey(
        "events.Country", null=True, on_delete=models.PROTECT, related_name="+"
    )


class SchemeVersion(models.Model):
    """The rule of a scheme from a day on; once in use it is never changed."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=40, db_collation="C")
    valid_from = models.DateField()
    rule = models.JSONField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        """A version is written once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "version"], name="scheme_version_once"),
            models.UniqueConstraint(fields=["scheme", "valid_from"], name="scheme_one_rule_a_day"),
        ]


class Entry(models.Model):
    """One posting to a person's account; a correction is a counter-entry."""

    class Kind(models.TextChoices):
        """What is posted."""

        AWARD = "award"
        REVERSAL = "reversal"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, db_collation="C")
    certificate = models.ForeignKey(
        "attendance.Certificate", on_delete=models.PROTECT, related_name="entries"
    )
    scheme_version = models.ForeignKey(
        SchemeVersion, on_delete=models.PROTECT, related_name="entries"
    )
    minutes = models.IntegerField()
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    reasons = models.JSONField(default=list)
    occurred_on = models.DateField()
    booked_at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    before_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    chain_hash = models.CharField(max_length=64, db_collation="C")

    class Meta:
        """A certificate is credited once per scheme version, and each credit is reversed once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "scheme_version"],
                name="award_once",
                condition=Q(kind="award"),
            ),
            models.UniqueConstraint(fields=["person", "before_hash"], name="ledger_one_successor"),
            models.CheckConstraint(
                condition=Q(kind="award", reverses__isnull=True, hours__gte=0)
                | Q(kind="reversal", reverses__isnull=False, hours__lte=0),
                name="entry_sign",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "id"], name="entry_person")]
