"""Failures of a BigBlueButton server in the words of the ports."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from integrations.ports import Conflict, Denied, Gone, Temporary, Trouble

MISSING = frozenset({
    "notFound", "invalidMeetingIdentifier", "invalidMeetingId", "meetingForciblyEnded", "noRecordings",
})  # fmt: skip
STATUSES = {401: "secret_wrong", 403: "forbidden"}
TOO_MANY, BUSY, BROKEN = 429, 408, 500


def of_status(status: int, headers: Mapping[str, str]) -> Trouble | None:
    """What an HTTP status says; None when the answer may be read.

    A redirect or an unknown page means that the address of the server is not the one of its API.
    """
    if status == TOO_MANY:
        return Temporary("rate_limit", after=_pause(headers))
    if status == BUSY or status >= BROKEN:
        return Temporary("server_error", f"HTTP {status}", after=_pause(headers))
    if status in STATUSES:
        return Denied(STATUSES[status], f"HTTP {status}")
    if status != 200:  # noqa: PLR2004  HTTP
        return Denied("address_refused", f"HTTP {status}")
    return None


def of_key(key: str) -> Trouble:
    """What the `messageKey` of a refusal says; its message is for people and may change."""
    if key == "checksumError":
        return Denied("secret_wrong", key)
    if key in MISSING:
        return Gone("not_found", key)
    if key == "idNotUnique":
        return Conflict("exists_differently", key)
    if key in {"maxParticipantsReached", "maxConcurrentMeetingsReached"}:
        return Denied("usage_limit", key)
    return Denied("request_refused", key[:80])


def _pause(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds; a date is read against the Date of the same answer."""
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdecimal():
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())
