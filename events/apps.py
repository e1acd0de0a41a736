"""Tells Django about the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The app named events."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
