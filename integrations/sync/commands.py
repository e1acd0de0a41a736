"""What a coordinator decides about entries in calendars: answers, leaving out, asking for a meeting."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.words import gettext_noop
from events.programme import locked as locking
from events.programme import policies
from events.programme import queries as programme
from integrations.accounts.models import Account
from integrations.sync import accepting, keeping, queries, questions, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link, Question

__all__ = ["answer", "ask_for_meeting", "leave_out", "take_in"]


class Answered(DomainError):
    """Somebody else was faster, or the difference has gone."""

    code = "question_answered"
    status = 409
    sentence = gettext_noop("This question has been answered already. Look at the event again.")


class ChangedAgain(DomainError):
    """The entry is not as it was when the question was looked at."""

    code = "question_changed"
    status = 409
    sentence = gettext_noop("The entry has changed again. Look at it once more, then answer.")


class AnswerUnknown(BadInput):
    """The answer is none of those offered for this question."""

    code = "answer_unknown"
    sentence = gettext_noop("Choose one of the answers that are offered.")


class NoCalendar(DomainError):
    """No connected calendar serves the event."""

    code = "no_calendar"
    status = 409
    sentence = gettext_noop("No calendar is connected for this event.")


class NoMeetings(DomainError):
    """The account of the event's calendar makes no meetings."""

    code = "no_meetings"
    status = 409
    sentence = gettext_noop("The connected calendar makes no video links. Paste a link instead.")


@transaction.atomic
def answer(
    question_id: int, *, seen: str, answer: str, reason: str = "", by: Actor, at: datetime
) -> Question:
    """Decide a difference: `accept` what is there, `restore` ours, or `detach` the entry for good.

    `seen` is the digest (`questions.digest`) of what the person was shown. `reason` is told to
    people where accepting cancels. Raises Missing, NotAllowed, Answered, ChangedAgain,
    AnswerUnknown, and what the deed that accepts raises: MoveRefused, PartsOverlap, PartOver,
    ReasonMissing, TitleMissing.
    """
    found = Question.objects.filter(pk=question_id).select_related("link").first()
    if found is None:
        raise Missing
    event_id = _allowed(found.link.part_id, by=by)
    question = Question.objects.select_for_update(of=("self",)).select_related("link").get(
        pk=question_id
    )  # fmt: skip
    if question.answered_at is not None:
        raise Answered
    if seen != questions.digest(question):
        raise ChangedAgain
    if answer not in questions.offered(question):
        raise AnswerUnknown(field="answer")
    if answer == states.ACCEPT:
        _accept(question, reason=reason, by=by, at=at)
    _settle(question, answer, at=at)
    question.answer, question.answered_at, question.by_id = answer, at, by.person_id
    question.save(update_fields=["answer", "answered_at", "by"])
    audit("calendar_answered", by=by, at=at, thing="event", thing_id=event_id,
          changes={"calendar": [question.kind, answer]})  # fmt: skip
    return question


def _allowed(part_id: int, *, by: Actor) -> int:
    """The id of the part's event, locked; raises Missing and NotAllowed."""
    part = programme.find_part(part_id)
    if part is None:
        raise Missing
    return locking.locked(part.event_id, by=by).pk


def _accept(question: Question, *, reason: str, by: Actor, at: datetime) -> None:
    part_id = question.link.part_id
    if question.kind == states.MOVED:
        accepting.move(part_id, question.found_starts_at, question.found_ends_at, by=by, at=at)
        if questions.renamed(question.link, question.found_title):
            accepting.retitle(part_id, question.found_title, by=by, at=at)
    elif question.kind == states.CHANGED:
        accepting.retitle(part_id, question.found_title, by=by, at=at)
    else:
        accepting.call_off(part_id, reason=reason, by=by, at=at)


def _settle(question: Question, answer: str, *, at: datetime) -> None:
    link = Link.objects.select_for_update().get(pk=question.link_id)
    if answer == states.DETACH:
        link.state = states.DETACHED
    else:
        # What stands there now was looked at by a person: the next push may go over it.
        link.remote_id, link.etag = question.found_remote_id, question.found_etag
        link.seen_title, link.seen_place = question.found_title, question.found_place
        link.seen_starts_at, link.seen_ends_at = question.found_starts_at, question.found_ends_at
        link.state, link.pushed_hash, link.tried = states.PENDING, "", []
        record(LinkDue(link.pk, link.account_id), at=at)
    link.save()


@transaction.atomic
def leave_out(event_id: int, *, by: Actor, at: datetime) -> int:
    """Never touch the entries of an event again, and make none; those there stay as they are.

    Returns how many parts are left out. Raises Missing, NotAllowed, NoCalendar.
    """
    event = programme.event_for_work(event_id) if event_id else None
    if event is None:
        raise Missing
    policies.require_may_run(by, event)
    programme.lock(event_id)
    ground = queries.ground(event_id)
    links = _links_of(event_id)
    for part in programme.all_parts_for_work(event_id):
        link = links.get(part.pk)
        if link is None and ground.calendar is not None and part.cancelled_at is None:
            link = _former(part.pk, ground.calendar) or Link(
                part_id=part.pk, account=ground.calendar, key=chance.uuid().hex, made_at=at
            )
        if link is not None:
            links[part.pk] = _detach(link, at=at)
    if not links:
        raise NoCalendar
    audit("calendar_left_out", by=by, at=at, thing="event", thing_id=event_id)
    return len(links)


def _former(part_id: int, account: Account) -> Link | None:
    """The link that a part had in a calendar before its entry was taken away."""
    rows = Link.objects.select_for_update(of=("self",))
    return rows.filter(part_id=part_id, account=account).first()


def _detach(link: Link, *, at: datetime) -> Link:
    link.state = states.DETACHED
    link.save()
    questions.settle(link, at=at)
    return link


def _links_of(event_id: int) -> dict[int, Link]:
    rows = Link.objects.filter(part_id__in=programme.part_ids_of([event_id]))
    rows = rows.exclude(state=states.REMOVED).order_by("pk").select_for_update(of=("self",))
    return {row.part_id: row for row in rows}


@transaction.atomic
def take_in(event_id: int, *, by: Actor, at: datetime) -> int:
    """Keep the entries of an event right again: each is found by its key, or made anew.

    Returns how many are due. Raises Missing, NotAllowed.
    """
    event = programme.event_for_work(event_id)
    policies.require_may_run(by, event)
    programme.lock(event_id)
    for link in _links_of(event_id).values():
        if link.state == states.DETACHED:
            link.state, link.remote_id, link.etag, link.pushed_hash = states.PENDING, "", "", ""
            link.save()
    audit("calendar_taken_in", by=by, at=at, thing="event", thing_id=event_id)
    return keeping.keep(event_id, at=at)


@transaction.atomic
def ask_for_meeting(part_id: int, *, by: Actor, at: datetime) -> None:
    """Let the calendar make a video link for a part that has none, or try once more.

    Raises Missing, NotAllowed, NoCalendar, NoMeetings.
    """
    event_id = _allowed(part_id, by=by)
    link = _links_of(event_id).get(part_id)
    if link is None or link.state == states.DETACHED:
        raise NoCalendar
    link.meeting_asked, link.meeting_state, link.meeting_looks = True, states.NO_MEETING, 0
    if not queries.ground(event_id).makes(link):
        raise NoMeetings
    link.save(update_fields=["meeting_asked", "meeting_state", "meeting_looks"])
    audit("meeting_asked", by=by, at=at, thing="event", thing_id=event_id)
    keeping.keep(event_id, at=at)
