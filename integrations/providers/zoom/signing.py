"""Signatures of Zoom's notices: over the raw bytes, never over JSON written anew."""

import hashlib
import hmac
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
VERSION = "v0"


def signature(body: bytes, *, timestamp: str, secret: str) -> str:
    """What Zoom writes into `x-zm-signature` for a body and `x-zm-request-timestamp`."""
    text = f"{VERSION}:{timestamp}:".encode() + body
    return f"{VERSION}={_digest(text, secret)}"


def is_true(body: bytes, *, timestamp: str, given: str, secret: str, at: datetime) -> bool:
    """Whether a notice is signed with the secret token, and no older or newer than five minutes."""
    if not (timestamp.isascii() and timestamp.isdecimal()) or len(timestamp) > 11:  # noqa: PLR2004  seconds
        return False
    if abs(at.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        return False
    made = signature(body, timestamp=timestamp, secret=secret)
    return hmac.compare_digest(made.encode(), given.encode())


def validation(plain: str, *, secret: str) -> dict[str, str]:
    """The answer to `endpoint.url_validation`, which Zoom asks every 72 hours."""
    return {"plainToken": plain, "encryptedToken": _digest(plain.encode(), secret)}


def _digest(text: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
