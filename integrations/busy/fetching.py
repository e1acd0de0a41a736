"""Asks a calendar when people are busy. No transaction is open during the call."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from events.availability import commands, queries, rules
from events.backstage.reactions import Save
from events.backstage.sweep import Later
from events.kernel.spans import Span
from integrations.accounts import health
from integrations.accounts import queries as accounts
from integrations.accounts import rules as troubles
from integrations.accounts.models import Account
from integrations.busy import sources
from integrations.ports import Busy, Denied, Gone, Temporary
from integrations.sync.queries import HEARD

STRETCH = timedelta(days=28)  # providers refuse questions about many weeks at once
Spans = Sequence[tuple[datetime, datetime]]


def fetch(account_id: int, *, at: datetime) -> Save | None:
    """Ask for everybody who said yes and whom the account still serves; the rest is unknown."""
    asked = queries.to_ask(account_id)
    if not asked:
        return None
    within = Span(at, at + rules.AHEAD)
    account = Account.objects.filter(pk=account_id, state__in=HEARD).first()
    served = sources.covered(account, [one.person_id for one in asked], at=at) if account else ()
    wanted = {one.consent_id: one.address for one in asked if one.person_id in served}
    told: dict[int, Spans | None] = {one.consent_id: None for one in asked}
    try:
        found = _ask(account, sorted(set(wanted.values())), within) if account and wanted else {}
    except Temporary as trouble:
        if trouble.after is not None:
            raise Later(max(trouble.after, 1.0), trouble.code) from trouble
        return lambda: commands.note_silence(told, at=at)
    except (Denied, Gone) as trouble:
        refused = trouble
        return lambda: _refused(account_id, told, refused, within=within, at=at)
    told |= {pk: found.get(address) for pk, address in wanted.items()}
    return lambda: commands.keep(told, within=within, at=at)


def _ask(account: Account, addresses: Sequence[str], within: Span) -> dict[str, Spans | None]:
    """Spans by address over the whole time; unknown in a part is unknown in the whole."""
    port: Busy = accounts.adapter_of(account).busy
    found: dict[str, Spans | None] = {address: [] for address in addresses}
    since = within.start
    while since < within.end:
        until = min(since + STRETCH, within.end)
        said = port.busy(addresses, since=since, until=until)
        found = {one: _both(found[one], said.get(one)) for one in addresses}
        since = until
    return found


def _both(before: Spans | None, more: Spans | None) -> Spans | None:
    return None if before is None or more is None else [*before, *more]


def _refused(
    account_id: int, told: Mapping[int, Spans | None], trouble: Denied | Gone, *, within: Span,
    at: datetime,
) -> None:  # fmt: skip
    commands.keep(told, within=within, at=at)
    if isinstance(trouble, Denied) and trouble.code in troubles.RECONNECT:
        health.note_trouble(account_id, trouble, at=at)
