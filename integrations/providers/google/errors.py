"""Google's refusals, and what each means to us: pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary, Trouble

# "Calendar usage limits exceeded" lasts for hours; waiting helps and nobody has to act, so it is
# temporary, under its own code for the health page. Google names no pause for it.
USAGE_PAUSE = 6 * 3600.0
BUSY = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
USED_UP = {"quotaExceeded", "dailyLimitExceeded"}
NO_SCOPE = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
SWITCHED_OFF = {"accessNotConfigured", "SERVICE_DISABLED"}
FORGOTTEN = {"fullSyncRequired", "updatedMinTooLongAgo"}
SLOW = {HTTPStatus.REQUEST_TIMEOUT}
NO_CONFERENCE = "Invalid conference type value"


@dataclass(frozen=True)
class Refusal:
    """A refusal as it was read: status, Google's reason, its message, the pause in seconds."""

    status: int
    reason: str = ""
    message: str = ""
    after: float | None = None

    @property
    def said(self) -> str:
        """Status and reason; never the message, which may name people."""
        return f"{self.status} {self.reason}".strip()


def read(status: int, content: bytes, headers: Mapping[str, str]) -> Refusal:
    """A refusal from an answer of Calendar, Drive or Meet; a body that is no JSON says nothing."""
    try:
        error = json.loads(content)["error"]
        reason, message = _reason(error), str(error.get("message", ""))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        reason, message = "", ""
    return Refusal(status, reason, message, pause(headers))


def _reason(error: Mapping[str, Any]) -> str:
    details = [one["reason"] for one in error.get("details", []) if "reason" in one]
    if error.get("errors"):
        return str(error["errors"][0].get("reason", ""))
    return str(details[0] if details else error.get("status", ""))


def pause(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After, given as a number or as a date (RFC 9110, 10.2.3).

    A date is held against the answer's own Date, so that our clock does not matter.
    """
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        return max(0.0, (until - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError):
        return None


def trouble(refusal: Refusal) -> Trouble:
    """What a refusal means (facts A6)."""
    if refusal.status == HTTPStatus.FORBIDDEN:
        return _forbidden(refusal)
    if refusal.status == HTTPStatus.GONE:
        lost = refusal.reason in FORGOTTEN
        return (CursorLost if lost else Gone)("cursor_lost" if lost else "gone", refusal.said)
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Temporary("rate_limit", refusal.said, after=refusal.after)
    if refusal.status in SLOW or refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Temporary("server_error", refusal.said, after=refusal.after)
    plain: dict[int, Trouble] = {
        401: Denied("consent_revoked", refusal.said),
        404: Gone("not_found", refusal.said),
        409: Conflict("duplicate", refusal.said),
        412: Conflict("changed_there", refusal.said),
    }
    return plain.get(refusal.status) or _refused(refusal)


def _forbidden(refusal: Refusal) -> Trouble:
    if refusal.reason in BUSY:
        return Temporary("rate_limit", refusal.said, after=refusal.after)
    if refusal.reason in USED_UP:
        return Temporary("usage_limit", refusal.said, after=refusal.after or USAGE_PAUSE)
    if refusal.reason in NO_SCOPE:
        return Denied("scope_missing", refusal.said)
    if refusal.reason in SWITCHED_OFF:
        return Denied("policy_missing", refusal.said)
    return Denied("forbidden", refusal.said)


def _refused(refusal: Refusal) -> Denied:
    if refusal.message.startswith(NO_CONFERENCE):
        return Denied("conference_not_allowed", refusal.said)
    return Denied("request_refused", refusal.said)


def token_trouble(error: str, description: str, *, delegated: bool) -> Denied:
    """What a refusal of the token endpoint means; `delegated` for a service account."""
    if error in ("unauthorized_client", "invalid_scope"):
        return Denied("scope_missing", error)
    if error in ("invalid_client", "deleted_client", "disabled_client"):
        return Denied("secret_wrong", error)
    if error == "invalid_grant" and delegated:
        return _assertion(description)
    if error == "invalid_grant":
        return Denied("consent_revoked", error)
    if error in ("access_denied", "admin_policy_enforced", "org_internal"):
        return Denied("policy_missing", error)
    return Denied("request_refused", error)


def _assertion(description: str) -> Denied:
    if "email or User ID" in description:
        return Denied("calendar_missing", "invalid_grant")
    if "short-lived" in description:
        return Denied("request_refused", "invalid_grant")
    return Denied("secret_wrong", "invalid_grant")
