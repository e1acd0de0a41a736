"""Free and busy times of people in the same organization."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from integrations.providers.microsoft import payloads
from integrations.providers.microsoft.wire import Graph, Json, name

TOGETHER = 20  # addresses that getSchedule takes at once
STRETCH = timedelta(days=31)  # it refuses 62 days and more
STEP = timedelta(minutes=30)
TAKEN, LEFT = frozenset({"tentative", "busy", "oof"}), frozenset({"free", "workingElsewhere"})
TAKEN_DIGITS, LEFT_DIGITS = frozenset("123"), frozenset("04")
Spans = list[tuple[datetime, datetime]]


class MicrosoftBusy:
    """Implements `ports.Busy`. Tentative and out of office count as busy, elsewhere does not."""

    def __init__(self, graph: Graph, mailbox: str) -> None:
        """Take the wire and whose mailbox asks."""
        self.graph = graph
        self.path = f"/users/{name(mailbox)}/calendar/getSchedule"

    def busy(
        self, addresses: Sequence[str], *, since: datetime, until: datetime
    ) -> Mapping[str, Spans | None]:
        """Busy spans by address; None where it is not said."""
        found: dict[str, Spans | None] = {address: [] for address in addresses}
        for first in range(0, len(addresses), TOGETHER):
            together = addresses[first : first + TOGETHER]
            for starts_at, ends_at in _stretches(since, until):
                said = self._ask(together, starts_at, ends_at)
                for address in together:
                    found[address] = _joined(found[address], said.get(address.lower()))
        return found

    def _ask(
        self, addresses: Sequence[str], since: datetime, until: datetime
    ) -> Mapping[str, Spans | None]:
        body: Json = {
            "schedules": list(addresses),
            "startTime": payloads.written(since),
            "endTime": payloads.written(until),
            "availabilityViewInterval": int(STEP.total_seconds() // 60),
        }
        rows = self.graph.call("POST", self.path, body=body).body.get("value") or []
        return {str(row.get("scheduleId") or "").lower(): _spans(row, since) for row in rows}


def _stretches(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    while since < until:
        yield since, min(since + STRETCH, until)
        since += STRETCH


def _joined(before: Spans | None, more: Spans | None) -> Spans | None:
    """One list without overlaps; unknown in a part is unknown in the whole."""
    if before is None or more is None:
        return None
    merged: Spans = []
    for starts_at, ends_at in sorted([*before, *more]):
        if merged and starts_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends_at))
        else:
            merged.append((starts_at, ends_at))
    return merged


def _spans(row: Json, since: datetime) -> Spans | None:
    if row.get("error"):
        return None
    items, view = row.get("scheduleItems"), row.get("availabilityView")
    if items and any(item.get("status") not in TAKEN | LEFT for item in items):
        return None  # such as "unknown"
    if items:
        ends = [
            (payloads.instant(item.get("start")), payloads.instant(item.get("end")))
            for item in items if item.get("status") in TAKEN
        ]  # fmt: skip
        return [(starts_at, ends_at) for starts_at, ends_at in ends if starts_at and ends_at]
    if view is None or not set(str(view)) <= TAKEN_DIGITS | LEFT_DIGITS:
        return None
    # Some mailboxes say nothing but the digits.
    return [
        (since + number * STEP, since + (number + 1) * STEP)
        for number, digit in enumerate(str(view)) if digit in TAKEN_DIGITS
    ]  # fmt: skip
