"""Tells Django about the app that holds templates, static files and the commands of the engine."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app named config."""

    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django know what to check."""
        import_module("config.checks")
