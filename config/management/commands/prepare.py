"""Brings database and static files up to date."""

import hashlib
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from events.networks.setup import door

ONE_AT_A_TIME = 0x4B6F6C65  # "Kole": any number two starts of one database agree on
NOT_SERVED = ["ninja", "ninja/*"]  # its bundled docs are 9 MB, and pages of ours replace them


class Command(BaseCommand):
    """Migrates, and collects static files when they changed."""

    help = "Migrate the database and collect static files; does nothing where nothing changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do both."""
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            try:
                call_command("migrate", interactive=False, verbosity=0)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
        collect()
        door.setup_code()


def collect() -> bool:
    """Collect static files unless the sources are those of last time; whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = digest_of_sources()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return False
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_SERVED
    )
    stamp.write_text(now, encoding="utf-8")
    return True


def digest_of_sources() -> str:
    """SHA-256 over name, size and time of every static file, and Django's version."""
    digest = hashlib.sha256(django.get_version().encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(NOT_SERVED), key=lambda found: found[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
