"""Notices as they came."""

from typing import ClassVar

from django.db import models

from integrations.accounts.models import Account


class Receipt(models.Model):
    """One notice of a provider, once however often it was sent.

    `digest` (SHA-256, hex) is over the provider's own key of the message. `about` is the key of the
    meeting or the id of the channel. `body` holds the raw bytes; the row goes after 30 days, for
    they can name people.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=16, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    about = models.CharField(max_length=120, blank=True, db_collation="C")
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        """A message counts once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="receipt_once")
        ]
        indexes: ClassVar = [models.Index(fields=["account", "about"], name="receipt_about")]
