"""Connected accounts."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Account(models.Model):
    """An account at a provider that events of a scope may use.

    `scope_id` is the id of a programme, country, school or person (0 for the whole installation).
    `calendar` names the calendar or mailbox written to, `subject` whom the account acts for.
    `calendar_id` is the provider's own name of it where `calendar` is empty: the first of an account.
    `options` holds what is no secret (server address, tenant); `sealed` the credentials, bound to
    this row. `trouble` is the code of a `Denied`, or `silent` when nothing was heard for a day; one met `in_writing` ends when a call
    that writes goes well, whatever can be read.
    `told_at` and `admins_told_at` belong to the present trouble, `last_told_at` stays: an account
    that fails and recovers by turns does not fill a mailbox. `findings` are the lines of the last
    self-test, at `checked_at`. Since `leaving_at` its entries are being removed; then it is switched off.
    """

    class Provider(models.TextChoices):
        """Providers that need an account."""

        GOOGLE = "google"
        MICROSOFT = "microsoft"
        BIGBLUEBUTTON = "bigbluebutton"
        CALDAV = "caldav"
        ZOOM = "zoom"
        JITSI = "jitsi"

    class Scope(models.TextChoices):
        """Whose events may use the account."""

        WORLD = "world"
        COUNTRY = "country"
        PROGRAMME = "programme"
        SCHOOL = "school"
        PERSON = "person"

    class State(models.TextChoices):
        """Whether the account works; `off` was switched off by a person."""

        NEW = "new"
        FINE = "fine"
        TROUBLED = "troubled"
        RECONNECT = "reconnect"
        OFF = "off"

    WORKING = (State.NEW, State.FINE)

    provider = models.CharField(max_length=16, choices=Provider.choices, db_collation="C")
    scope = models.CharField(max_length=12, choices=Scope.choices, db_collation="C")
    scope_id = models.BigIntegerField(default=0)
    name = models.CharField(max_length=80)
    calendar = models.CharField(max_length=320, blank=True, db_collation="C")
    calendar_id = models.CharField(max_length=320, blank=True, db_collation="C")
    subject = models.CharField(max_length=320, blank=True, db_collation="C")
    options = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    credentials_end_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.NEW, db_collation="C"
    )
    trouble = models.CharField(max_length=40, blank=True, db_collation="C")
    trouble_said = models.CharField(max_length=300, blank=True)
    trouble_since = models.DateTimeField(null=True)
    trouble_in_writing = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    admins_told_at = models.DateTimeField(null=True)
    last_told_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    leaving_at = models.DateTimeField(null=True)
    accepts_moves = models.BooleanField(default=False)
    makes_meetings = models.BooleanField(default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="connected_accounts"
    )
    added_at = models.DateTimeField()

    class Meta:
        """One account per calendar of a scope."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "scope", "scope_id", "calendar"],
                name="account_once",
                condition=~models.Q(state="off"),
            )
        ]

    def __str__(self) -> str:
        """Provider and number; addresses and names stay out of logs."""
        return f"{self.provider}:{self.pk}"


class LiveRun(models.Model):
    """A run of `make live` against a provider itself, recorded by who looks after the installation."""

    provider = models.CharField(max_length=16, choices=Account.Provider.choices, db_collation="C")
    at = models.DateTimeField()
    went = models.PositiveSmallIntegerField()
    refused = models.PositiveSmallIntegerField()
    skipped = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Provider and number."""
        return f"{self.provider}:{self.pk}"
