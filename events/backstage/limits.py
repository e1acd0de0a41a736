"""How often somebody may try something; counted in PostgreSQL, so it holds without a cache."""

from datetime import UTC, datetime

from django.db import connection

from events.kernel.errors import TooOften

COUNT = """
INSERT INTO events_tally (key, "window", count) VALUES (%(key)s, %(window)s, 1)
ON CONFLICT (key, "window") DO UPDATE SET count = events_tally.count + 1 RETURNING count
"""


def hit(key: str, *, limit: int, seconds: int, at: datetime) -> None:
    """Count one try; raises TooOften(seconds) beyond `limit` tries in a window of `seconds`."""
    stamp = int(at.timestamp())
    window = datetime.fromtimestamp(stamp - stamp % seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "window": window})
        count = cursor.fetchone()[0]
    if count > limit:
        raise TooOften(seconds=seconds - stamp % seconds)
