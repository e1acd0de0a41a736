"""Answers to requests for consent. A later answer stands beside the earlier ones, never over them."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Consent(models.Model):
    """One answer of one person: yes or no to a purpose, about a thing or a piece of it."""

    class Where(models.TextChoices):
        """How the answer was given."""

        REGISTERING = "register"
        JOINING = "join"
        PAGE = "page"
        NOTED = "noted"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, db_collation="C")
    thing = models.CharField(max_length=20, db_collation="C")
    thing_id = models.BigIntegerField()
    about = models.CharField(max_length=160, blank=True)
    yes = models.BooleanField()
    version = models.CharField(max_length=20, db_collation="C")
    where = models.CharField(max_length=8, choices=Where.choices, db_collation="C")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """The answers about a thing are read together."""

        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id", "purpose", "person"], name="consent_thing"),
            models.Index(fields=["person", "id"], name="consent_person"),
        ]
