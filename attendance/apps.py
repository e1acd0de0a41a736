"""Tells Django about the app."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """The app named attendance."""

    name = "attendance"
    default_auto_field = "django.db.models.BigAutoField"
