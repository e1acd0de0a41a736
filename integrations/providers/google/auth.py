"""Who we are at Google: a service account with delegation, or a coordinator's own consent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import google_auth_httplib2
import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.oauth2 import credentials as own
from google.oauth2 import service_account

from integrations.ports import Denied, Temporary
from integrations.providers.google import errors

TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, no secret
PREFIX = "https://www.googleapis.com/auth/"
# One token per purpose: with delegation one scope that is not granted refuses the whole token,
# and a missing right to read recordings must not stop the calendar.
SCOPES: Mapping[str, str] = {
    "events": "calendar.events",
    "calendar": "calendar.calendars.readonly",
    "busy": "calendar.freebusy",
    "meet": "meetings.space.readonly",
    "drive": "drive.meet.readonly",
}
MOST_KEPT = 256


def _made(
    endpoint: str, purpose: str, subject: str, secret: tuple[tuple[str, str], ...]
) -> Any:  # fmt: skip
    known = dict(secret)
    try:
        if "service_account" in known:
            return _service_account(endpoint, purpose, subject, known["service_account"])
        return own.Credentials(  # type: ignore[no-untyped-call]
            None, refresh_token=known["refresh_token"], token_uri=endpoint,
            client_id=known["client_id"], client_secret=known["client_secret"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, GoogleAuthError) as wrong:
        raise Denied("secret_wrong") from wrong


def _service_account(endpoint: str, purpose: str, subject: str, text: str) -> Any:
    given = json.loads(text)
    # Only these three: an address inside a pasted key file would be called by this server.
    info = {name: given[name] for name in ("client_email", "private_key", "private_key_id")}
    return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        {**info, "token_uri": endpoint},
        scopes=[PREFIX + SCOPES[purpose]], subject=subject or None,
    )  # fmt: skip


_kept = lru_cache(MOST_KEPT)(_made)


def forget() -> None:
    """Forget every token that is kept in this process."""
    _kept.cache_clear()


@dataclass(frozen=True)
class Identity:
    """How tokens are got. `secret` and `options` are those of `connect`.

    With `keeps` a token is kept in this process until it runs out, for every adapter of the account.
    """

    options: Mapping[str, str]
    secret: Mapping[str, str]
    subject: str
    keeps: bool = True

    def credentials(self, purpose: str) -> Any:
        """Credentials for one purpose, perhaps with a token; raises Denied("secret_wrong")."""
        endpoint = self.options.get("token_endpoint", TOKEN_ENDPOINT)
        make = _kept if self.keeps else _made
        return make(endpoint, purpose, self.subject, tuple(sorted(self.secret.items())))

    def refresh(self, credentials: Any, http: httplib2.Http) -> None:
        """Get a new token; raises Denied or Temporary."""
        try:
            credentials.refresh(google_auth_httplib2.Request(http))
        except RefreshError as refused:
            raise self._refused(refused) from refused
        except (TransportError, OSError, TypeError, ValueError) as away:
            # TypeError: google-auth indexes a token answer without looking whether it is an object.
            raise Temporary("token_unreachable", type(away).__name__) from away

    def _refused(self, refused: RefreshError) -> Denied | Temporary:
        told = refused.args[1] if len(refused.args) > 1 else None
        if refused.retryable or not isinstance(told, dict) or "error" not in told:
            return Temporary("token_unreachable", "no answer to read")
        description = str(told.get("error_description", ""))
        return errors.token_trouble(
            str(told["error"]), description, delegated="service_account" in self.secret
        )
