"""One entry as it was found, against its link: our own echo, a harmless change, or a question."""

from datetime import datetime
from typing import TYPE_CHECKING

from events.backstage.commands import record
from events.kernel.errors import DomainError
from events.programme import locked as locking
from events.programme import queries as programme
from integrations.accounts.models import Account
from integrations.ports import Entry, Found
from integrations.sync import accepting, desire, meetings, queries, questions, rules, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link

if TYPE_CHECKING:
    from events.programme.models import Part


def compare(link_id: int, found: Found | None, account: Account, *, at: datetime) -> None:
    """Take on what was found of an entry; called in the transaction that saves the round."""
    link = Link.objects.get(pk=link_id)
    if _no_news(link, found):
        return
    # The event first, as everywhere; what stood here before the lock may have been decided meanwhile.
    locking.locked(programme.part_for_work(link.part_id).event_id, by=meetings.BY)
    link = Link.objects.select_for_update(of=("self",)).select_related("account").get(pk=link_id)
    if _no_news(link, found):
        return
    part = programme.part_for_work(link.part_id)
    how = desire.how(part, link, at=at)
    if link.state == states.REMOVED or how == desire.AWAY:
        _should_be_away(link, found, at=at)
    elif how == desire.STAND:
        _should_stand(link, part, found, account, at=at)


def _no_news(link: Link, found: Found | None) -> bool:
    return link.state == states.DETACHED or (found is not None and _echo(link, found))


def _echo(link: Link, found: Found) -> bool:
    """Our own push coming back, or nothing new: the etag is the one that we know."""
    same = bool(found.etag) and found.etag == link.etag and not found.removed
    waits = link.meeting_state == states.MEETING_PENDING or link.state == states.QUESTION
    return same and link.remote_id == found.remote_id and not waits


def _should_be_away(link: Link, found: Found | None, *, at: datetime) -> None:
    """An entry that we removed and that stands there again is removed once more.

    Not while the part has its entry in another calendar: one link of a part lives, and it is that.
    """
    if found is None or found.removed:
        return
    if link.state == states.REMOVED and queries.live_links([link.part_id]):
        return
    Link.objects.filter(pk=link.pk).update(
        remote_id=found.remote_id, etag=found.etag, state=states.PENDING, tried_at=at
    )
    record(LinkDue(link.pk, link.account_id), at=at)


def _should_stand(
    link: Link, part: "Part", found: Found | None, account: Account, *, at: datetime
) -> None:
    entry = desire.entry(part, link, makes=queries.ground(part.event_id).makes(link))
    kind = questions.difference(link, entry, found)
    if not kind and found is not None:
        _note(link, found, entry, at=at)
    elif not (
        kind == states.MOVED and found and _accepted(link, entry, found, account, at=at)
    ):  # fmt: skip
        questions.ask(link, kind, found, at=at)


def _note(link: Link, found: Found, entry: Entry, *, at: datetime) -> None:
    """Nothing of ours differs: keep the new etag, and close a question that answered itself."""
    if entry.meets:
        meetings.deliver(link, found.meeting, at=at)
    questions.see(link, found, entry)
    if entry.meets and found.meeting.state == states.MEETING_READY:
        meetings.note(link, found.meeting, at=at)
    if link.state == states.QUESTION:
        questions.settle(link, at=at)
        link.state = states.PENDING
        record(LinkDue(link.pk, link.account_id), at=at)
    link.save()


def _accepted(link: Link, entry: Entry, found: Found, account: Account, *, at: datetime) -> bool:
    """Whether the account lets moves over there count, and this one can: then it has counted.

    A move that changes title or place as well is asked about, so that nothing of it gets lost.
    While a change of ours is on its way there, nobody knows which of the two is meant: what counts
    is the part as it is now, whether or not the change has reached the link.
    """
    if not account.accepts_moves or link.state != states.OK:
        return False
    if link.pushed_hash != rules.digest(entry):
        return False
    if questions.renamed(link, found.title) or questions.elsewhere(link, found.place):
        return False
    try:
        accepting.move(link.part_id, found.starts_at, found.ends_at, by=meetings.BY, at=at)
    except DomainError:
        return False
    questions.see(link, found)
    link.save()
    return True
