"""Gives parts that meet at a server of ours their join link."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.kernel.actors import system
from events.programme import commands as programme
from events.programme import queries as parts
from events.programme import states
from integrations.accounts.models import Account
from integrations.meet import ways
from integrations.sync import rooms

if TYPE_CHECKING:
    from events.programme.models import Event

BY = system("meet")


@transaction.atomic
def attach(event_id: int, *, at: datetime) -> None:
    """Give the online parts of a published event the link they lack; one that a person entered stays."""
    lacking = [
        part for part in parts.parts_with_event(event_id)
        if part.mode != "room" and not part.join_url and _is_promised(part.event, at=at)
    ]  # fmt: skip
    if not lacking or rooms.account_of(event_id) is None:
        return
    for part in lacking:
        link = ways.standing(part.pk)
        programme.attach_link(part.pk, join_url=link, dial_in=part.dial_in, by=BY, at=at)


def _is_promised(event: "Event", *, at: datetime) -> bool:
    return event.state == states.PUBLISHED and at < event.ends_at


def attach_missing(*, at: datetime) -> None:
    """A chore: servers are also connected after events were published."""
    rows = Account.objects.filter(provider__in=rooms.AT_ONCE, makes_meetings=True)
    if not rows.exclude(state=Account.State.OFF).exists():
        return
    for event_id in list(parts.promised_ids(after=at)):
        attach(event_id, at=at)
