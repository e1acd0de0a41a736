"""What a host school sees to before guests come."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.programme.models import Event


class CheckItem(models.Model):
    """One thing to see to, with who does it and until when; ticked when it is done."""

    class Code(models.TextChoices):
        """What is to be seen to."""

        ROOM = "room"
        WIFI = "wifi"
        LUNCH = "lunch"
        ACCESS = "access"
        PHOTOS = "photos"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="check_items")
    code = models.CharField(max_length=8, choices=Code.choices, db_collation="C")
    note = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Each thing stands once on the list of an event; what is done was done by somebody."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "code"], name="check_item_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False), name="check_item_done"
            ),
        ]
