"""The meeting that a provider makes with an entry: looked for, attached to the part, or given up."""

from datetime import datetime, timedelta

from events.backstage.commands import record, set_timer
from events.backstage.reactions import Save
from events.kernel.actors import system
from events.programme import commands as programme
from events.programme import queries as parts
from integrations.ports import Calendar, Meeting
from integrations.sync import queries, rules, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link

BY = system("calendar")
NOT_ALLOWED = "conference_not_allowed"


def look(link: Link, calendar: Calendar, *, at: datetime) -> Save | None:
    """Look once more at a meeting that is being made; nothing to do for any other."""
    if link.meeting_state != states.MEETING_PENDING:
        return None
    found = calendar.find(key=link.key, remote_id=link.remote_id)
    if found is None or found.removed:  # the next round through the calendar asks about that
        return None
    return lambda: _save_looked(link, found.meeting, at=at)


def _save_looked(link: Link, meeting: Meeting, *, at: datetime) -> None:
    deliver(link, meeting, at=at)
    locked = Link.objects.select_for_update().get(pk=link.pk)
    note(locked, meeting, at=at)
    locked.save()


def deliver(link: Link, meeting: Meeting, *, at: datetime) -> None:
    """Bring a meeting that is ready to its part, unless a person pasted another link.

    Called before links are locked: series and events are locked first everywhere.
    """
    if not _ready(meeting):
        return
    part = parts.part_for_work(link.part_id)
    former = link.join_url
    if queries.borrowed(part):
        former = part.join_url
    url, dial_in = meeting.join_url[:600], meeting.dial_in[:120]
    if (part.join_url, part.dial_in) != (url, dial_in):
        programme.attach_link(part.pk, join_url=url, dial_in=dial_in, former=former, by=BY, at=at)


def _ready(meeting: Meeting) -> bool:
    return meeting.state == states.MEETING_READY and bool(meeting.join_url)


def note(link: Link, meeting: Meeting, *, at: datetime) -> None:
    """Write on a locked link what the provider says of the meeting; the caller saves it."""
    if _ready(meeting):
        link.join_url, link.dial_in = meeting.join_url[:600], meeting.dial_in[:120]
        link.meeting_ref = meeting.ref[:300]
        link.meeting_state, link.meeting_looks = states.MEETING_READY, 0
    elif meeting.state == states.MEETING_FAILED or link.meeting_looks >= len(rules.LOOKS):
        give_up(link, at=at)
    elif link.meeting_state != states.MEETING_READY:
        _wait(link, at=at)


def _wait(link: Link, *, at: datetime) -> None:
    due = at + timedelta(seconds=rules.LOOKS[link.meeting_looks])
    link.meeting_state, link.meeting_looks = states.MEETING_PENDING, link.meeting_looks + 1
    set_timer(f"calendar-link:{link.pk}", LinkDue(link.pk, link.account_id), due_at=due)


def give_up(link: Link, *, at: datetime) -> None:
    """Say that no meeting came, and let the entry be as one without; the page tells what to do."""
    link.meeting_state, link.meeting_looks, link.meeting_asked = states.MEETING_FAILED, 0, False
    record(LinkDue(link.pk, link.account_id), at=at)
