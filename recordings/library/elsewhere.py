"""Recordings that lie elsewhere: what we know of them is a link."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from recordings.library import states
from recordings.library.commands import locked, save
from recordings.library.models import Recording


class LiesHere(DomainError):
    """The recording has a file, or waits for one."""

    code = "lies_here"
    status = 409
    sentence = gettext_noop("This recording has no link: its file is kept here.")


@transaction.atomic
def lead_to(recording_id: int, *, link: str, by: Actor, at: datetime) -> Recording:
    """Say where a recording lies now; `link` is an https address. Raises LiesHere."""
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, "change")
    if not row.link:
        raise LiesHere
    if row.link == link:
        return row
    before, row.link = row.link, link
    save(row, at=at)
    audit("recording_link", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"before": before, "after": link})  # fmt: skip
    return row
