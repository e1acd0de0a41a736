"""A coordinator's own Google account, by consent at Google."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from events.kernel.actors import Actor
from integrations.accounts import commands
from integrations.accounts.models import Account
from integrations.providers.google import consent


def is_offered() -> bool:
    """Whether this installation is registered at Google."""
    return bool(settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET)


def page(*, redirect: str, state: str, verifier: str) -> str:
    """The address at Google where a person consents."""
    return consent.page(
        settings.GOOGLE_ENDPOINTS, client_id=settings.GOOGLE_CLIENT_ID, redirect=redirect,
        state=state, verifier=verifier,
    )  # fmt: skip


def redeem(*, code: str, verifier: str, redirect: str) -> Mapping[str, str]:
    """The secret behind a code, asked of Google with no transaction open. Raises a Trouble."""
    granted = consent.redeem(
        settings.GOOGLE_ENDPOINTS, code=code, verifier=verifier, redirect=redirect,
        client_id=settings.GOOGLE_CLIENT_ID, client_secret=settings.GOOGLE_CLIENT_SECRET,
    )  # fmt: skip
    return granted.secret


@transaction.atomic
def connect_google(*, name: str, secrets: Mapping[str, str], by: Actor, at: datetime) -> Account:
    """Connect the first calendar of the actor's own account; once connected, renew its credentials.

    Raises what `commands.connect` and `commands.replace_credentials` raise.
    """
    me = by.person_id or 0
    same = Account.objects.filter(provider="google", scope="person", scope_id=me, calendar="")
    there = same.exclude(state=Account.State.OFF).first()
    if there is None:
        wish = commands.Wish("google", "person", me, name=name, options=settings.GOOGLE_ENDPOINTS)
        return commands.connect(wish=wish, secrets=secrets, by=by, at=at)
    return commands.replace_credentials(there.pk, secrets=secrets, ends_at=None, by=by, at=at)
