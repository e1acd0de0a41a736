"""The page where a person consents, and the codes that come of it."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from integrations.simulators.google.calls import Refused
from integrations.simulators.google.tokens import PREFIX, Grant, Tokens
from integrations.simulators.messages import Answer

PATH = "/o/oauth2/v2/auth"
NEEDED = {
    "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge",
    "code_challenge_method",
}  # fmt: skip
KNOWN = NEEDED | {"access_type", "prompt", "include_granted_scopes", "login_hint"}


@dataclass(frozen=True)
class Code:
    """A code that waits to be redeemed."""

    grant: Grant
    client_id: str
    redirect: str
    challenge: str
    offline: bool


@dataclass
class Consents:
    """A person before Google's page: says yes to all, no, or leaves some scopes unticked."""

    tokens: Tokens
    person: str
    says_no: bool = False
    unticked: set[str] = field(default_factory=set)
    codes: dict[str, Code] = field(default_factory=dict)

    def page(self, query: Mapping[str, str]) -> Answer:
        """Send the person back with a code or an error; refused when the address is wrong."""
        for name in sorted((NEEDED - set(query)) | (set(query) - KNOWN)):
            raise Refused(400, "invalid_request", f"{name}: missing or unknown")
        if query["client_id"] not in self.tokens.clients:
            raise Refused(401, "invalid_client", "The OAuth client was not found.")
        if (query["response_type"], query["code_challenge_method"]) != ("code", "S256"):
            raise Refused(400, "invalid_request", "Only code and S256 are known here.")
        back = {"state": query["state"], **self._verdict(query)}
        return Answer(302, b"", {"Location": f"{query['redirect_uri']}?{urlencode(back)}"})

    def _verdict(self, query: Mapping[str, str]) -> dict[str, str]:
        if self.says_no:
            return {"error": "access_denied"}
        scopes = {one.removeprefix(PREFIX) for one in query["scope"].split()} - self.unticked
        code = f"4/{secrets.token_urlsafe(16)}"
        self.codes[code] = Code(
            Grant(self.person, frozenset(scopes)), query["client_id"], query["redirect_uri"],
            query["code_challenge"], query.get("access_type") == "offline",
        )  # fmt: skip
        return {"code": code}

    def redeem(self, form: Mapping[str, str]) -> tuple[Grant, dict[str, object]]:
        """The grant behind a code, with a refresh token for offline access; a code is good once."""
        self.tokens.check_client(form)
        found = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if found is None or (found.client_id, found.redirect, found.challenge) != (
            form["client_id"], form.get("redirect_uri"), challenge,
        ):  # fmt: skip
            raise Refused(400, "invalid_grant", "Malformed auth code.")
        if not found.offline:
            return found.grant, {}
        refresh = f"1//{secrets.token_urlsafe(24)}"
        self.tokens.refresh[refresh] = found.grant
        return found.grant, {"refresh_token": refresh}
