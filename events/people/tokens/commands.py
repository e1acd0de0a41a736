"""Make and revoke API tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from events.backstage.commands import audit
from events.kernel.actors import GUARDED, Actor
from events.kernel.errors import BadInput, DomainError, Missing, NotAllowed
from events.kernel.words import gettext_noop
from events.people.models import ApiToken, Person
from events.people.tokens.queries import HEAD, SHOWN, hash_of
from events.people.tokens.scopes import SCOPES

LONGEST_DAYS = 365
MOST = 20
BYTES = 32
NOTED_EVERY = timedelta(minutes=10)


class TokenNameMissing(BadInput):
    """A name tells tokens apart when one of them is to be revoked."""

    code = "token_name_missing"
    sentence = gettext_noop("Enter a name that says which program uses the token.")


class ScopesMissing(BadInput):
    """A token that may do nothing is of no use; unknown scopes are refused."""

    code = "token_scopes"
    sentence = gettext_noop("Choose at least one thing the token may do.")


class LifeTooLong(BadInput):
    """A token that is forgotten somewhere ends by itself."""

    code = "token_life"
    sentence = gettext_noop("A token lasts between 1 and 365 days. Choose fewer.")


class TooManyTokens(DomainError):
    """So many programs one person does not have."""

    code = "too_many_tokens"
    sentence = gettext_noop("You have %(most)s tokens in force. Revoke one you no longer use.")


@transaction.atomic
def make(
    *, name: str, scopes: Iterable[str], days: int, by: Actor, at: datetime
) -> tuple[ApiToken, str]:
    """A new token of the actor (256 random bits) that ends after `days` (1 to 365), and its row.

    The token itself exists only in the answer. It carries the roles of GUARDED when they are awake
    in the session it is made in. Raises TokenNameMissing, ScopesMissing, LifeTooLong, TooManyTokens.
    """
    person = Person.objects.select_for_update().filter(pk=by.person_id or 0).first()
    if person is None:
        raise NotAllowed
    said, wanted = " ".join(name.split())[:80], sorted(set(scopes))
    if not said:
        raise TokenNameMissing(field="name")
    if not wanted or not set(wanted) <= set(SCOPES):
        raise ScopesMissing(field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise LifeTooLong(field="days")
    if _in_force(person.pk, at=at) >= MOST:
        raise TooManyTokens(most=MOST)
    token = HEAD + secrets.token_urlsafe(BYTES)
    row = ApiToken.objects.create(
        person=person, name=said, prefix=token[:SHOWN], token_hash=hash_of(token), scopes=wanted,
        second_step=by.is_a(*GUARDED), created_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    audit("token_made", by=by, at=at, thing="token", thing_id=row.pk,
          changes={"scopes": [None, wanted]})  # fmt: skip
    return row, token


def _in_force(person_id: int, *, at: datetime) -> int:
    rows = ApiToken.objects.filter(person_id=person_id, revoked_at__isnull=True)
    return rows.filter(expires_at__gt=at).count()


@transaction.atomic
def revoke(*, token_id: int, by: Actor, at: datetime) -> None:
    """End a token of the actor now; a second time changes nothing. Raises Missing."""
    row = (
        ApiToken.objects.select_for_update()
        .filter(pk=token_id, person_id=by.person_id or 0)
        .first()
    )
    if row is None:
        raise Missing
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        audit("token_revoked", by=by, at=at, thing="token", thing_id=row.pk)


@transaction.atomic
def revoke_guarded(*, person_id: int, by: Actor, at: datetime) -> int:
    """End the tokens a person made with the second step, when it is taken away; returns how many."""
    rows = ApiToken.objects.select_for_update().filter(
        person_id=person_id, second_step=True, revoked_at__isnull=True
    )
    ended = list(rows.values_list("pk", flat=True))
    ApiToken.objects.filter(pk__in=ended).update(revoked_at=at)
    for pk in ended:
        audit("token_revoked", by=by, at=at, thing="token", thing_id=pk)
    return len(ended)


def note_use(*, token_id: int, at: datetime) -> None:
    """Remember when a token was last used, to ten minutes, so that reads rarely write."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token_id).update(last_used_at=at)
