"""A coordinator's own consent: the page to send them to, and the secret that comes of it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import requests

from integrations.ports import Denied, Temporary
from integrations.providers.google import errors
from integrations.providers.google.auth import PREFIX, SCOPES, TOKEN_ENDPOINT, Identity
from integrations.providers.google.service import Service

CONSENT_ENDPOINT = "https://accounts.google.com/o/oauth2/v2/auth"
# Seconds to connect and to wait for an answer.
PATIENCE = (5, 15)
# To write entries, and to know whose calendar they stand in when somebody consents again.
NEEDED = ("events", "calendar")


@dataclass(frozen=True)
class Granted:
    """What came of a consent: a secret for `connect`, and the purposes that were left out."""

    secret: Mapping[str, str]
    lacking: tuple[str, ...]


def page(
    options: Mapping[str, str], *, client_id: str, redirect: str, state: str, verifier: str
) -> str:
    """The address at Google where a person consents; they come back to `redirect`.

    `state` and `verifier` are random, belong to the person's session and are used once. `verifier`
    has 43 to 128 characters (RFC 7636). They come back with `state` and either `code` or `error`.
    """
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": client_id, "redirect_uri": redirect, "response_type": "code",
        "scope": " ".join(PREFIX + scope for scope in SCOPES.values()), "state": state,
        "code_challenge": urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        # A refresh token comes with offline access, and again only when consent is asked for again.
        "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    return f"{options.get('consent_endpoint', CONSENT_ENDPOINT)}?{urlencode(query)}"


def redeem(
    options: Mapping[str, str], *, code: str, verifier: str, redirect: str, client_id: str,
    client_secret: str,
) -> Granted:  # fmt: skip
    """The secret behind a code that came back; a code is good once and for some minutes.

    Raises Denied (`scope_missing` without what is `NEEDED`, `consent_revoked` for a code that
    is used or too old, `secret_wrong` for another client secret) or Temporary.
    """
    told = _ask(options.get("token_endpoint", TOKEN_ENDPOINT), {
        "grant_type": "authorization_code", "code": code, "code_verifier": verifier,
        "redirect_uri": redirect, "client_id": client_id, "client_secret": client_secret,
    })  # fmt: skip
    given = {scope.removeprefix(PREFIX) for scope in str(told.get("scope", "")).split()}
    lacking = tuple(purpose for purpose, scope in SCOPES.items() if scope not in given)
    for purpose in NEEDED:
        if purpose in lacking:
            raise Denied("scope_missing", SCOPES[purpose])
    if not told.get("refresh_token"):
        raise Denied("request_refused")
    secret = {
        "refresh_token": str(told["refresh_token"]), "client_id": client_id,
        "client_secret": client_secret,
    }  # fmt: skip
    return Granted(secret, lacking)


def first_calendar(options: Mapping[str, str], secret: Mapping[str, str]) -> str:
    """The id of the first calendar of whoever consented. Raises Denied or Temporary."""
    line = Service("calendar", "calendar", Identity(options, secret, "", keeps=False))
    told = line.run(lambda calls: calls.calendars().get(calendarId="primary"))
    return str(told["id"])


def _ask(endpoint: str, form: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer = requests.post(endpoint, data=form, timeout=PATIENCE, allow_redirects=False)
        told = answer.json()
    except requests.RequestException as away:
        raise Temporary("token_unreachable", type(away).__name__) from away
    if not isinstance(told, dict) or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Temporary("token_unreachable", str(answer.status_code))
    if answer.status_code != HTTPStatus.OK:
        description = str(told.get("error_description", ""))
        raise errors.token_trouble(str(told.get("error", "")), description, delegated=False)
    return told
