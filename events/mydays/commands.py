"""Make and end the secret address of a personal calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed
from events.mydays import queries
from events.mydays.models import FeedToken
from events.people.models import Person

TOKEN_BYTES = 24


@transaction.atomic
def renew_feed(*, by: Actor, at: datetime) -> str:
    """A new token for the actor's own calendar (192 random bits); an older one stops working."""
    person_id = _locked(by)
    _end(person_id, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = FeedToken.objects.create(
        person_id=person_id, token_hash=queries.hash_of(token), made_at=at
    )
    audit("feed_renewed", by=by, at=at, thing="feed_token", thing_id=row.pk)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor, at: datetime) -> None:
    """End the address of the actor's calendar; nothing happens if there is none."""
    person_id = _locked(by)
    if _end(person_id, at=at):
        audit("feed_revoked", by=by, at=at, thing="person", thing_id=person_id)


def _locked(by: Actor) -> int:
    """The actor's own row, locked, so that two renewals do not meet."""
    person = Person.objects.select_for_update().filter(pk=by.person_id or 0).first()
    if person is None:
        raise NotAllowed
    return person.pk


def _end(person_id: int, *, at: datetime) -> int:
    return FeedToken.objects.filter(person_id=person_id, revoked_at__isnull=True).update(
        revoked_at=at
    )
