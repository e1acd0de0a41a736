"""What leaves for people: a mail server that workers die at, and who was to be told of what.

An invitation is known by its UID and SEQUENCE. Each that was due left, under one Message-ID.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter

from events.backstage.models import Job, Work
from events.programme.models import Part
from events.registration.models import Registration

FOLD, LINE = re.compile(r"\r\n[ \t]"), re.compile(r"^(UID|SEQUENCE|METHOD):(.*?)\r?$", re.MULTILINE)
REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Sent:
    """A calendar message as it was handed to the mail server."""

    address: str
    uid: str
    method: str
    sequence: int
    message_id: str


@dataclass
class Door:
    """Stands where the mail server stands; `killed` says when the worker dies at it."""

    passes: object
    sent: list = field(default_factory=list)

    def send_messages(self, envelopes):
        self.passes("before")
        for one in envelopes:
            self.sent += _calendar_messages(one)
        self.passes("after")
        return len(envelopes)


def _calendar_messages(envelope):
    for part in envelope.content.walk():
        if part.get_content_type() == "text/calendar":
            text = FOLD.sub("", part.get_payload(decode=True).decode())
            held = dict(LINE.findall(text))
            yield Sent(
                envelope.to_address, held["UID"], held["METHOD"], int(held["SEQUENCE"]),
                envelope.content["Message-ID"],
            )  # fmt: skip


class Promises:
    """Who was to be told of what: noted after each step, due whenever all work was done."""

    def __init__(self, door):
        self.door = door
        self.now, self.ever, self.due, self.same = {}, set(), defaultdict(list), {}
        self.settled = True

    def note(self):
        """Look at everybody's place in every part; a place given back is known by its last change."""
        rows = list(Registration.objects.select_related("person"))
        events = [row.event_id for row in rows]
        parts = Part.objects.filter(event_id__in=events).select_related("event") if rows else ()
        for part in parts:
            for row in rows:
                if row.event_id == part.event_id:
                    self._note(row, part)

    def _note(self, row, part):
        key = (row.person.email, part.uid)
        off = part.cancelled_at is not None or part.event.state == "cancelled"
        method = CANCEL if off or row.state == Registration.State.CANCELLED else REQUEST
        before = self.now.get(key)
        if method == CANCEL and before and before[0] == CANCEL:
            # Taken away already; a letter not yet written bears the later number, which is as good.
            self.same[*key, part.sequence + row.sequence] = before[1]
        if method == CANCEL and (before is None or before[0] == CANCEL):
            return  # nothing to take away
        self.now[key] = (method, part.sequence + row.sequence)
        if self.now[key] != before:
            self.settled = False
            self.ever.add((*key, *self.now[key]))

    def settle(self):
        """All work is done: everybody knows how it stands now."""
        if self.settled or _mail_waits():
            return
        self.settled = True
        told = {(one.address, one.uid) for one in self.door.sent}
        for key, identity in self.now.items():
            if (identity[0] == REQUEST or key in told) and identity not in self.due[key]:
                self.due[key].append(identity)

    def broken(self):
        """What was told under two names, made up, or not told at all."""
        ids, order = defaultdict(set), defaultdict(list)
        if not self.settled:
            yield "letters wait for ever"
        for one in self.door.sent:
            key = (one.address, one.uid)
            number = one.sequence
            if one.method == CANCEL:
                number = self.same.get((*key, number), number)
            identity = (one.method, number)
            ids[(*key, number)].add(one.message_id)
            if identity not in order[key]:
                order[key].append(identity)
        yield from (
            f"{key} under {len(found)} Message-IDs" for key, found in ids.items() if len(found) > 1
        )
        for key in {*order, *self.due}:
            yield from self._broken(key, order[key], self.due[key])

    def _broken(self, key, order, due):
        if missing := [one for one in due if one not in order]:
            yield f"{key} was never told {missing}, only {order}"
        if made_up := [one for one in order if (*key, *one) not in self.ever]:
            yield f"{key} was told {made_up}, which never was so"
        # A letter may be overtaken by a later one: what counts is the highest number (RFC 5546 §2.1.5).
        newest = max(order, key=itemgetter(1), default=None)
        if due and newest != due[-1]:
            yield f"{key} knows {newest}, and it is {due[-1]}"


def _mail_waits():
    waiting = Work.objects.filter(state__in=("ready", "leased"))
    of_mail = waiting.exclude(handler__startswith="integrations.")
    return of_mail.exists() or Job.objects.filter(state__in=("waiting", "running")).exists()
