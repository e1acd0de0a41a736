"""PostgreSQL, the one database."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from config import env
from config.embedded import servers

LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "30s",
    # Rows are read with what they point to, nine tables at a time, in an order that is good as it is
    # written. By default the planner tries every other order first: 11 ms for each page of an event.
    "join_collapse_limit": "4",
}


def _default() -> dict[str, Any]:
    url = env.text("DATABASE_URL") or servers.postgres_of(env.data_folder()).url()
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    pool = env.number("DATABASE_POOL", 0, highest=200)
    limits = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "kolega"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # A pool and persistent connections exclude each other; both are checked before use.
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "connect_timeout": "5",
            "application_name": "kolega",
            **parts,
            "options": f"{limits} {parts.get('options', '')}".strip(),
            **({"pool": {"min_size": 1, "max_size": pool, "timeout": 3}} if pool else {}),
        },
    }


DATABASES = {"default": _default()}
