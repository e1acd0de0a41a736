"""Zoom's refusals, and what each means to us: pure."""

from collections.abc import Mapping

import requests

from integrations.ports import Denied, Gone, Temporary, Trouble

# Codes of Zoom: no such meeting, no recording of it, a missing scope, a token that is none.
MISSING = frozenset({3001, 3301})
NO_SCOPE = frozenset({4711, 104})
NO_TOKEN = 124
NOT_OFFERED = 200  # such as reports on an account that does not pay


def of_answer(status: int, headers: Mapping[str, str], body: object) -> Trouble:
    """The trouble behind an answer of the API that is not a good one."""
    code = body.get("code") if isinstance(body, dict) else None
    said = f"{status} {code}" if isinstance(code, int) else str(status)
    if status == requests.codes.too_many_requests:
        return Temporary("rate_limit", said, after=_after(headers))
    if status >= requests.codes.server_error:
        return Temporary("server_error", said, after=_after(headers))
    if code not in NO_SCOPE and (code in MISSING or status == requests.codes.not_found):
        return Gone("not_found", said)
    return Denied(_refusal(status, code), said)


def _refusal(status: int, code: object) -> str:
    if code in NO_SCOPE:
        return "scope_missing"
    if code == NO_TOKEN or status == requests.codes.unauthorized:
        return "consent_revoked"
    if code == NOT_OFFERED or status == requests.codes.forbidden:
        return "policy_missing"
    return "request_refused"


def of_token(status: int, headers: Mapping[str, str], body: object) -> Trouble:
    """The trouble behind a refused token."""
    if status == requests.codes.too_many_requests or status >= requests.codes.server_error:
        return of_answer(status, headers, body)
    error = str(body.get("error", "")) if isinstance(body, dict) else ""
    wrong = error in {
        "invalid_client",
        "invalid_request",
        "invalid_grant",
        "unsupported_grant_type",
    }
    return Denied("secret_wrong" if wrong else "consent_revoked", error[:80] or str(status))


def _after(headers: Mapping[str, str]) -> float | None:
    text = headers.get("Retry-After", "").strip()
    return float(text) if text.isascii() and text.isdecimal() else None
