"""Tells Django about the app."""

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    """The app named recordings."""

    name = "recordings"
    default_auto_field = "django.db.models.BigAutoField"
