"""Where recordings lie, and what makes them smaller."""

from config import env
from config.settings.application import KOLEGA_DATA
from config.settings.files import STORAGES

_place = env.text("KOLEGA_RECORDINGS")
RECORDINGS_ACCEL = env.text("RECORDINGS_ACCEL")
# nginx reads the files by its group; without it nobody but ourselves does.
_modes = (0o640, 0o750) if RECORDINGS_ACCEL else (0o600, 0o700)

if _place.startswith("s3://"):
    STORAGES["recordings"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _place.removeprefix("s3://").strip("/"),
            "endpoint_url": env.text("S3_ENDPOINT") or None,
            "access_key": env.text("S3_ACCESS_KEY") or None,
            "secret_key": env.text("S3_SECRET_KEY") or None,
            "region_name": env.text("S3_REGION") or None,
            "addressing_style": "path",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
else:
    STORAGES["recordings"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": _place or str(KOLEGA_DATA / "recordings"),
            "file_permissions_mode": _modes[0],
            "directory_permissions_mode": _modes[1],
        },
    }

RECORDINGS_WORK = KOLEGA_DATA / "work"
FFMPEG = env.text("FFMPEG")
RECORDING_MAX_BYTES = env.number("RECORDING_MAX_GB", 8, lowest=1, highest=100) * 1024**3
RECORDING_QUOTA_BYTES = env.number("RECORDING_QUOTA_GB", 500, lowest=1, highest=65535) * 1024**3
KOLEGA_TRANSCRIBE = env.text("KOLEGA_TRANSCRIBE")
