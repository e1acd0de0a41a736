"""Whether a notice really comes from the server that an account belongs to."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

import jwt

from integrations.providers.bigbluebutton import signing

BLOCK = {"HS256": 64, "HS512": 128}  # bytes; HMAC fills shorter keys up with zeros itself
CHECKSUM = re.compile(r"[?&]checksum=([0-9a-fA-F]+)$")
BEARER = "Bearer "
SLACK = 60  # seconds by which two clocks may differ


def hook_is_true(address: str, body: bytes, authorization: str, *, secret: str) -> bool:
    """Whether the notice of a hook is signed.

    `address` is the whole one that was called; its last value is the checksum over what stands before
    it and the raw body. Which digest a server uses is seen from its length. A server set to
    `auth2.0` sends the secret itself instead.
    """
    if authorization.startswith(BEARER):
        return signing.same(authorization.removeprefix(BEARER), secret)
    given = CHECKSUM.search(address)
    if given is None:
        return False
    algorithm = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}.get(len(given[1]))
    if algorithm is None:
        return False
    text = address[: given.start()].encode() + body
    return signing.same(signing.digest(text, secret=secret, algorithm=algorithm), given[1].lower())


def report_is_true(authorization: str, *, secret: str, at: datetime) -> bool:
    """Whether a report brings a fresh token; the body is not signed, so its address must be too."""
    found = _claims(authorization.removeprefix(BEARER), "HS512", secret, needed=["exp"])
    if found is None or not isinstance(found["exp"], int):
        return False
    return found["exp"] >= at.timestamp() - SLACK


def recording_of(signed: str, *, secret: str) -> tuple[str, str] | None:
    """The meeting and the recording that `signed_parameters` name; None when they are forged."""
    claims = _claims(signed, "HS256", secret, needed=["meeting_id", "record_id"])
    return None if claims is None else (str(claims["meeting_id"]), str(claims["record_id"]))


def mark(about: str, key: str, *, secret: str) -> str:
    """What we put into an address that BigBlueButton calls unsigned, for one meeting and purpose."""
    text = f"kolega-notice:{about}:{key}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:32]


def mark_is_true(about: str, key: str, given: str, *, secret: str) -> bool:
    """Whether an address brings the mark that we put into it."""
    return signing.same(mark(about, key, secret=secret), given)


def _claims(
    token: str, algorithm: str, secret: str, *, needed: list[str]
) -> Mapping[str, object] | None:  # fmt: skip
    # Secrets of real servers are shorter than RFC 7518 asks for; filled up they give the same HMAC.
    key = secret.encode().ljust(BLOCK[algorithm], b"\0")
    try:
        found: Mapping[str, object] = jwt.decode(
            token, key, algorithms=[algorithm], options={"require": needed, "verify_exp": False}
        )
    except jwt.InvalidTokenError:
        return None
    return found
