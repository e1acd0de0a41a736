"""Keeps one link per part that takes place, and says which entries are due.

Inner reactions and chores call this; nothing here talks to a provider.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage.commands import record_all
from events.kernel import chance
from events.programme import queries as programme
from integrations.accounts import calendars
from integrations.accounts.models import Account
from integrations.sync import desire, queries, questions, rules, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link

if TYPE_CHECKING:
    from events.programme.models import Part


@transaction.atomic
def keep(event_id: int, *, at: datetime) -> int:
    """Bring the links of an event in step with its parts; returns how many entries are due.

    Reads the present, so it may be called for any fact, late, twice and in any order.
    """
    programme.lock(event_id)
    parts = programme.all_parts_for_work(event_id)
    links = queries.live_links((part.pk for part in parts), lock=True)
    if not parts or not (links or any(desire.how(part, at=at) == desire.STAND for part in parts)):
        return 0
    ground = queries.ground(event_id)
    due = [link for part in parts if (link := _keep(part, links.get(part.pk), ground, at=at))]
    record_all([LinkDue(link.pk, link.account_id) for link in due], at=at)
    return len(due)


def _keep(part: "Part", link: Link | None, ground: queries.Ground, *, at: datetime) -> Link | None:
    """The link of a part if its entry is due."""
    how = desire.how(part, link, at=at)
    if how == desire.LEAVE or (link is not None and link.state == states.DETACHED):
        return None
    if how == desire.AWAY:
        return _away(link, at=at) if link is not None else None
    if link is not None and link.account.state == Account.State.OFF:
        _unask(link, at=at)
    link = _lasting(link, ground.calendar) or _new(part, ground.calendar, at=at)
    if link is None:
        return None
    wished = rules.digest(desire.entry(part, link, makes=ground.makes(link)))
    return _note(link, wished)


def _away(link: Link, *, at: datetime) -> Link | None:
    """What is called off needs no answer any more, and its removal waits as any other push does."""
    questions.settle(link, at=at)
    link.state = states.PENDING if link.tried_at is not None else states.REMOVED
    link.wished_hash = ""
    link.save(update_fields=["state", "wished_hash"])
    return link if link.state == states.PENDING else None


def _unask(link: Link, *, at: datetime) -> None:
    """An answer would be carried out by an account that is off; the next one asks for itself."""
    questions.settle(link, at=at)
    if link.state == states.QUESTION:
        link.state = states.PENDING
        link.save(update_fields=["state"])


def _note(link: Link, wished: str) -> Link | None:
    """Keep the wish; an entry with an open question waits for its answer, unless this is one."""
    link.wished_hash = wished
    same = wished == link.pushed_hash
    if link.state in {states.PENDING, states.OK, states.FAILED}:
        link.state = states.OK if same else states.PENDING
    link.save(update_fields=["state", "wished_hash"])
    return None if same and link.state == states.OK else link


def _lasting(link: Link | None, account: Account | None) -> Link | None:
    """The link as it goes on; one whose account was switched off goes over or comes to its end."""
    if link is None or link.account.state != Account.State.OFF:
        return link
    if account and calendars.same(link.account, account) and not _taken(link, account):
        link.account = account
        link.save(update_fields=["account"])
        return link
    link.state, link.last_error = states.REMOVED, "account_off"
    link.save(update_fields=["state", "last_error"])
    return None


def _taken(link: Link, account: Account) -> bool:
    return Link.objects.filter(part_id=link.part_id, account=account).exists()


def _new(part: "Part", account: Account | None, *, at: datetime) -> Link | None:
    """A link for a part without one; the link it had in this calendar before comes back."""
    if account is None:
        return None
    link = Link.objects.filter(part_id=part.pk, account=account).first()
    if link is None:
        return Link.objects.create(
            part_id=part.pk, account=account, key=chance.uuid().hex, made_at=at
        )
    link.state, link.pushed_hash, link.remote_id, link.etag = states.PENDING, "", "", ""
    link.save(update_fields=["state", "pushed_hash", "remote_id", "etag"])
    return link
