"""A person's yes to a calendar, and what that calendar told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class BusyConsent(models.Model):
    """One yes to one calendar, from `given_at` to `withdrawn_at`; the row stays as its proof.

    `source_id` is the id of a connected account, `source_name` its name when the person said yes,
    `version` what the yes means (`rules.VERSION`). `wanted_at` is when somebody last planned with it,
    `asked_at` when the calendar was last to be asked, `answered_at` when it last gave any answer.
    `fetched_at`, `since` and `until` belong to the times that are kept: null where it told none.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="busy_consents"
    )
    source_id = models.BigIntegerField()
    source_name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        """One yes a person and calendar at a time; a withdrawn one keeps nothing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "source_id"], name="busy_consent_once",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(fetched_at__isnull=True),
                name="busy_consent_withdrawn_keeps_nothing",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["source_id"], name="busy_consent_source")]


class BusyTime(models.Model):
    """A time at which a person is busy; there is no field for what they do then."""

    consent = models.ForeignKey(BusyConsent, on_delete=models.PROTECT, related_name="times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """Ends after it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="busy_time_ends_after_start"
            )
        ]
