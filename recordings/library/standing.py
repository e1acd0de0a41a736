"""The epoch of a recording: a short word that changes whenever what may be watched of it does.

Tickets to files are signed over it, so a withdrawal ends them all without anybody listing them.
Segments ask for it many times a second: it comes from the cache, and from the table while the cache
does not know it or is away. The command that changes a recording tells the cache once it has
committed; should the cache be away at that very moment, the old word dies after `SECONDS`.
"""

import hashlib
from functools import partial

from django.core.cache import cache
from django.db import transaction

from recordings.library import policies, states
from recordings.library.models import Recording

SECONDS = 20
GONE = "gone"


def epoch(row: Recording) -> str:
    """The word for a recording as it stands; `GONE` for a deleted one."""
    if row.state == states.DELETED:
        return GONE
    up = row.published_at.timestamp() if row.published_at else ""
    said = f"{row.state}/{row.revision}/{up}/{policies.reach_of(row)}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def epoch_of(recording_id: int) -> str:
    """The same by id; `GONE` also for one that never was."""
    name = _name(recording_id)
    known = cache.get(name)
    if isinstance(known, str):
        return known
    row = Recording.objects.filter(pk=recording_id).first()
    found = epoch(row) if row else GONE
    # Never over what a command has just told.
    cache.add(name, found, SECONDS)
    return found


def tell(row: Recording) -> None:
    """Let everybody who asks from now on know how the recording stands; inside the command."""
    cache.delete(_name(row.pk))
    told = partial(cache.set, _name(row.pk), epoch(row), SECONDS)
    transaction.on_commit(told, robust=True)


def _name(recording_id: int) -> str:
    return f"recordings:epoch:{recording_id}"
