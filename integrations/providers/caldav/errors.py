"""What an answer that is no success means for us (RFC 4791 §1.3, RFC 4918 §11, RFC 6578 §3.2)."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary, Trouble
from integrations.providers.caldav.web import Reply

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICTING, GONE = 401, 403, 404, 409, 410
PRECONDITION, LOCKED, TOO_MANY, BAD, STORAGE = 412, 423, 429, 400, 507
SERVER, MULTI, SUCCESS, ELSEWHERE, LONGEST = 500, 207, 200, 300, 120
TAKEN = frozenset({BAD, CONFLICTING, PRECONDITION})
REFUSED = {
    UNAUTHORIZED: "secret_wrong", FORBIDDEN: "forbidden", CONFLICTING: "calendar_missing",
    STORAGE: "usage_limit",
}  # fmt: skip
REASONS: dict[str, Callable[[str], Trouble]] = {
    "valid-sync-token": lambda _: CursorLost("cursor_lost"),
    "quota-not-exceeded": lambda reason: Denied("usage_limit", reason),
    "sufficient-disk-space": lambda reason: Denied("usage_limit", reason),
}


def trouble(reply: Reply) -> Trouble:
    """The trouble that a refusal means; a success that cannot be one is unreadable."""
    status, reason = reply.status, precondition(reply)
    if reason in REASONS:
        return REASONS[reason](reason)
    if status in {NOT_FOUND, GONE}:
        return Gone("not_found")
    if status == PRECONDITION:
        return Conflict("precondition", reason)
    if status in {TOO_MANY, LOCKED} or (status >= SERVER and status != STORAGE):
        code = "rate_limit" if status == TOO_MANY else f"http_{status}"
        return Temporary(code, after=pause(reply))
    if SUCCESS <= status < ELSEWHERE:
        return Temporary("unreadable")
    return Denied(REFUSED.get(status, "request_refused"), said(reply) or f"http {status}")


def is_fine(reply: Reply) -> bool:
    """Whether the request was carried out, by the calendar server and not by something before it."""
    return SUCCESS <= reply.status < ELSEWHERE and not reply.is_page


def may_be_taken(reply: Reply) -> bool:
    """Whether a refused new entry may stand there already, under our name or another.

    Radicale says 409, Xandikos 412, both with `no-uid-conflict`; Nextcloud says 400 in words.
    """
    return reply.status in TAKEN or precondition(reply) == "no-uid-conflict"


def precondition(reply: Reply) -> str:
    """The local name of the condition in a DAV:error body; empty when there is none."""
    error = _error(reply)
    names = [child.tag.rpartition("}") for child in error] if error is not None else []
    known = [
        name for space, _, name in names if space in {"{DAV:", "{urn:ietf:params:xml:ns:caldav"}
    ]
    return known[0] if known else ""


def said(reply: Reply) -> str:
    """The server's own short words, where it gives any."""
    error = _error(reply)
    words = error.findtext("{http://sabredav.org/ns}message") if error is not None else None
    return (words or precondition(reply))[:LONGEST]


def _error(reply: Reply) -> Element | None:
    if b"error" not in reply.body:
        return None
    try:
        found: Element = fromstring(reply.body)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return found if found.tag == "{DAV:}error" else None


def pause(reply: Reply) -> float | None:
    """Seconds of Retry-After; a date there is counted from the answer's own Date."""
    text = reply.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    until, now = _date(text), _date(reply.headers.get("date", ""))
    if until is None or now is None:
        return None
    return max((until - now).total_seconds(), 0.0)


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
