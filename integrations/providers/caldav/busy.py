"""Busy times of the account's own calendar (RFC 4791 §7.10)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from icalendar import Calendar

from integrations.ports import Denied, Gone, Temporary
from integrations.providers.caldav import errors, payloads, questions
from integrations.providers.caldav.collection import Collection

Spans = list[tuple[datetime, datetime]]
NOT_OFFERED = frozenset({400, 403, 404, 405, 409, 415, 422, 501})


class CalDavBusy:
    """Asks the one calendar that we know, for the person it belongs to."""

    def __init__(self, collection: Collection, subject: str) -> None:
        """Take whose calendar it is, as a mail address; empty when nobody said."""
        self._collection = collection
        self._subject = subject.casefold()

    def busy(
        self, addresses: Sequence[str], *, since: datetime, until: datetime
    ) -> Mapping[str, Sequence[tuple[datetime, datetime]] | None]:
        """Busy spans by address; None for everybody but the calendar's own person."""
        told: dict[str, Sequence[tuple[datetime, datetime]] | None] = dict.fromkeys(addresses)
        for address in addresses:
            if self._subject and address.casefold() == self._subject:
                told[address] = self.spans(since=since, until=until)
        return told

    def spans(self, *, since: datetime, until: datetime) -> Spans | None:
        """Busy spans of the calendar; None where the server does not say."""
        reply = self._collection.server.ask(
            "REPORT", self._collection.url, body=questions.busy_within(since, until),
            headers={**questions.XML, "Depth": "1"},
        )  # fmt: skip
        if reply.status in NOT_OFFERED:
            return None
        if not errors.is_fine(reply):
            raise errors.trouble(reply)
        try:
            return _spans(payloads.read(reply.body))
        except payloads.Unreadable as error:
            raise Temporary("unreadable", "free/busy") from error

    def is_offered(self, at: datetime) -> bool:
        """Whether the server answers the question at all."""
        try:
            return self.spans(since=at, until=at.replace(hour=23, minute=59)) is not None
        except (Denied, Gone):
            return False


def _spans(calendar: Calendar) -> Spans:
    told: Spans = []
    for part in calendar.walk("VFREEBUSY"):
        held = part.get("FREEBUSY", [])
        for period in held if isinstance(held, list) else [held]:
            for one in period if isinstance(period, list) else [period]:
                if one.params.get("FBTYPE", "BUSY") != "FREE":
                    told.append((one.start.astimezone(UTC), one.end.astimezone(UTC)))
    return sorted(told)
