"""What was seen of an entry, and the question that a difference becomes. Callers hold the link's lock."""

import hashlib
from datetime import datetime

from events.backstage.commands import record
from integrations.ports import Entry, Found
from integrations.sync import rules, states
from integrations.sync.facts import QuestionArose
from integrations.sync.models import Link, Question

AWAY = "away"


def difference(link: Link, entry: Entry | None, found: Found | None) -> str:
    """How an entry differs from all that our own deeds can have made of it; "" when it does not."""
    ours = {seen(link), *link.tried} - {AWAY}
    if entry is not None:
        ours.add(rules.mark_of(entry))
    if found is None or found.removed:
        return states.GONE
    mark = rules.mark_of(found)
    if mark in ours:
        return ""
    return states.CHANGED if rules.times(mark) in rules.times_of(ours) else states.MOVED


def renamed(link: Link, title: str) -> bool:
    """Whether a title found over there is one that somebody gave the entry; no title is none."""
    return bool(rules.plain(title)) and rules.plain(title) not in _known(link, 0)


def elsewhere(link: Link, place: str) -> bool:
    """Whether a place found over there is none that we wrote; an empty one counts too."""
    return rules.plain(place) not in _known(link, 1)


def _known(link: Link, line: int) -> set[str]:
    """Our own words for a line of the mark: as last seen, and as sent without an answer."""
    return {one.split("\n")[line] for one in (seen(link), *link.tried) if one != AWAY}


def seen(link: Link) -> str:
    """The mark of the entry as we last left or took it."""
    return rules.mark(link.seen_title, link.seen_place, link.seen_starts_at, link.seen_ends_at)


def see(link: Link, found: Found, entry: Entry | None = None) -> None:
    """Keep how the entry stands there; what the answer does not say is as we sent it."""
    link.remote_id, link.etag = found.remote_id, found.etag
    source = found if found.starts_at is not None or entry is None else entry
    link.seen_title, link.seen_place = source.title[:300], source.place[:600]
    link.seen_starts_at, link.seen_ends_at = source.starts_at, source.ends_at


def ask(link: Link, kind: str, found: Found | None, *, at: datetime) -> None:
    """Ask what shall count, or bring the open question up to date; the organiser is told once."""
    values: dict[str, object] = {"kind": kind, **_found(found)}
    open_one = Question.objects.filter(link=link, answered_at=None).first()
    if open_one is not None:
        Question.objects.filter(pk=open_one.pk).update(**values)
    else:
        asked = Question.objects.create(link=link, asked_at=at, **values)
        record(QuestionArose(question_id=asked.pk), at=at)
    link.state = states.QUESTION
    link.save(update_fields=["state"])


def _found(found: Found | None) -> dict[str, object]:
    if found is None or found.removed:
        return {
            "found_title": "", "found_place": "", "found_starts_at": None, "found_ends_at": None,
            "found_remote_id": "", "found_etag": "",
        }  # fmt: skip
    return {
        "found_title": found.title[:300], "found_place": found.place[:600],
        "found_starts_at": found.starts_at, "found_ends_at": found.ends_at,
        "found_remote_id": found.remote_id, "found_etag": found.etag,
    }  # fmt: skip


def digest(question: Question) -> str:
    """What a person is shown of a question, as a hash: an answer counts for this and nothing else."""
    mark = rules.mark(
        question.found_title, question.found_place, question.found_starts_at, question.found_ends_at
    )
    return hashlib.sha256(f"{question.kind}\n{mark}".encode()).hexdigest()


def settle(link: Link, *, at: datetime) -> None:
    """Close the open question of an entry that needs no answer any more."""
    Question.objects.filter(link=link, answered_at=None).update(
        answered_at=at, answer=states.SETTLED
    )


def offered(question: Question) -> tuple[str, ...]:
    """The answers a question can have: a place found over there is no place of ours to take on."""
    if question.kind == states.CHANGED and question.found_place != question.link.seen_place:
        return (states.RESTORE, states.DETACH)
    return (states.ACCEPT, states.RESTORE, states.DETACH)
