"""Reactions of this room. Handlers read the present; the fact is only a wake-up."""

from datetime import datetime

from events.backstage import post
from events.backstage.reactions import Save
from events.programme.facts import EventCancelled, EventChanged, EventPublished
from integrations.accounts.facts import AccountLeaves
from integrations.sync import channels, keeping, leaving, letters, pulling, pushing, queries
from integrations.sync.facts import ChannelDue, LinkDue, NoticeCame, QuestionArose

EventFact = EventPublished | EventChanged | EventCancelled


def keep(fact: EventFact, *, at: datetime) -> None:
    """An event was promised, changed or cancelled: bring its links in step (inner)."""
    keeping.keep(fact.event_id, at=at)


def push(fact: LinkDue, *, at: datetime) -> Save | None:
    """An entry is due (outer, in the lane of its account)."""
    return pushing.push(fact.link_id, at=at)


def pull(fact: NoticeCame, *, at: datetime) -> Save | None:
    """The calendar of an account is to be read (outer, in the same lane)."""
    return pulling.pull(fact.account_id, noticed_at=fact.noticed_at, at=at)


def leave(fact: AccountLeaves, *, at: datetime) -> None:
    """An account is to be switched off without its entries: have them removed (outer)."""
    leaving.begin(fact.account_id, at=at)


def watch(fact: ChannelDue, *, at: datetime) -> Save | None:
    """Notices are to be asked for, or old channels to be ended (outer)."""
    return channels.refresh(fact.account_id, at=at) or channels.stop_old(fact.account_id, at=at)


def tell_organiser(fact: QuestionArose, *, at: datetime) -> None:
    """Write to the organiser about a difference that still waits for an answer (inner)."""
    question = queries.question_for_work(fact.question_id)
    if question is None or question.answered_at is not None:
        return
    if draft := letters.ask(question, at=at):
        post.queue(draft, at=at)
