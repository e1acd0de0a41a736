"""A call as the simulator understood it, and how it is refused in Google's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from integrations.simulators.messages import Answer

NAMES = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    409: "ALREADY_EXISTS", 412: "FAILED_PRECONDITION", 429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL", 501: "UNIMPLEMENTED", 503: "UNAVAILABLE",
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One call: the id of the method, its parameters, its body, who asks, when."""

    method: str
    params: Mapping[str, str]
    body: dict[str, Any]
    headers: Mapping[str, str]
    subject: str
    at: datetime

    def number(self, name: str, default: int) -> int:
        """A whole-number parameter."""
        return int(self.params.get(name, default))

    def says(self, name: str) -> bool:
        """A yes-or-no parameter; absent is no."""
        return self.params.get(name) == "true"


class Refused(Exception):
    """The call is refused."""

    def __init__(
        self, status: int, reason: str, message: str = "", after: int | None = None
    ) -> None:
        """Take status, Google's reason, its message and the pause asked for in seconds."""
        super().__init__(f"{status} {reason}: {message}")
        self.status = status
        self.reason = reason
        self.message = message or reason
        self.after = after

    def answer(self, api: str) -> Answer:
        """The refusal as this interface words it."""
        words = {"token": self._oauth, "meet": self._rpc}.get(api, self._rest)
        headers = {} if self.after is None else {"Retry-After": str(self.after)}
        return Answer.of(words(), self.status, **headers)

    def _oauth(self) -> object:
        return {"error": self.reason, "error_description": self.message}

    def _rpc(self) -> object:
        detail = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": self.reason, "domain": "googleapis.com",
        }  # fmt: skip
        name = NAMES.get(self.status, "UNKNOWN")
        return {
            "error": {
                "code": self.status, "message": self.message, "status": name, "details": [detail],
            }
        }  # fmt: skip

    def _rest(self) -> object:
        one = {"domain": "global", "reason": self.reason, "message": self.message}
        return {"error": {"errors": [one], "code": self.status, "message": self.message}}


def stamp(at: datetime) -> str:
    """An instant as Google writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """An instant as Google takes it; one without an offset is refused."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(400, "badRequest", f"Bad time: {text}") from None
    if found.tzinfo is None:
        raise Refused(400, "badRequest", f"Missing offset: {text}")
    return found
