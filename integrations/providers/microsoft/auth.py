"""Tokens of the application, by secret or certificate, through msal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msal
import requests

from integrations.ports import Denied, Temporary
from integrations.providers.microsoft import errors

LOGIN = "https://login.microsoftonline.com"
SCOPES = ["https://graph.microsoft.com/.default"]
TIMEOUT = (5, 15)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Application:
    """An app registration. Either `client_secret`, or `private_key` with `certificate` (PEM).

    `login_url` is where the sign-in service listens: elsewhere only for a simulator.
    """

    tenant: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    login_url: str = LOGIN

    def credential(self) -> str | dict[str, str]:
        """The credential as msal takes it; raises `Denied` where there is none."""
        if self.private_key and self.certificate:
            return {"private_key": self.private_key, "public_certificate": self.certificate}
        if not self.client_secret:
            raise Denied("secret_wrong")
        return self.client_secret


def safe_address(address: str) -> str:
    """An address without its last slash; raises `Denied` where secrets would travel unprotected."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return address.rstrip("/")
    raise Denied("address_refused", "not https")


class SignIn:
    """The HTTP client of msal: with time-outs, without redirects, and led to `login_url`.

    msal insists on https addresses in what it reads, so these are led elsewhere only here. Answers
    that ask for patience are raised at once: msal would keep them and answer from memory.
    """

    def __init__(self, login_url: str) -> None:
        """Take the address of the sign-in service."""
        self.base = safe_address(login_url)

    def get(self, url: str, **more: Any) -> requests.Response:
        """A GET, for the discovery document."""
        return self._send("GET", url, more)

    def post(self, url: str, **more: Any) -> requests.Response:
        """A POST, for tokens."""
        return self._send("POST", url, more)

    def close(self) -> None:
        """Nothing is kept open; msal shares this object between threads."""

    def _send(self, method: str, url: str, more: Mapping[str, Any]) -> requests.Response:
        if not url.startswith(f"{LOGIN}/"):
            raise Denied("address_refused", "sign-in at another host")
        wanted = {name: more.get(name) for name in ("params", "data", "headers")}
        said = requests.request(
            method, self.base + url.removeprefix(LOGIN), timeout=TIMEOUT, allow_redirects=False,
            **wanted,
        )  # fmt: skip
        trouble = errors.of_sign_in(method, said)
        if trouble is not None:
            raise trouble
        return said


# One msal application per set of credentials and process: it keeps its tokens.
_APPS: dict[Application, Any] = {}


def forget(application: Application) -> None:
    """Drop what is remembered of credentials: msal answers from memory for a while when refused."""
    _APPS.pop(application, None)


def _made(application: Application) -> Any:
    return msal.ConfidentialClientApplication(
        application.client_id, client_credential=application.credential(),
        authority=f"{LOGIN}/{application.tenant}", http_client=SignIn(application.login_url),
        instance_discovery=False,
    )  # fmt: skip


def token(application: Application, *, fresh: bool = False) -> str:
    """An access token for Graph, from memory unless a `fresh` one is needed.

    Raises `Denied` (`secret_expired`, `secret_wrong`, `consent_revoked`…) and `Temporary`.
    """
    try:
        app = _APPS.get(application) or _APPS.setdefault(application, _made(application))
        if fresh:
            app.remove_tokens_for_client()
        found = app.acquire_token_for_client(SCOPES)
    except requests.RequestException as failed:
        raise Temporary("unreachable", "sign-in") from failed
    # What msal cannot use by itself: a key or certificate that is none. Its text may quote them.
    except (ValueError, TypeError):
        raise Denied("secret_wrong") from None
    if "access_token" not in found:
        forget(application)
        raise errors.sign_in(found.get("error", ""), found.get("error_description", ""))
    return str(found["access_token"])
