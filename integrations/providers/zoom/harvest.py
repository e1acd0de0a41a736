"""What Zoom keeps of meetings: who was in each session, and recordings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from integrations.ports import Attendee, Gone, RecordingFile, Sitting, Temporary
from integrations.providers.zoom import recordings
from integrations.providers.zoom.client import Client, session_name
from integrations.providers.zoom.values import instant, text

PAGE = "300"  # rows at once, the most there are
WAITED = "in_waiting_room"


class Harvest:
    """Implements `ports.Harvest`; a meeting is named by its number, which it keeps for every session."""

    def __init__(self, client: Client) -> None:
        """Take the client that calls go through."""
        self.client = client

    def sittings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[Sitting]:
        """The sessions that ended, with a row for each join; waiting rooms are left out."""
        return [self._sitting(uuid, at) for uuid, at in self._sessions(ref, since, until)]

    def recordings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[RecordingFile]:
        """The cloud recordings of each session; one without any is fine."""
        return [
            file
            for uuid, _ in self._sessions(ref, since, until)
            for file in self._files(session_name(uuid))
        ]

    def _sessions(
        self, ref: str, since: datetime, until: datetime
    ) -> Iterator[tuple[str, datetime]]:
        try:
            rows = list(
                self.client.rows(f"/past_meetings/{session_name(ref)}/instances", "meetings")
            )
        except Gone:
            return
        for row in rows:
            uuid, at = text(row.get("uuid")), instant(row.get("start_time"))
            if uuid and at is not None and since <= at < until:
                yield uuid, at

    def _sitting(self, uuid: str, started: datetime) -> Sitting:
        path = f"/report/meetings/{session_name(uuid)}/participants"
        try:
            rows = list(
                self.client.rows(
                    path, "participants", page_size=PAGE, include_fields="registrant_id"
                )
            )
        except Gone as gone:  # a session that is listed and not reported on yet
            raise Temporary("report_pending", gone.said) from gone
        people = [_attendee(row) for row in rows if row.get("status") != WAITED]
        ends = [end for one in people for _, end in one.spans]
        return Sitting(uuid, started, max(ends, default=started), people)

    def _files(self, name: str) -> Sequence[RecordingFile]:
        try:
            found = self.client.get(f"/meetings/{name}/recordings")
            return recordings.files(found)
        except Gone:
            return ()
        except (TypeError, AttributeError, KeyError) as trouble:
            raise Temporary("garbled", "recordings") from trouble


def _attendee(row: Mapping[str, Any]) -> Attendee:
    joined, left = instant(row.get("join_time")), instant(row.get("leave_time"))
    return Attendee(
        name=text(row.get("name")), email=text(row.get("user_email")),
        ours=text(row.get("customer_key")),
        remote_person=text(row.get("participant_user_id")) or text(row.get("id")),
        spans=[(joined, left)] if joined and left and joined < left else [],
    )  # fmt: skip
