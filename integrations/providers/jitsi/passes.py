"""Passes for a private Jitsi server: a signed token that names the room and the visitor.

Claims as `doc/tokens.md` of lib-jitsi-meet asks for them; everything in `context` is text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from integrations.ports import Denied, Visitor

LASTS = timedelta(minutes=5)
EARLY = timedelta(seconds=30)
SHORT = 64  # bytes: the block of SHA-256, to which HMAC itself fills shorter keys up with zeros


@dataclass(frozen=True)
class Issuer:
    """Who signs for a server: `app` and `secret` as its administrator set them.

    `subject` is the domain or tenant of the server; `kid` is named with a private key (RS256).
    """

    app: str
    secret: str
    subject: str
    audience: str = "jitsi"
    kid: str = ""


def issue(issuer: Issuer, *, room: str, visitor: Visitor, group: str, at: datetime) -> str:
    """A pass for one visitor and one room, good for five minutes from `at`.

    It is needed for entering, not for staying. Raises Denied when the key does not fit.
    """
    person = {
        "id": visitor.ours, "name": visitor.name,
        "affiliation": "owner" if visitor.leads else "member",
        "moderator": "true" if visitor.leads else "false",
    }  # fmt: skip
    claims: Mapping[str, object] = {
        "iss": issuer.app, "aud": issuer.audience, "sub": issuer.subject.lower(), "room": room,
        "nbf": int((at - EARLY).timestamp()), "exp": int((at + LASTS).timestamp()),
        "context": {"user": person, "group": group},
    }  # fmt: skip
    return sign(dict(claims), issuer)


def sign(claims: dict[str, object], issuer: Issuer) -> str:
    """Claims as a token; raises Denied when the key does not fit."""
    code = "secret_wrong"
    if not issuer.secret:
        raise Denied(code)
    if not issuer.kid:
        return jwt.encode(claims, issuer.secret.encode().ljust(SHORT, b"\0"), algorithm="HS256")
    try:
        return jwt.encode(claims, issuer.secret, algorithm="RS256", headers={"kid": issuer.kid})
    except (ValueError, TypeError, jwt.PyJWTError) as trouble:
        raise Denied(code) from trouble
