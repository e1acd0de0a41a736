"""Celery: the fast way to work that is due. The truth stands in the database."""

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from config import env
from config.embedded.valkey import BROKER
from config.settings.cache import REDIS_URL


def _broker(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    password = quote(unquote(parts.password or ""), safe="")
    path = quote(unquote(parts.path))
    database = int(parse_qs(parts.query).get("db", ["0"])[0]) + BROKER
    return f"redis+socket://:{password}@{path}?virtual_host={database}"


KOLEGA_BELL = env.flag("KOLEGA_BELL", default=True)

CELERY_BROKER_URL = _broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 25,
    "global_keyprefix": "kolega:",
    **({} if re.match("unix:", REDIS_URL) else {"socket_keepalive": True}),
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "events.backstage.tasks.sweep_now",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    }
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
