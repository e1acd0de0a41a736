"""What is left of a Teams meeting: attendance reports, recordings, transcripts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from integrations.ports import Attendee, Gone, RecordingFile, Sitting
from integrations.providers.microsoft import payloads
from integrations.providers.microsoft.meetings import Meetings
from integrations.providers.microsoft.wire import Json, name

KEPT = timedelta(days=365)
KINDS = (("recordings", "video"), ("transcripts", "transcript"))


class MicrosoftHarvest:
    """Implements `ports.Harvest`; `ref` is the join address of a meeting."""

    def __init__(self, meetings: Meetings) -> None:
        """Take what finds meetings."""
        self.meetings = meetings
        self.graph = meetings.graph

    def sittings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[Sitting]:
        """Sessions that began in the span, each its own report; Graph keeps the latest fifty."""
        return list(self._sittings(ref, since, until))

    def recordings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[RecordingFile]:
        """Recordings and transcripts begun in the span; `url` is read with the account's token."""
        folder = self._folder(ref)
        files = [
            _file(f"{self.graph.base}{folder}/{part}", kind, row)
            for part, kind in KINDS if folder
            for row in self.graph.rows(f"{folder}/{part}")
        ]  # fmt: skip
        return [one for one in files if one.started_at is None or since <= one.started_at < until]

    def _folder(self, ref: str) -> str:
        try:
            return self.meetings.folder(ref)
        except Gone:
            return ""

    def _sittings(self, ref: str, since: datetime, until: datetime) -> Iterator[Sitting]:
        folder = self._folder(ref)
        if not folder:
            return
        reports = {str(row["id"]): row for row in self.graph.rows(f"{folder}/attendanceReports")}
        for report, row in reports.items():
            started_at = payloads.moment(row.get("meetingStartDateTime"))
            ended_at = payloads.moment(row.get("meetingEndDateTime"))
            if started_at is None or not since <= started_at < until:
                continue
            path = f"{folder}/attendanceReports/{name(report)}/attendanceRecords"
            people = [_attendee(record) for record in self.graph.rows(path)]
            yield Sitting(report, started_at, ended_at, people, (ended_at or started_at) + KEPT)


def _attendee(record: Mapping[str, Any]) -> Attendee:
    """A person of a report. Guests often have no e-mail address, and no id of an account."""
    identity = record.get("identity") or {}
    registration = record.get("externalRegistrationInformation") or {}
    return Attendee(
        name=str(identity.get("displayName") or ""),
        spans=list(_spans(record.get("attendanceIntervals") or [])),
        ours=str(registration.get("registrationId") or ""),
        remote_person=str(identity.get("id") or ""),
        email=str(record.get("emailAddress") or ""),
        host=record.get("role") == "Organizer",
    )


def _spans(intervals: Sequence[Json]) -> Iterator[tuple[datetime, datetime]]:
    for interval in intervals:
        joined = payloads.moment(interval.get("joinDateTime"))
        left = payloads.moment(interval.get("leaveDateTime"))
        if joined and left is None and interval.get("durationInSeconds"):
            left = joined + timedelta(seconds=float(interval["durationInSeconds"]))
        if joined and left:
            yield joined, left


def _file(folder: str, kind: str, row: Mapping[str, Any]) -> RecordingFile:
    """A file. Its address is made here: one that is sent could lead the token elsewhere."""
    there = row.get("recordingContentUrl") or row.get("transcriptContentUrl")
    return RecordingFile(
        remote_id=str(row["id"]), kind=kind, state="ready" if there else "pending",
        started_at=payloads.moment(row.get("createdDateTime")),
        ended_at=payloads.moment(row.get("endDateTime")),
        url=f"{folder}/{name(str(row['id']))}/content", downloads=bool(there),
    )  # fmt: skip
