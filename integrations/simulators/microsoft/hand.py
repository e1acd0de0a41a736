"""A hand on the simulated tenant: what people and time do to it."""

import uuid
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from integrations.simulators.microsoft import changes, schema, subscriptions, times
from integrations.simulators.microsoft.world import Event, Mailbox, Meeting, World

Json = dict[str, Any]


@dataclass(frozen=True)
class Guest:
    """Somebody in a meeting, with the spans of each join; strangers have neither id nor e-mail."""

    name: str
    spans: Sequence[tuple[datetime, datetime]]
    person: str = ""
    email: str = ""
    role: str = "Attendee"


class Hand:
    """What a person does in Outlook and Teams, and what time does."""

    def __init__(self, world: World) -> None:
        """Take the tenant."""
        self.world = world

    def _find(self, event_id: str) -> tuple[Mailbox, Event]:
        for box in self.world.mailboxes:
            if event_id in box.events:
                return box, box.events[event_id]
        raise KeyError(event_id)

    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None:
        """Somebody drags an event to another time."""
        box, event = self._find(event_id)
        event.older = deepcopy(event)
        event.starts_at, event.ends_at = starts_at, ends_at
        event.changed_at = self.world.clock()
        changes.changed(self.world, box, event)

    def rename(self, event_id: str, subject: str) -> None:
        """Somebody gives an event another title."""
        box, event = self._find(event_id)
        event.older = deepcopy(event)
        event.values["subject"] = subject
        changes.changed(self.world, box, event)

    def remove(self, event_id: str) -> None:
        """Somebody deletes an event."""
        changes.removed(self.world, *self._find(event_id))

    def add(
        self, box: Mailbox, subject: str, starts_at: datetime, ends_at: datetime, **more: Any
    ) -> Event:
        """Somebody makes an event that is none of ours."""
        number = box.tick()
        values = {"subject": subject, "start": times.write(starts_at),
                  "end": times.write(ends_at), **more}  # fmt: skip
        made = Event(f"AAkA{uuid.uuid4().hex}", number, starts_at, ends_at, values,
                     made_at=self.world.clock())  # fmt: skip
        changes.made(self.world, box, made)
        return made

    def forget_cursors(self) -> None:
        """No delta link that was given before is taken any more."""
        self.world.cursors.clear()

    def expire_tokens(self) -> None:
        """No token that was given before is taken any more."""
        self.world.tokens.clear()

    def meeting(self, join_url: str) -> Meeting:
        """The online meeting behind a join address, known to Teams from its first use on."""
        found = next((one for one in self.world.meetings if one.join_url == join_url), None)
        if found is not None:
            return found
        box, event = next(
            (box, event) for box in self.world.mailboxes for event in box.events.values()
            if event.join_url == join_url
        )  # fmt: skip
        made = Meeting(f"MSo{uuid.uuid5(uuid.NAMESPACE_URL, join_url).hex}", box.person, join_url,
                       event.values.get("subject", ""))  # fmt: skip
        self.world.meetings.append(made)
        return made

    def hold(
        self, join_url: str, started_at: datetime, ended_at: datetime, guests: Sequence[Guest]
    ) -> str:
        """A session of a meeting takes place; returns the id of its report.

        The same meetings held in the same order have the same ids: the demo's rows depend on them.
        """
        meeting = self.meeting(join_url)
        report = _named(f"{meeting.meeting_id}/{len(meeting.reports) + 1}")
        meeting.records[report] = [
            _record(guest, _named(f"{report}/{number}")) for number, guest in enumerate(guests, 1)
        ]
        meeting.reports.append({
            "id": report, "totalParticipantCount": len(guests),
            "meetingStartDateTime": times.stamp(started_at),
            "meetingEndDateTime": times.stamp(ended_at), "attendanceRecords": [],
        })  # fmt: skip
        return report

    def keep(self, join_url: str, kind: str, started_at: datetime, content: bytes) -> str:
        """Teams keeps a recording (kind `recording`) or transcript of a meeting; returns its id."""
        meeting, name = self.meeting(join_url), f"{kind}-{uuid.uuid4()}"
        address = (f"{self.world.url}/v1.0/users/{meeting.organizer}/onlineMeetings/"
                   f"{meeting.meeting_id}/{kind}s/{name}/content")  # fmt: skip
        row = {
            "id": name, "meetingId": meeting.meeting_id, "callId": str(uuid.uuid4()),
            "createdDateTime": times.stamp(started_at), f"{kind}ContentUrl": address,
            "endDateTime": times.stamp(started_at + timedelta(hours=1)),
        }  # fmt: skip
        (meeting.recordings if kind == "recording" else meeting.transcripts).append(row)
        meeting.contents[name] = content
        return name

    def lifecycle(self, subscription: str, event: str) -> None:
        """Graph has something to say about a subscription itself: `missed`, for instance."""
        item = self.world.subscriptions[subscription]
        note = changes.notice(item, {"lifecycleEvent": event, "resource": item["resource"]})
        if event == "subscriptionRemoved":
            del self.world.subscriptions[subscription]
        self.world.notices.append((item["lifecycleNotificationUrl"], note))

    def deliver(self, *, times_each: int = 1, backwards: bool = False) -> list[int]:
        """Post the waiting notices, one a request, if wished twice or in reverse; returns statuses."""
        waiting, self.world.notices = self.world.notices, []
        order = waiting[::-1] if backwards else waiting
        statuses = []
        for target, note in order:
            item = self.world.subscriptions.get(target)
            address = item["notificationUrl"] if item else target
            # What was to be told to a subscription that is gone by now is not told any more.
            if "://" in address:
                statuses += [subscriptions.deliver(address, [note]) for _ in range(times_each)]
        return statuses


def _named(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def _record(guest: Guest, seat: str) -> Json:
    seconds = [int((ends - starts).total_seconds()) for starts, ends in guest.spans]
    record = {
        "id": guest.person or seat, "emailAddress": guest.email, "role": guest.role,
        "totalAttendanceInSeconds": sum(seconds),
        "identity": {"id": guest.person or None, "displayName": guest.name},
        "attendanceIntervals": [
            {"joinDateTime": times.stamp(starts), "leaveDateTime": times.stamp(ends),
             "durationInSeconds": length}
            for (starts, ends), length in zip(guest.spans, seconds, strict=True)
        ],
    }  # fmt: skip
    schema.check("AttendanceRecord", record)
    return record
