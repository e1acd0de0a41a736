"""Reads what changed in a calendar, and compares it with what we left there.

A round is read whole before anything is written; what it found and the new cursor are written in
one transaction.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.backstage.reactions import Save
from events.backstage.sweep import Later
from integrations.accounts import commands as accounts
from integrations.accounts import queries as connected
from integrations.accounts.models import Account
from integrations.ports import Calendar, Changes, CursorLost, Denied, Found, Gone, Temporary
from integrations.sync import comparing, queries, rules, waiting
from integrations.sync.models import Cursor, Link

log = logging.getLogger(__name__)
MOST_COUNTED = 1000
BACK, AHEAD = timedelta(days=30), timedelta(days=400)
SHORTEST_AHEAD = timedelta(days=200)  # a round of changes is bound to its span: then a new one


@dataclass(frozen=True)
class Round:
    """What a round brought: changes, and entries of ours that it did not show, as looked for."""

    changes: Changes
    missing: Sequence[tuple[int, Found | None]]
    since: datetime
    until: datetime


def pull(account_id: int, *, noticed_at: str = "", at: datetime) -> Save | None:
    """Read and compare; raises Later when the far side asked us to come back."""
    account = Account.objects.filter(pk=account_id, state__in=queries.HEARD).first()
    if account is None:
        return None
    cursor = Cursor.objects.filter(account_id=account_id).first() or Cursor(
        account_id=account_id, next_at=at
    )
    if _answered(cursor, noticed_at):
        return None
    try:
        found = _read(cursor, connected.adapter_of(account).calendar, at=at)
    except (Temporary, Gone) as trouble:  # a place forgotten while it is read anew, for instance
        return _come_back(cursor, trouble)
    except Denied as trouble:
        refused = trouble
        return lambda: accounts.note_trouble(account_id, refused, at=at)
    return lambda: _save(account, found, began_at=at)


def _answered(cursor: Cursor, noticed_at: str) -> bool:
    """Whether a round that began after the notice has been through already."""
    if cursor.began_at is None or not noticed_at:
        return False
    return cursor.began_at > datetime.fromisoformat(noticed_at)


def _come_back(cursor: Cursor, trouble: Temporary | Gone) -> Save | None:
    """Wait in place a few times; then step aside for what waits to be written.

    The next notice or regular look reads again, and once only for as long as it keeps failing.
    """
    failures = min(cursor.failures + 1, MOST_COUNTED)
    Cursor.objects.filter(account_id=cursor.account_id).update(failures=failures)
    if failures <= rules.PATIENCE:
        raise Later(_pause(trouble), trouble.code) from trouble
    log.warning("account %s cannot be read: %s", cursor.account_id, trouble.code)
    return None


def _pause(trouble: Temporary | Gone) -> float:
    asked = trouble.after if isinstance(trouble, Temporary) else None
    return max(asked, 1.0) if asked is not None else rules.pause(rules.PATIENCE)


def _read(cursor: Cursor, calendar: Calendar, *, at: datetime) -> Round:
    place, since, until = cursor.cursor, cursor.since, cursor.until
    if since is None or until is None or until < at + SHORTEST_AHEAD:
        place, since, until = "", at - BACK, at + AHEAD
    try:
        changes = calendar.changes(place, since=since, until=until)
    except CursorLost:
        since, until = at - BACK, at + AHEAD
        changes = calendar.changes("", since=since, until=until)
    missing = _missing(cursor.account_id, changes, calendar, at=at)
    return Round(changes, missing, since, until)


def _missing(
    account_id: int, changes: Changes, calendar: Calendar, *, at: datetime
) -> Sequence[tuple[int, Found | None]]:
    """Entries of ours that a whole round does not show: removed, or moved out of its span.

    Between whole rounds, those asked about as removed: one that stands there after all did not
    change, so no round would show it.
    """
    shown = {found.remote_id for found in changes.entries}
    standing = queries.standing_in if changes.whole else queries.asked_as_removed
    rows = standing(account_id, at=at).values()
    return [
        (link.pk, calendar.find(key=link.key, remote_id=link.remote_id))
        for link in rows
        if link.remote_id not in shown
    ]


def _save(account: Account, found: Round, *, began_at: datetime) -> None:
    for link, entry in _pairs(account.pk, found):
        comparing.compare(link, entry, account, at=began_at)
    Cursor.objects.update_or_create(
        account=account,
        defaults={
            "cursor": found.changes.cursor, "since": found.since, "until": found.until,
            "began_at": began_at, "good_at": began_at, "failures": 0,
        },
        create_defaults={
            "cursor": found.changes.cursor, "since": found.since, "until": found.until,
            "began_at": began_at, "good_at": began_at, "next_at": began_at,
        },
    )  # fmt: skip
    accounts.note_good(account.pk, at=began_at)
    if account.state not in Account.WORKING:
        waiting.after_reading(account.pk, at=began_at)


def _pairs(account_id: int, found: Round) -> list[tuple[int, Found | None]]:
    """Our links, in one order for everybody, with how their entries were found; others are ignored.

    The same entry may come twice: the last word counts. By our key alone an entry is known only
    while nothing stands under the id that we know: a copy made over there carries the key along.
    """
    rows = Link.objects.filter(account_id=account_id)
    wanted = {entry.remote_id: entry for entry in found.changes.entries if entry.remote_id}
    keys = _by_key(wanted.values())
    by_id = dict(rows.filter(remote_id__in=list(wanted)).values_list("pk", "remote_id"))
    pairs: dict[int, Found | None] = dict(found.missing)
    pairs |= {pk: wanted[remote_id] for pk, remote_id in by_id.items()}
    for pk, key, remote_id in rows.filter(key__in=list(keys)).values_list("pk", "key", "remote_id"):
        if not remote_id or (pk in pairs and _is_gone(pairs[pk])):
            pairs[pk] = keys[key]
    return sorted(pairs.items(), key=lambda pair: pair[0])


def _by_key(entries: Iterable[Found]) -> dict[str, Found]:
    """Entries by our key; of several one that stands, and best the one that has the key as its id."""
    ranked = sorted(entries, key=lambda one: (not one.removed, one.remote_id == one.key))
    return {entry.key: entry for entry in ranked if entry.key}


def _is_gone(found: Found | None) -> bool:
    return found is None or found.removed
