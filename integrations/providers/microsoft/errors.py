"""Microsoft's errors as troubles: what may pass by itself, and what a person has to change."""

import re
from collections.abc import Callable, Mapping
from functools import partial

import requests

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary, Trouble

LOST_PLACES = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})
NO_MAILBOX = frozenset({
    "ErrorInvalidUser", "MailboxNotEnabledForRESTAPI", "MailboxNotHostedInExchangeOnline",
    "Request_ResourceNotFound", "ErrorNonExistentMailbox",
})  # fmt: skip
# AADSTS numbers of the sign-in and what they mean for the person who has to act.
SIGN_IN = {
    "7000222": "secret_expired", "7000215": "secret_wrong", "700016": "consent_revoked",
    "7000112": "consent_revoked", "700027": "secret_wrong", "90002": "request_refused",
    "65001": "consent_revoked",
}  # fmt: skip
POLICY = "No application access policy found for this app"
BUSY = frozenset({408, 423, 429})
FULL = 507
USED_BEFORE = "ErrorDuplicateTransactionId"


def _after(headers: Mapping[str, str]) -> float | None:
    try:
        return max(0.0, float(headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


def patience(status: int, headers: Mapping[str, str]) -> Temporary | None:
    """`Temporary` where an answer asks to come again, with the pause in seconds if it names one."""
    if status not in BUSY and (status < requests.codes.server_error or status == FULL):
        return None
    code = "rate_limit" if status == requests.codes.too_many_requests else "server_error"
    return Temporary(code, str(status), after=_after(headers))


def of_sign_in(method: str, said: requests.Response) -> Trouble | None:
    """The trouble of an answer that msal could not tell apart; it reads the others itself."""
    trouble = patience(said.status_code, said.headers)
    if trouble is not None:
        return trouble
    if method == "GET" and said.status_code >= requests.codes.bad_request:
        return Denied("request_refused", str(said.status_code))
    try:
        fits = isinstance(said.json(), dict)
    except ValueError:
        fits = False
    return None if fits else Temporary("garbled", "sign-in")


def sign_in(error: str, description: str) -> Trouble:
    """The trouble behind an OAuth error of the token endpoint; `said` is the AADSTS number."""
    found = re.search(r"AADSTS(\d+)", description)
    number = found[1] if found else ""
    said = f"AADSTS{number}" if number else short(error)
    if error == "temporarily_unavailable":
        return Temporary("server_error", said)
    if number == "700027" and "expired" in description.lower():
        return Denied("secret_expired", said)
    if number in SIGN_IN:
        return Denied(SIGN_IN[number], said)
    return Denied({"invalid_client": "secret_wrong"}.get(error, "consent_revoked"), said)


def short(text: object) -> str:
    """A code of Microsoft's as it may be kept: without anything that could be about a person."""
    return re.sub(r"[^A-Za-z0-9_.]", "", str(text))[:80]


def read(body: object) -> tuple[str, str]:
    """Code and message of an error answer; empty where it has none."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return "", ""
    return str(error.get("code") or ""), str(error.get("message") or "")


def of_graph(status: int, headers: Mapping[str, str], body: object) -> Trouble:
    """The trouble behind an answer of Graph that is not a good one."""
    code, message = read(body)
    said = short(code) or str(status)
    busy = patience(status, headers)
    if busy is not None:
        return Temporary(busy.code, said, after=busy.after)
    if code.lower() in LOST_PLACES:
        return CursorLost("cursor_lost", said)
    if status == requests.codes.forbidden:
        return _forbidden(code, message, said)
    return _by_status(status, code, said)


def _forbidden(code: str, message: str, said: str) -> Denied:
    if "application access policy" in message.lower():
        return Denied("policy_missing", POLICY)
    # Graph says with whole sentences only that a permission is missing.
    lacking = ("insufficient privileges", "missing scope permissions", "missing role permissions")
    if code == "Authorization_RequestDenied" or any(text in message.lower() for text in lacking):
        return Denied("scope_missing", said)
    return Denied("forbidden", said)


# Codes that say more than the status they come with.
BY_CODE: Mapping[str, Callable[[str], Trouble]] = {
    **{code: partial(Denied, "calendar_missing") for code in NO_MAILBOX},
    "ErrorOnlineMeetingProviderNotAllowed": partial(Denied, "conference_not_allowed"),
    # An id that is none names nothing.
    "ErrorInvalidIdMalformed": partial(Gone, "not_found"),
    USED_BEFORE: partial(Conflict, "changed"),
}
BY_STATUS: Mapping[int, Callable[[str], Trouble]] = {
    401: partial(Denied, "consent_revoked"),
    404: partial(Gone, "not_found"),
    409: partial(Conflict, "changed"),
    410: partial(Gone, "gone"),
    412: partial(Conflict, "changed"),
    FULL: partial(Denied, "usage_limit"),
}


def _by_status(status: int, code: str, said: str) -> Trouble:
    refused = partial(Denied, "request_refused")
    return (BY_CODE.get(code) or BY_STATUS.get(status, refused))(said)
