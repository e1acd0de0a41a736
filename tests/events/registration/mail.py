"""Helpers of this folder: let work run, read what was mailed."""

import re
from contextlib import contextmanager
from datetime import timedelta

import time_machine
from django.core import mail
from icalendar import Calendar

from events.backstage import jobs, sweep
from events.backstage.models import Letter
from tests.factories.world import AT


@contextmanager
def at(moment):
    """The clock stands still at a moment; pages read it there."""
    with time_machine.travel(moment, tick=False):
        yield moment


def settle(moment=AT + timedelta(seconds=11)):
    """Run everything that is due at a moment: facts, work, jobs, and the mails they make."""
    with at(moment):
        sweep.drain(at=moment)
        while jobs.run_due(at=moment):
            pass
        sweep.drain(at=moment)


def letters(person=None, kind=None):
    """Letters in the order they were made."""
    rows = Letter.objects.order_by("pk")
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.filter(kind=kind) if kind else rows)


def sent_to(person):
    """Messages in the outbox for one person's address and name, oldest first."""
    messages = [envelope.content for envelope in mail.outbox]
    return [m for m in messages if person.name in str(m["To"]) and person.email in str(m["To"])]


def link_in(letter, way="room"):
    """The path of the personal link in a letter's plain text."""
    found = re.search(rf"http://[^\s]+(/r/[^\s?]+/)(\?way={way})?$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


def calendar(message):
    """The VEVENT of a message and its METHOD, as the icalendar library reads it."""
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    parsed = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == parsed["METHOD"]
    return parsed["METHOD"], parsed.walk("VEVENT")[0]
