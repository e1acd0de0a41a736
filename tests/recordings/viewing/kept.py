"""Files in a folder, and the same in somebody else's S3 server."""

import random

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from moto.server import ThreadedMotoServer

from events.kernel import clock
from recordings.library import standing
from recordings.media import store, tickets

CONTENT = random.Random(7).randbytes(200_001)  # noqa: S311  any bytes
FOLDER = "django.core.files.storage.FileSystemStorage"
BUCKET = "recordings-of-tests"


def in_folder(settings, path):
    settings.STORAGES = {
        **settings.STORAGES, "recordings": {"BACKEND": FOLDER, "OPTIONS": {"location": str(path)}},
    }  # fmt: skip


def in_bucket(settings, port):
    """Name the server in the settings as KOLEGA_RECORDINGS=s3://… does, and make the bucket."""
    settings.STORAGES = {
        **settings.STORAGES,
        "recordings": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": BUCKET, "endpoint_url": f"http://127.0.0.1:{port}",
                "access_key": "testing", "secret_key": "testing", "region_name": "us-east-1",
                "addressing_style": "path", "file_overwrite": False,
            },
        },
    }  # fmt: skip
    storages["recordings"].connection.create_bucket(Bucket=BUCKET)


def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    return server


def keep(row, name, content):
    """Store bytes as a file of a recording."""
    key = f"{store.folder_of(row.pk, row.revision)}/{name}"
    store.remove(key)
    return store.storage().save(key, ContentFile(content))


def path_of(row, name, *, client=None, at=None, **other):
    """The address of a file with a ticket for this client."""
    cookie = (client or Client()).cookies.get("session")
    grant = tickets.Grant(row.pk, row.revision, standing.epoch(row), cookie.value if cookie else "")
    ticket = tickets.issue(grant, duration_ms=row.length_ms, at=at or clock.now())
    asked = {"recording": row.pk, "revision": row.revision, **other}
    return f"/m/{ticket}/{asked['recording']}/{asked['revision']}/{name}"
