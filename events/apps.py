"""Tells Django about the app."""

from django.apps import AppConfig

from events.backstage import contributed

WATCHED = (contributed.paths_import,)  # importing the module registers its start-up check


class EventsConfig(AppConfig):
    """The app named events."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
