"""Valkey as a cache that may be away; sessions stay in the database."""

from config import env
from config.embedded import servers

REDIS_URL = env.text("REDIS_URL") or servers.valkey_of(env.data_folder()).url()

CACHES = {
    "default": {
        "BACKEND": "config.cache.FailOpenCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "kolega",
        "TIMEOUT": 300,
        "OPTIONS": {
            "socket_connect_timeout": 0.5,
            "socket_timeout": 0.5,
            "health_check_interval": 25,
        },
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
