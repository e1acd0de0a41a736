"""The mail that asks an organiser what shall count: what stands over there, or what we say."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people import queries as people
from events.programme import queries as programme
from events.templatetags.moments import span
from integrations.accounts import words
from integrations.sync import questions, states
from integrations.sync.models import Question

if TYPE_CHECKING:
    from events.backstage.post import Draft
    from events.programme.models import Part


def ask(question: Question, *, at: datetime) -> "Draft | None":
    """Ask the organiser; None when no mail reaches them, or the part is over."""
    part = programme.part_for_work(question.link.part_id)
    reader = people.address(programme.event_for_work(part.event_id).organiser)
    if not reader.reachable or at >= part.ends_at:
        return None
    with translation.override(sheets.tongue(reader.language)):
        sheet = _sheet(question, part)
    purpose = f"calendar-question:{question.pk}"
    return sheets.draft(
        sheet, to=reader, purpose=purpose, kind="calendar_question", event_id=part.event_id
    )


def _sheet(question: Question, part: "Part") -> Sheet:
    event = part.event
    page = addresses.absolute(addresses.first("calendar_of_event", args=(event.pk,)))
    subject, said = _words(question.kind)
    details = [Detail(_("Our time"), span(part.starts_at, part.ends_at, part.zone))]
    if question.found_starts_at and question.found_ends_at:
        there = span(question.found_starts_at, question.found_ends_at, part.zone)
        details.append(Detail(_("In the calendar"), there))
    if question.kind != states.GONE:
        details += _words_there(question)
    details.append(Detail(_("Calendar"), _calendar(question)))
    return Sheet(
        subject=subject % {"title": event.title},
        title=Quote(event.title, event.language),
        said=(said, _("Until you answer, nothing changes here and nobody is told.")),
        details=tuple(details),
        buttons=(Action(_("Look and answer"), page),),
    )


def _words_there(question: Question) -> list[Detail]:
    """Title and place as they stand there, where they differ from ours."""
    found = []
    if questions.renamed(question.link, question.found_title):
        found.append(Detail(_("Title in the calendar"), question.found_title))
    if question.found_place and questions.elsewhere(question.link, question.found_place):
        found.append(Detail(_("Place in the calendar"), question.found_place))
    return found


def _words(kind: str) -> tuple[str, str]:
    if kind == states.MOVED:
        return (
            _("Moved in the calendar: %(title)s"),
            _("Somebody moved this event in the calendar. Say which time shall count."),
        )
    if kind == states.CHANGED:
        return (
            _("Changed in the calendar: %(title)s"),
            _("Somebody changed this event in the calendar. Say which version shall count."),
        )
    return (
        _("Removed from the calendar: %(title)s"),
        _("Somebody removed this event from the calendar. Say whether it takes place."),
    )


def _calendar(question: Question) -> str:
    account = question.link.account
    return words.called(account.name, account.provider)
