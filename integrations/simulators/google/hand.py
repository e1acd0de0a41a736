"""What people do at the simulated Google: they move entries, hold meetings, take consent away."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from integrations.simulators.google.calls import stamp
from integrations.simulators.google.tokens import Tokens
from integrations.simulators.google.world import Book, Entry, Held, StoredFile, World

KEPT = timedelta(days=30)
Span = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Guest:
    """Somebody in a meeting. `kind`: signedinUser, anonymousUser or phoneUser; a span without end goes on."""

    name: str
    spans: Sequence[Span]
    kind: str = "signedinUser"
    user: str = ""


@dataclass
class Hand:
    """A person at the far side, for tests and the demo."""

    world: World
    tokens: Tokens

    def entry(self, event_id: str) -> tuple[Book, Entry]:
        """An event with its calendar; raises KeyError when there is none."""
        for book in self.world.books.values():
            if event_id in book.entries:
                return book, book.entries[event_id]
        raise KeyError(event_id)

    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None:
        """Drag an event to another time."""
        book, entry = self.entry(event_id)
        zone = entry.event["start"].get("timeZone", book.zone)
        for side, at in (("start", starts_at), ("end", ends_at)):
            entry.event[side] = {"dateTime": at.isoformat(), "timeZone": zone}
        entry.event["sequence"] += 1
        self.world.touch(book, entry)

    def change(self, event_id: str, **fields: Any) -> None:
        """Edit fields of an event."""
        book, entry = self.entry(event_id)
        entry.event.update(fields)
        self.world.touch(book, entry)

    def remove(self, event_id: str) -> None:
        """Throw an event away."""
        self.change(event_id, status="cancelled")

    def hold(
        self, code: str, people: Sequence[Guest], *, started: datetime, ended: datetime | None
    ) -> str:
        """Hold a meeting in the space with this code; gives the name of its record."""
        space = next(one for one in self.world.spaces.values() if one["meetingCode"] == code)
        name = f"conferenceRecords/rec{len(self.world.records) + 1}"
        record = {"name": name, "space": space["name"], "startTime": stamp(started)}
        if ended is not None:
            record |= {"endTime": stamp(ended), "expireTime": stamp(ended + KEPT)}
        held = Held(record, code)
        self.world.records[name] = held
        for number, guest in enumerate(people, 1):
            _sit(held, f"{name}/participants/{number}", guest)
        return name

    def record(
        self, record: str, content: bytes, *, file_id: str, state: str = "FILE_GENERATED"
    ) -> None:
        """Leave a recording of a meeting in Drive."""
        self._leave(record, "recordings", state, {
            "driveDestination": {"file": file_id, "exportUri": _page_of(file_id)}
        })  # fmt: skip
        self._store(file_id, content, "video/mp4", f"Recording {file_id}")

    def transcribe(self, record: str, *, document: str) -> None:
        """Leave a transcript of a meeting in Docs."""
        uri = f"https://docs.google.com/document/d/{document}/view"
        place = {"docsDestination": {"document": document, "exportUri": uri}}
        self._leave(record, "transcripts", "FILE_GENERATED", place)
        kind = "application/vnd.google-apps.document"
        self._store(document, b"", kind, f"Transcript {document}")

    def forget_consent(self) -> None:
        """Take consent away: no token of before is taken, and none is given."""
        self.tokens.given.clear()
        self.tokens.refresh.clear()
        self.tokens.people.clear()

    def forget_access(self) -> None:
        """Let every access token run out; new ones are given."""
        self.tokens.given.clear()

    def forget_cursors(self) -> None:
        """Take no sync token of before."""
        self.world.epoch += 1

    def _leave(self, record: str, kind: str, state: str, place: dict[str, Any]) -> None:
        held = self.world.records[record]
        files = held.lists.setdefault(f"{record}/{kind}", [])
        made: dict[str, Any] = {
            "name": f"{record}/{kind}/{len(files) + 1}", "state": state,
            "startTime": held.record["startTime"],
        }  # fmt: skip
        if state != "STARTED" and "endTime" in held.record:
            made["endTime"] = held.record["endTime"]
        files.append(made | (place if state == "FILE_GENERATED" else {}))

    def _store(self, file_id: str, content: bytes, kind: str, name: str) -> None:
        meta: dict[str, Any] = {
            "kind": "drive#file", "id": file_id, "name": name, "mimeType": kind,
            "webViewLink": _page_of(file_id), "trashed": False,
        }  # fmt: skip
        if content:
            digest = hashlib.sha256(content).hexdigest()
            meta |= {"size": str(len(content)), "sha256Checksum": digest}
        self.world.files[file_id] = StoredFile(meta, content)


def _page_of(file_id: str) -> str:
    return f"https://drive.google.com/file/d/{file_id}/view"


def _sit(held: Held, name: str, guest: Guest) -> None:
    who = {"displayName": guest.name}
    if guest.kind == "signedinUser":
        who["user"] = (
            guest.user or f"users/{int(hashlib.sha256(name.encode()).hexdigest()[:12], 16)}"
        )
    sessions = [
        {"name": f"{name}/participantSessions/{number}", "startTime": stamp(start)}
        | ({"endTime": stamp(end)} if end else {})
        for number, (start, end) in enumerate(guest.spans, 1)
    ]
    ends = [end for _, end in guest.spans]
    last = {"latestEndTime": stamp(max(end for end in ends if end))} if all(ends) else {}
    first = stamp(min(start for start, _ in guest.spans))
    made = {"name": name, guest.kind: who, "earliestStartTime": first, **last}
    held.lists.setdefault(f"{held.record['name']}/participants", []).append(made)
    held.lists[f"{name}/participantSessions"] = sessions
