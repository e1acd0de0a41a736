"""Tells Django about the app."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """The app named integrations."""

    name = "integrations"
    default_auto_field = "django.db.models.BigAutoField"
