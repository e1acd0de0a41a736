"""Gives parts that meet at a server of ours their join link."""

from datetime import datetime

from django.db import transaction

from events.kernel.actors import system
from events.programme import commands as programme
from events.programme import queries as parts
from events.programme import states
from integrations.accounts.models import Account
from integrations.meet import ways
from integrations.sync import rooms

BY = system("meet")


@transaction.atomic
def attach(event_id: int, *, at: datetime) -> None:
    """Give the online parts of a published event the link they lack; one that a person entered stays."""
    event = parts.event_for_work(event_id)
    if event.state != states.PUBLISHED or at >= event.ends_at:
        return
    lacking = [
        part for part in parts.parts_of(event.pk) if part.mode != "room" and not part.join_url
    ]
    if not lacking or rooms.account_of(event.pk) is None:
        return
    for part in lacking:
        link = ways.standing(part.pk)
        programme.attach_link(part.pk, join_url=link, dial_in=part.dial_in, by=BY, at=at)


def attach_missing(*, at: datetime) -> None:
    """A chore: servers are also connected after events were published."""
    rows = Account.objects.filter(provider__in=rooms.AT_ONCE, makes_meetings=True)
    if not rows.exclude(state=Account.State.OFF).exists():
        return
    for event_id in list(parts.promised_ids(after=at)):
        attach(event_id, at=at)
