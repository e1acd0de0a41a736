"""Connect, change and end accounts; their health is noted by `health`, tested by `testing`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing, NotAllowed
from integrations.accounts import (
    adapters,
    calendars,
    credentials,
    ending,
    policies,
    queries,
    reaching,
    rules,
)
from integrations.accounts.health import note_good, note_trouble
from integrations.accounts.models import Account
from integrations.accounts.refusals import (
    AccountBroken,
    AccountOff,
    AccountThere,
    CalendarFixed,
    CredentialsMissing,
    CredentialsStay,
    MailboxThere,
    OptionRefused,
    ScopeUnknown,
    ServerThere,
)
from integrations.accounts.testing import start as test

__all__ = [
    "AccountOff", "Wish", "change", "connect", "note_good", "note_trouble", "replace_credentials", "switch_off",
    "test",
]  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """An account as it should be, without its secrets; units and meanings as in `Account`."""

    provider: str
    scope: str
    scope_id: int = 0
    name: str = ""
    calendar: str = ""
    subject: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    credentials_end_at: datetime | None = None
    accepts_moves: bool = False
    makes_meetings: bool = True


@transaction.atomic
def connect(*, wish: Wish, secrets: Mapping[str, str], by: Actor, at: datetime) -> Account:
    """Connect an account for the events of a scope; the credentials are sealed at once.

    Raises NotAllowed or Missing, ScopeUnknown, OptionRefused, CredentialsMissing, AccountThere,
    MailboxThere, ServerThere.
    """
    _require_known(wish)
    policies.require_may_manage(by, queries.ground(wish.scope, wish.scope_id))
    _require_options(wish.provider, wish.options)
    _require_secrets(secrets)
    row = Account(
        provider=wish.provider, scope=wish.scope, scope_id=wish.scope_id, **_values(wish),
        added_by_id=_owner(by), added_at=at,
    )  # fmt: skip
    _save_alone(row)
    row.sealed = credentials.sealed(row.pk, secrets)
    row.save(update_fields=["sealed"])
    changes: dict[str, object] = {
        "provider": [None, row.provider], "scope": [None, f"{row.scope}:{row.scope_id}"],
    }  # fmt: skip
    audit("account_connected", by=by, at=at, thing="account", thing_id=row.pk, changes=changes)
    return row


@transaction.atomic
def change(
    account_id: int, *, wish: Wish, by: Actor, at: datetime,
    secrets: Mapping[str, str] | None = None,
) -> Account:  # fmt: skip
    """Change everything but provider and scope; the calendar until it first worked.

    Credentials go nowhere but where they were given for: another server, or somebody else to act
    for, needs `secrets`. Raises NotAllowed or Missing, AccountOff, OptionRefused, CalendarFixed,
    CredentialsMissing, CredentialsStay, AccountThere, MailboxThere, ServerThere.
    """
    row = _managed(account_id, by)
    if row.good_at is not None and wish.calendar.strip() != row.calendar:
        raise CalendarFixed(field="calendar")
    _require_options(row.provider, wish.options)
    reached, place = reaching.reach(row), calendars.place(row)
    changed = {
        name: value for name, value in _values(wish).items() if getattr(row, name) != value
    }  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    if row.good_at is not None and calendars.place(row) != place:
        raise CalendarFixed
    if secrets is None and not reaching.reach(row) <= reached:
        raise CredentialsStay(field=reaching.field_of(row))
    if "credentials_end_at" in changed:
        row.warned_at = None
    _save_alone(row)
    # Addresses of calendars can be those of people, so only the names of the fields are kept.
    audit("account_changed", by=by, at=at, thing="account", thing_id=row.pk,
          changes={"fields": [None, sorted(changed)]})  # fmt: skip
    if secrets is not None:
        _replace(row, secrets, by=by, at=at)
    return row


@transaction.atomic
def replace_credentials(
    account_id: int, *, secrets: Mapping[str, str], ends_at: datetime | None, by: Actor,
    at: datetime,
) -> Account:  # fmt: skip
    """Put new credentials in the place of the old ones; the next call shows whether they work.

    Raises NotAllowed or Missing, AccountOff, CredentialsMissing.
    """
    row = _managed(account_id, by)
    row.credentials_end_at = ends_at
    _replace(row, secrets, by=by, at=at)
    return row


@transaction.atomic
def switch_off(account_id: int, *, remove: bool = False, by: Actor, at: datetime) -> Account:
    """End an account for good and destroy its credentials; with `remove` once its entries are away.

    Entries of events that are over stay. Without `remove` all stay, and it ends at once, also one
    whose entries are being removed. Raises NotAllowed or Missing, AccountOff, AccountBroken.
    """
    row = _locked(account_id)
    policies.require_may_switch_off(by, queries.ground(row.scope, row.scope_id))
    _require_on(row)
    if remove and row.provider in rules.CALENDARS:
        if row.state not in Account.WORKING:
            raise AccountBroken
        return ending.leave(row, by=by, at=at)
    return ending.end(row, by=by, at=at)


def _owner(by: Actor) -> int:
    """Who hears of troubles; an account always belongs to a person."""
    if by.person_id is None:
        raise NotAllowed
    return by.person_id


def _managed(account_id: int, by: Actor) -> Account:
    row = _locked(account_id)
    policies.require_may_manage(by, queries.ground(row.scope, row.scope_id))
    _require_on(row)
    return row


def _locked(account_id: int) -> Account:
    row = Account.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise Missing
    return row


def _values(wish: Wish) -> dict[str, object]:
    return {
        "name": wish.name.strip()[:80], "calendar": wish.calendar.strip(),
        "subject": wish.subject.strip(), "options": dict(wish.options),
        "credentials_end_at": wish.credentials_end_at, "accepts_moves": wish.accepts_moves,
        "makes_meetings": wish.makes_meetings,
    }  # fmt: skip


def _require_known(wish: Wish) -> None:
    world = wish.scope == Account.Scope.WORLD
    if (
        wish.provider not in adapters.PROVIDERS
        or wish.scope not in Account.Scope.values
        or world != (wish.scope_id == 0)
    ):
        raise ScopeUnknown(field="provider")


def _require_options(provider: str, options: Mapping[str, object]) -> None:
    if refused := adapters.unexpected(provider, options):
        raise OptionRefused(names=", ".join(refused))


def _require_secrets(secrets: Mapping[str, str]) -> None:
    if not secrets or not all(value.strip() for value in secrets.values()):
        raise CredentialsMissing


def _replace(row: Account, secrets: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    _require_secrets(secrets)
    row.sealed, row.warned_at = credentials.sealed(row.pk, secrets), None
    if row.state == Account.State.RECONNECT:
        # It is tried again; that it was broken is forgotten only when it works.
        row.state = Account.State.TROUBLED
    row.save(update_fields=["sealed", "credentials_end_at", "warned_at", "state"])
    audit("account_credentials_replaced", by=by, at=at, thing="account", thing_id=row.pk)


def _require_on(row: Account) -> None:
    if row.state == Account.State.OFF:
        raise AccountOff


def _save_alone(row: Account) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise _there(row) from error


def _there(row: Account) -> DomainError:
    """Why a second account cannot stand beside the first."""
    if not row.calendar:
        return ServerThere()
    same = Account.objects.filter(provider=row.provider, scope=row.scope, scope_id=row.scope_id)
    first = same.filter(calendar=row.calendar).exclude(state=Account.State.OFF).first()
    if first is not None and first.options.get("tenant") != row.options.get("tenant"):
        return MailboxThere(field="calendar")
    return AccountThere(field="calendar")
