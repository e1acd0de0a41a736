"""Our entries as Graph's events, and back. Pure."""

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import win_tz

from integrations.ports import Entry, Found, Meeting, Temporary

Json = dict[str, Any]
# Our own namespace of extended properties; Outlook keeps them and shows them to nobody.
PROPERTY = "String {3f6e0b6a-7d0e-4c58-9a35-0c6a4f1f2b71} Name KolegaKey"
EXPAND = f"singleValueExtendedProperties($filter=id eq '{PROPERTY}')"
TRANSACTION = re.compile(r"([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:-\d+)?")
KEY = re.compile(r"[0-9a-f]{32}")


def with_key(key: str) -> str:
    """The filter that finds our event by its key; raises ValueError for what is no key."""
    if not KEY.fullmatch(key):
        raise ValueError(key)
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{PROPERTY}' and ep/value eq '{key}')"


def transaction(key: str, attempt: int = 0) -> str:
    """The transactionId of a key. Graph takes none twice, so what was removed needs the next."""
    first = str(uuid.UUID(hex=key))
    return f"{first}-{attempt}" if attempt else first


def written(at: datetime) -> Json:
    """An instant for Graph: in UTC, since it does not know the names of all our zones."""
    return {"dateTime": at.astimezone(UTC).replace(tzinfo=None).isoformat(), "timeZone": "UTC"}


def shared(entry: Entry) -> Json:
    """What we own of an event, and nothing else: the body holds the Teams meeting's own text."""
    return {
        "subject": entry.title,
        "start": written(entry.starts_at),
        "end": written(entry.ends_at),
        "location": {"displayName": entry.place},
    }


ONLINE: Mapping[str, object] = {
    "isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness",
}  # fmt: skip


def new(entry: Entry, *, attempt: int = 0) -> Json:
    """A new event, without attendees: our own mail is the one invitation."""
    link = "" if entry.meets or entry.link in entry.text else f"\n\n{entry.link}"
    return {
        **shared(entry),
        "body": {"contentType": "text", "content": f"{entry.text}{link}"},
        "transactionId": transaction(entry.key, attempt),
        "singleValueExtendedProperties": [{"id": PROPERTY, "value": entry.key}],
        **(ONLINE if entry.meets else {}),
    }


def change(entry: Entry, *, known: Meeting) -> Json:
    """A change. A meeting can be added; Graph does not take one away again."""
    add = entry.meets and known.state == "none"
    return {**shared(entry), **(ONLINE if add else {})}


def instant(value: object) -> datetime | None:
    """An instant from a dateTimeTimeZone; None for none. Raises `Temporary` for garbage.

    Graph writes seven digits of a second, of which Python leaves the last away.
    """
    if not isinstance(value, dict):
        return None
    try:
        bare = datetime.fromisoformat(str(value["dateTime"]))
        zone = _zone(str(value.get("timeZone") or "UTC"))
    except (KeyError, ValueError, ZoneInfoNotFoundError) as failed:
        raise Temporary("garbled", "a time") from failed
    return bare.replace(tzinfo=bare.tzinfo or zone).astimezone(UTC)


def moment(value: object) -> datetime | None:
    """An instant from a DateTimeOffset such as `2026-10-24T16:00:00.0000000Z`; None for none."""
    return instant({"dateTime": value}) if value else None


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(win_tz.get(name, name))


def key_of(event: Mapping[str, Any]) -> str:
    """Our key, from the property where it was asked for, else from the transactionId.

    A date of an event that somebody let repeat is none of ours.
    """
    if event.get("seriesMasterId"):
        return ""
    for item in event.get("singleValueExtendedProperties") or []:
        if item.get("id") == PROPERTY and KEY.fullmatch(item.get("value") or ""):
            return str(item["value"])
    match = TRANSACTION.fullmatch(event.get("transactionId") or "")
    return match[1].replace("-", "") if match else ""


def meeting(event: Mapping[str, Any]) -> Meeting:
    """The Teams meeting of an event; its address may come later than the event."""
    if not event.get("isOnlineMeeting"):
        return Meeting()
    info = event.get("onlineMeeting") or {}
    address = str(info.get("joinUrl") or "")
    if not address:
        return Meeting("pending")
    numbers = [str(info[name]) for name in ("tollNumber", "conferenceId") if info.get(name)]
    return Meeting("ready", join_url=address, dial_in=" ".join(numbers), ref=address)


def found(event: Mapping[str, Any]) -> Found:
    """An event as we see it."""
    if not event.get("id"):
        raise Temporary("garbled", "no id")
    if "@removed" in event:
        return Found(str(event["id"]), removed=True)
    return Found(
        remote_id=str(event["id"]),
        etag=str(event.get("@odata.etag") or ""),
        key=key_of(event),
        title=str(event.get("subject") or ""),
        place=str((event.get("location") or {}).get("displayName") or ""),
        starts_at=instant(event.get("start")),
        ends_at=instant(event.get("end")),
        removed=bool(event.get("isCancelled")),
        meeting=meeting(event),
    )


def as_wished(entry: Entry, seen: Found) -> bool:
    """Whether an event says what we own of it already."""
    second = timedelta(seconds=1)
    times = ((entry.starts_at, seen.starts_at), (entry.ends_at, seen.ends_at))
    return (
        (entry.title, entry.place) == (seen.title, seen.place)
        and all(there is not None and abs(wish - there) < second for wish, there in times)
        and (not entry.meets or seen.meeting.state != "none")
    )
