"""Venues and their rooms."""

from django.db import models

from events.networks.models import School


class Venue(models.Model):
    """Where people meet: a room at a school or elsewhere."""

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(max_length=160)
    room = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=250, blank=True)
    access = models.CharField(max_length=300, blank=True)
    places = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
