"""The Celery application."""

import os
from importlib.util import find_spec
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

APPS = ("events", "recordings", "attendance", "integrations")
HOUSE = Path(__file__).resolve().parent.parent


def rooms() -> list[str]:
    """Rooms with a tasks module, such as events.backstage; Celery does not look inside apps."""
    files = sorted(file for app in APPS for file in (HOUSE / app).glob("*/tasks.py"))
    named = [".".join(file.parent.relative_to(HOUSE).parts) for file in files]
    return [name for name in named if find_spec(name) is not None]


app = Celery("kolega")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(rooms, related_name="tasks")
