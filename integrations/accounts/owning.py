"""A coordinator's own Google account, by consent at Google."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from events.kernel.actors import Actor
from integrations.accounts import commands
from integrations.accounts.models import Account
from integrations.accounts.refusals import AnotherCalendar
from integrations.providers.google import consent


@dataclass(frozen=True)
class Own:
    """What a consent gives: the secret, and the id of the first calendar of whoever consented."""

    secrets: Mapping[str, str]
    calendar_id: str


def is_offered() -> bool:
    """Whether this installation is registered at Google."""
    return bool(settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET)


def page(*, redirect: str, state: str, verifier: str) -> str:
    """The address at Google where a person consents."""
    return consent.page(
        settings.GOOGLE_ENDPOINTS, client_id=settings.GOOGLE_CLIENT_ID, redirect=redirect,
        state=state, verifier=verifier,
    )  # fmt: skip


def redeem(*, code: str, verifier: str, redirect: str) -> Own:
    """What is behind a code, asked of Google with no transaction open. Raises a Trouble."""
    granted = consent.redeem(
        settings.GOOGLE_ENDPOINTS, code=code, verifier=verifier, redirect=redirect,
        client_id=settings.GOOGLE_CLIENT_ID, client_secret=settings.GOOGLE_CLIENT_SECRET,
    )  # fmt: skip
    calendar_id = consent.first_calendar(settings.GOOGLE_ENDPOINTS, granted.secret)
    return Own(granted.secret, calendar_id)


@transaction.atomic
def connect_google(*, name: str, own: Own, by: Actor, at: datetime) -> Account:
    """Connect the first calendar of the actor's own account; once connected, renew its credentials.

    Raises AnotherCalendar, and what `commands.connect` and `commands.replace_credentials` raise.
    """
    me = by.person_id or 0
    same = Account.objects.filter(provider="google", scope="person", scope_id=me, calendar="")
    there = same.exclude(state=Account.State.OFF).first()
    if there is not None and there.calendar_id not in {"", own.calendar_id}:
        raise AnotherCalendar(calendar=there.calendar_id)
    if there is None:
        wish = commands.Wish("google", "person", me, name=name, options=settings.GOOGLE_ENDPOINTS)
        row = commands.connect(wish=wish, secrets=own.secrets, by=by, at=at)
    else:
        row = commands.replace_credentials(
            there.pk, secrets=own.secrets, ends_at=None, by=by, at=at
        )
    row.calendar_id, row.leaving_at = own.calendar_id, None  # whoever connects anew stays
    row.save(update_fields=["calendar_id", "leaving_at"])
    return row
