"""Busy times (`ports.Busy`): spans, never titles."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from integrations.providers.google.service import Service

# The most calendars that one question may hold.
MOST = 50
Span = tuple[datetime, datetime]


class GoogleBusy:
    """Free and busy times of people's calendars."""

    def __init__(self, service: Service) -> None:
        """Take the line."""
        self.service = service

    def busy(
        self, addresses: Sequence[str], *, since: datetime, until: datetime
    ) -> Mapping[str, Sequence[Span] | None]:
        """Busy spans by address; None where Google does not say, which is not free."""
        found: dict[str, Sequence[Span] | None] = {}
        for first in range(0, len(addresses), MOST):
            some = addresses[first : first + MOST]
            told = self._ask(some, since, until)
            found.update({one: _spans(told.get(one)) for one in some})
        return found

    def _ask(self, some: Sequence[str], since: datetime, until: datetime) -> dict[str, Any]:
        body = {
            "timeMin": since.astimezone(UTC).isoformat(),
            "timeMax": until.astimezone(UTC).isoformat(),
            "items": [{"id": one} for one in some],
            "calendarExpansionMax": MOST,
        }
        told = self.service.run(lambda calls: calls.freebusy().query(body=body))
        calendars: dict[str, Any] = told.get("calendars", {})
        return calendars


def _spans(told: Mapping[str, Any] | None) -> list[Span] | None:
    if told is None or told.get("errors"):
        return None
    return [
        (_instant(one["start"]), _instant(one["end"]))
        for one in told.get("busy", [])
    ]  # fmt: skip


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
