"""The two embedded servers of one data folder."""

from pathlib import Path

from config.embedded import keys, places
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey


def postgres_of(data: Path, *, for_tests: bool = False) -> Postgres:
    """The PostgreSQL of this data folder."""
    return Postgres(data / "postgresql", places.socket_folder(data), for_tests)


def valkey_of(data: Path, *, for_tests: bool = False) -> Valkey:
    """The Valkey of this data folder."""
    password = keys.kept(data, "valkey", size=24)
    return Valkey(data / "valkey", places.socket_folder(data), password, for_tests)
