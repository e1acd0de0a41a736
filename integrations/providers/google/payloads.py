"""Our entries and Google's events: pure."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.ports import Entry, Found, Meeting

PROPERTY = "kolega"
# The digest of the text as we wrote it: another one was written over there, and stays.
TEXT = "kolegaText"
MEET = "hangoutsMeet"
STATES = {"pending": "pending", "success": "ready", "failure": "failed"}


def body(entry: Entry) -> dict[str, Any]:
    """The fields of an event that are ours; nobody is invited, no sequence is set (Google counts)."""
    return {
        "summary": entry.title,
        "location": entry.place,
        "start": _side(entry.starts_at, entry.zone),
        "end": _side(entry.ends_at, entry.zone),
        "extendedProperties": {"private": {PROPERTY: entry.key}},
    }


def insertion(entry: Entry) -> dict[str, Any]:
    """A new event under the id we chose."""
    asked = {"conferenceData": conference_request(entry, "")} if entry.meets else {}
    return {"id": entry.key, **body(entry), **_text(entry), **asked}


def change(entry: Entry) -> dict[str, Any]:
    """A change to an event; the whole-day form, which a person may have chosen, is taken back.

    Its conference is not mentioned, and so kept.
    """
    found = body(entry)
    for side in ("start", "end"):
        found[side]["date"] = None
    return found


def following(entry: Entry, event: Mapping[str, Any]) -> dict[str, Any]:
    """What is still to be changed of an event as it now stands: its text and its conference."""
    return {**(text_change(entry, event) or {}), **(conference_change(entry, event) or {})}


def text_change(entry: Entry, event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Our text, where the one that stands there is ours too; notes that somebody wrote stay."""
    private = event.get("extendedProperties", {}).get("private", {})
    standing = event.get("description", "")
    if private.get(TEXT, "") != _digest(standing) or _digest(standing) == _digest(text(entry)):
        return None
    return _text(entry)


def _text(entry: Entry) -> dict[str, Any]:
    written = text(entry)
    private = {PROPERTY: entry.key, TEXT: _digest(written)}
    return {"description": written, "extendedProperties": {"private": private}}


def _digest(text: str) -> str:
    """Spaces and line ends do not count: Google may keep them in another way than we sent them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def conference_change(entry: Entry, event: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is still to be changed about the conference of an event as it now stands, if anything.

    One that failed or was never asked for is asked for under a new id, which follows from the etag,
    so that a repeated call asks for the same one. Without `meets` the one that we asked for is taken
    away; one that a person added stays.
    """
    state = meeting(event).state
    if entry.meets and state in ("none", "failed"):
        return {"conferenceData": conference_request(entry, event.get("etag", ""))}
    asked = (event.get("conferenceData") or {}).get("createRequest", {}).get("requestId", "")
    if not entry.meets and asked.startswith(entry.key):
        return {"conferenceData": None}
    return None


def conference_request(entry: Entry, seen: str) -> dict[str, Any]:
    """A wish for a Meet conference. The same request id twice is one conference."""
    attempt = f"-{hashlib.sha256(seen.encode()).hexdigest()[:8]}" if seen else ""
    solution = {"type": MEET}
    return {
        "createRequest": {
            "requestId": f"{entry.key}{attempt}", "conferenceSolutionKey": solution,
        }
    }  # fmt: skip


def text(entry: Entry) -> str:
    """The text of an entry, with the link where people join unless it is in there already."""
    if entry.meets or not entry.link or entry.link in entry.text:
        return entry.text
    return f"{entry.text}\n\n{entry.link}".strip()


def _side(at: datetime, zone: str) -> dict[str, Any]:
    return {"dateTime": at.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}


def found(event: Mapping[str, Any]) -> Found:
    """An event as it stands there; of a cancelled one perhaps only its id.

    A date of an event that somebody let repeat carries our property along, and is none of ours.
    """
    private = event.get("extendedProperties", {}).get("private", {})
    return Found(
        remote_id=event["id"],
        etag=event.get("etag", ""),
        key="" if event.get("recurringEventId") else private.get(PROPERTY, ""),
        title=event.get("summary", ""),
        place=event.get("location", ""),
        starts_at=_instant(event.get("start")),
        ends_at=_instant(event.get("end")),
        removed=event.get("status") == "cancelled",
        meeting=meeting(event),
    )


def meeting(event: Mapping[str, Any]) -> Meeting:
    """The conference of an event; `ref` is its meeting code."""
    data = event.get("conferenceData") or {}
    entries = data.get("entryPoints", [])
    url = next((one["uri"] for one in entries if one.get("entryPointType") == "video"), "")
    url = url or event.get("hangoutLink", "")
    if url:
        return Meeting("ready", url, _dial_in(entries), data.get("conferenceId", ""))
    code = data.get("createRequest", {}).get("status", {}).get("statusCode", "")
    return Meeting(STATES.get(code, "pending" if "createRequest" in data else "none"))


def _dial_in(entries: list[Mapping[str, Any]]) -> str:
    for one in entries:
        if one.get("entryPointType") == "phone":
            number = one.get("label") or one["uri"].removeprefix("tel:")
            return f"{number} PIN {one['pin']}#" if one.get("pin") else number
    return ""


def _instant(side: Mapping[str, Any] | None) -> datetime | None:
    """UTC of a start or end; a whole day begins at midnight of its zone, or of UTC without one."""
    if not side:
        return None
    read = datetime.fromisoformat(side.get("dateTime") or side["date"])
    if read.tzinfo is None:
        read = read.replace(tzinfo=ZoneInfo(side.get("timeZone", "UTC")))
    return read.astimezone(UTC)
