"""What is known of the meetings whose attendance is to be fetched. Rows are kept."""

from typing import ClassVar

from django.db import models

from integrations.accounts.models import Account


class HarvestRow(models.Model):
    """The attendance of one meeting of a part, at one account.

    `ref` is the provider's name of the meeting. `looks` counts answers, `failures` calls in a row
    without one, `last_error` says why (code of a trouble, or `report_missing`). `found_hash` is
    SHA-256 (hex) of what the last look found: when the next finds the same, it is complete.
    `fetched_at` is when something new came last. `deadline_at`: then nothing is left over there.
    """

    class State(models.TextChoices):
        """How far it is: asked on; complete; the service knows of no meeting; lost over there."""

        WAITING = "waiting"
        DONE = "done"
        NOTHING = "nothing"
        LOST = "lost"

    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="harvests")
    ref = models.CharField(max_length=300, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_collation="C"
    )
    looks = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True, db_collation="C")
    found_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    people = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        """A meeting is harvested once for a part."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "account", "ref"], name="harvest_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], name="harvest_waiting", condition=models.Q(state="waiting")
            )
        ]
