"""Secret addresses of personal calendars."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class FeedToken(models.Model):
    """The right to read one person's calendar; only the hash of the token is kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed_tokens"
    )
    token_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One address a person in force."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], name="feed_token_once", condition=Q(revoked_at__isnull=True)
            )
        ]
