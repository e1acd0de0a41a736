"""Sittings of any provider as the text that presence reads (`attendance.presence.reports.fetched`)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from integrations.ports import Attendee, Sitting


def of(sittings: Sequence[Sitting]) -> bytes:
    """JSON in one order, so that the same sittings give the same bytes; each has ended.

    Whoever has no stay was in a waiting room only, or did not come in, and is left out.
    """
    rows = [
        {
            "record_id": one.record_id, "started_at": _text(one.started_at),
            "ended_at": _text(one.ended_at),
            "people": sorted(
                (_person(person) for person in one.people if person.spans),
                key=lambda person: json.dumps(person, sort_keys=True),
            ),
        }
        for one in sittings if one.ended_at is not None
    ]  # fmt: skip
    rows.sort(key=lambda row: str(row["record_id"]))
    return json.dumps({"sittings": rows}, ensure_ascii=False, sort_keys=True).encode()


def _person(one: Attendee) -> dict[str, object]:
    return {
        "name": one.name, "ours": one.ours, "account": one.remote_person, "email": one.email,
        "host": one.host, "spans": sorted([_text(start), _text(end)] for start, end in one.spans),
    }  # fmt: skip


def _text(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at is not None else ""
