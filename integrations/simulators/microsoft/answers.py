"""Answers in Graph's form, each held against the published types; refusals in Graph's words."""

from collections.abc import Sequence
from typing import Any

from integrations.simulators.faults import Fault
from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import schema
from integrations.simulators.microsoft.world import CLIENT

Json = dict[str, Any]
POLICY = f"No application access policy found for this app {CLIENT} on the user."


class Refused(Exception):
    """A request that Graph does not carry out."""

    def __init__(self, status: int, code: str, message: str = "", **headers: str) -> None:
        """Take what Graph answers."""
        super().__init__(f"{status} {code}: {message}")
        self.answer = refusal(status, code, message, **headers)


def refusal(status: int, code: str, message: str = "", **headers: str) -> Answer:
    """An error answer."""
    error = {"code": code, "message": message or code}
    schema.check("PublicError", error)
    return Answer.of({"error": error}, status, **headers)


def one(kind: str, value: Json, status: int = 200, **headers: str) -> Answer:
    """An answer that is one object."""
    schema.check(kind, value)
    return Answer.of(value, status, **headers)


def many(kind: str, values: Sequence[Json], **links: str) -> Answer:
    """A page of objects; `links` are nextLink or deltaLink."""
    for value in values:
        if "@removed" not in value:
            schema.check(kind, value)
    body: Json = {"value": list(values)}
    return Answer.of({**body, **{f"@odata.{name}": link for name, link in links.items()}})


WORDS: dict[str, tuple[int, str, str]] = {
    "rate_limit": (
        429,
        "ApplicationThrottled",
        "Application is over its MailboxConcurrency limit.",
    ),
    "rate_limit_silent": (429, "TooManyRequests", "Too many requests."),
    "unauthorized": (401, "InvalidAuthenticationToken", "Lifetime validation failed."),
    "forbidden": (403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    "not_found": (404, "ErrorItemNotFound", "The specified object was not found in the store."),
    "gone": (410, "SyncStateNotFound", "The sync state generation is not found."),
    "precondition": (412, "ErrorIrresolvableConflict", "The change key does not match."),
    "server_error": (503, "ServiceUnavailable", "The service is temporarily unavailable."),
    "policy": (403, "Forbidden", POLICY),
    "scope": (403, "Authorization_RequestDenied", "Insufficient privileges."),
}


def fault(met: Fault) -> Answer:
    """A fault that was switched on; its `code` may name words of its own."""
    status, code, message = WORDS[met.code or met.kind]
    more = {"Retry-After": str(met.after)} if met.kind == "rate_limit" else {}
    return refusal(status, code, message, **more)
