"""What a video service was asked for, in our own form: JSON with the sittings of one meeting.

`{"sittings": [{"record_id", "started_at", "ended_at", "people": [{"name", "ours", "account",
"email", "spans": [[from, to], …]}]}]}`; instants in ISO 8601 with offset. Files that people hand in are
never read so: an id of ours counts only where we asked for it ourselves.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attendance.presence.reports import labels
from attendance.presence.reports.shapes import Interval, Meeting, Report, SeenPerson

FORMATS = {
    "google": "meet_fetched", "microsoft": "teams_fetched", "bigbluebutton": "bbb_fetched",
    "zoom": "zoom_fetched",
}  # fmt: skip
ACCOUNT = "account:"
# Only these services give back, unchanged, the id that we gave at joining.
OURS_FROM = frozenset({"bigbluebutton"})
Json = Mapping[str, Any]


def merged(former: bytes | None, content: bytes) -> bytes:
    """All sittings of both, each once; of one that both know, the fuller version."""
    found = {one["record_id"]: one for one in _sittings(former)} if former else {}
    for one in _sittings(content):
        known = found.get(one["record_id"])
        if known is None or _seconds(one) >= _seconds(known):
            found[one["record_id"]] = one
    ordered = sorted(found.values(), key=lambda one: (one["started_at"], one["record_id"]))
    return json.dumps({"sittings": ordered}, ensure_ascii=False, sort_keys=True).encode()


def read(content: bytes, *, source: str) -> Report:
    """The people of all sittings, each once; whoever was never let in is left out."""
    sittings = _sittings(content)
    guests: dict[str, list[Json]] = {}
    for sitting in sittings:
        for one in sitting["people"]:
            guests.setdefault(_key(one, source), []).append(one)
    people = [_person(key, theirs, source) for key, theirs in guests.items()]
    starts = [_instant(one["started_at"]) for one in sittings]
    ends = [_instant(one["ended_at"]) for one in sittings]
    return Report(
        FORMATS.get(source, source), "", min(starts, default=None), max(ends, default=None),
        tuple(one for one in people if one.intervals),
        meetings=tuple(Meeting("", *pair) for pair in zip(starts, ends, strict=True)),
    )  # fmt: skip


def _sittings(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content)["sittings"]
    return found


def _seconds(sitting: Json) -> float:
    return sum(
        (_instant(end) - _instant(start)).total_seconds()
        for one in sitting["people"]
        for start, end in one["spans"]
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _ours(one: Json, source: str) -> str:
    """The id that we gave: a registration's number, or a person's where there is none."""
    given = str(one["ours"]) if source in OURS_FROM else ""
    if given.isascii() and given.isdecimal():
        return f"registration:{given}"
    return given.replace("person-", "person:") if given.startswith("person-") else ""


def _key(one: Json, source: str) -> str:
    """Who is the same in several sittings: by our id, their account, their address, or their name."""
    if ours := _ours(one, source):
        return ours
    if one["account"]:
        return f"{ACCOUNT}{one['account']}"
    if one["email"]:
        return f"mail:{one['email'].casefold()}"
    return f"name:{labels.fold(one['name'])}"


def _person(key: str, theirs: list[Json], source: str) -> SeenPerson:
    spans = {
        (_instant(start), _instant(end)) for one in theirs for start, end in one["spans"]
    }  # fmt: skip
    account = f"{source}:{theirs[0]['account']}" if theirs[0]["account"] else None
    return SeenPerson(
        key=key, name=theirs[0]["name"],
        email=next((one["email"] for one in theirs if one["email"]), None),
        external_id=_ours(theirs[0], source) or account, role="",
        intervals=tuple(Interval(start, end) for start, end in sorted(spans) if start < end),
    )  # fmt: skip
