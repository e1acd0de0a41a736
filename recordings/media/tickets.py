"""Tickets to the files of one revision of a recording: they stand in the path, for a whole folder.

A playlist names its segments relative to itself, so everything it leads to carries the ticket too.
A ticket holds for one holder (whose session cookie came with it) until it runs out, and for one
epoch: the library changes the epoch of a recording to end all its tickets at once.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

HOUR = 3600
SALT = "recordings.media.tickets"
# When it ends, in seconds since 1970, and 16 bytes of the signature.
WRITTEN = re.compile(r"([0-9a-f]{8,10})\.([\w-]{22})", re.ASCII)
BYTES = 16


@dataclass(frozen=True)
class Grant:
    """What a ticket is for, without its time."""

    recording_id: int
    revision: int
    epoch: str
    holder: str


def issue(grant: Grant, *, duration_ms: int, at: datetime) -> str:
    """A ticket good for twice the duration and an hour, rounded up to a whole hour.

    Rounded, it stays the same for a while: whoever opens the page again finds what was loaded
    before in the browser's own store.
    """
    seconds = int(at.timestamp()) + 2 * duration_ms // 1000 + HOUR
    ends = -(-seconds // HOUR) * HOUR
    return f"{ends:08x}.{_signature(grant, ends)}"


def seconds_left(ticket: str, grant: Grant, *, at: datetime) -> int:
    """For how long a ticket still holds; 0 when it is over, forged, or for something else."""
    found = WRITTEN.fullmatch(ticket)
    if found is None:
        return 0
    ends = int(found[1], 16)
    if not constant_time_compare(_signature(grant, ends), found[2]):
        return 0
    return max(0, ends - int(at.timestamp()))


def _signature(grant: Grant, ends: int) -> str:
    said = f"{grant.recording_id}/{grant.revision}/{ends}/{grant.epoch}/{grant.holder}"
    whole = salted_hmac(SALT, said, algorithm="sha256").digest()
    return urlsafe_b64encode(whole[:BYTES]).decode().rstrip("=")
