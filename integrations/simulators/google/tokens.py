"""The token endpoint: keys of service accounts, refresh tokens, and what may go wrong there."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.simulators.google.calls import Refused

# What google-auth always writes, wherever it sends the assertion.
AUDIENCE = "https://oauth2.googleapis.com/token"
BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EMAIL = "kolega@simulated.iam.gserviceaccount.test"
KEY_ID = "simulated-key"
HOUR = 3600
PREFIX = "https://www.googleapis.com/auth/"


@lru_cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_key() -> str:
    """The key of the simulated service account, new in every process."""
    kind = serialization.PrivateFormat.PKCS8
    bare = serialization.NoEncryption()
    return _key().private_bytes(serialization.Encoding.PEM, kind, bare).decode()


@dataclass(frozen=True)
class Grant:
    """What an access token allows: as whom, and which scopes."""

    subject: str
    scopes: frozenset[str]


@dataclass
class Tokens:
    """Who may ask for which token. `trouble` is an error (code, description) to answer instead.

    `granted` are the scopes the administrator listed for delegation, without their prefix;
    `people` the subjects there are; `refresh` the refresh tokens with their grants.
    """

    granted: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    refresh: dict[str, Grant] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=lambda: {"client": "client-secret"})
    trouble: tuple[str, str] | None = None
    given: dict[str, Grant] = field(default_factory=dict)

    def grant_of(self, header: str) -> Grant:
        """The grant behind an Authorization header; refused when it is not known."""
        found = self.given.get(header.removeprefix("Bearer "))
        if found is None:
            raise Refused(401, "authError", "Invalid Credentials")
        return found

    def answer(self, form: Mapping[str, str]) -> dict[str, object]:
        """A new access token for an assertion or a refresh token."""
        if self.trouble:
            raise Refused(400, *self.trouble)
        kinds = {BEARER: self._by_assertion, "refresh_token": self._by_refresh}
        if form.get("grant_type") not in kinds:
            raise Refused(400, "unsupported_grant_type", "Unknown grant type")
        return self.issue(kinds[form["grant_type"]](form))

    def issue(self, grant: Grant) -> dict[str, object]:
        """An access token for a grant."""
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.given[token] = grant
        scope = " ".join(sorted(PREFIX + one for one in grant.scopes))
        return {
            "access_token": token, "expires_in": HOUR - 1, "scope": scope, "token_type": "Bearer",
        }  # fmt: skip

    def _by_assertion(self, form: Mapping[str, str]) -> Grant:
        try:
            # The times are those of the caller's clock, this clock is another: only the span counts.
            claims = jwt.decode(
                form["assertion"], _key().public_key(), algorithms=["RS256"], audience=AUDIENCE,
                issuer=EMAIL, options={"verify_exp": False, "verify_iat": False,
                "require": ["iss", "aud", "iat", "exp", "scope"]},
            )  # fmt: skip
        except jwt.InvalidTokenError as wrong:
            raise Refused(400, "invalid_grant", "Invalid JWT Signature.") from wrong
        if claims["exp"] - claims["iat"] > HOUR:
            raise Refused(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token")
        subject = claims.get("sub", EMAIL)
        if subject != EMAIL and subject not in self.people:
            raise Refused(400, "invalid_grant", "Invalid email or User ID")
        scopes = frozenset(one.removeprefix(PREFIX) for one in claims["scope"].split())
        if not scopes <= self.granted:
            raise Refused(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.")  # fmt: skip
        return Grant(subject, scopes)

    def check_client(self, form: Mapping[str, str]) -> None:
        """Refuse a client that is not known, or comes with another secret."""
        if self.clients.get(form.get("client_id", "")) != form.get("client_secret", ""):
            raise Refused(401, "invalid_client", "The OAuth client was not found.")

    def _by_refresh(self, form: Mapping[str, str]) -> Grant:
        self.check_client(form)
        found = self.refresh.get(form.get("refresh_token", ""))
        if found is None:
            raise Refused(400, "invalid_grant", "Token has been expired or revoked.")
        return found
