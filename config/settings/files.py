"""Static files with hashed names, and stored files under the data folder."""

from typing import Any

from config import env
from config.settings.application import KOLEGA_DATA

STATIC_NAMES = {
    "hashed": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "plain": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
_names = env.choice("STATIC_NAMES", "hashed", tuple(STATIC_NAMES))

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [env.ROOT / "config" / "static"]
STATIC_ROOT = KOLEGA_DATA / "static"
MEDIA_ROOT = KOLEGA_DATA / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_NAMES[_names]},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
