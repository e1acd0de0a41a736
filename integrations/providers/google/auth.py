"""Who we are at Google: a service account with delegation, or a coordinator's own consent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Identity:
    """How tokens are got. `secret` and `options` are those of `connect`."""

    options: Mapping[str, str]
    secret: Mapping[str, str]
    subject: str

    @property
    def delegated(self) -> bool:
        """Whether a service account acts for the subject."""
        return "service_account" in self.secret

    def credentials(self, purpose: str) -> Any:
        """Credentials for one purpose, without a token yet; raises Denied("secret_wrong")."""
        endpoint = self.options.get("token_endpoint", TOKEN_ENDPOINT)
        try:
            if self.delegated:
                return self._service_account(endpoint, purpose)
            return own.Credentials(  # type: ignore[no-untyped-call]
                None, refresh_token=self.secret["refresh_token"], token_uri=endpoint,
                client_id=self.secret["client_id"], client_secret=self.secret["client_secret"],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, GoogleAuthError) as wrong:
            raise Denied("secret_wrong", type(wrong).__name__) from wrong

    def _service_account(self, endpoint: str, purpose: str) -> Any:
        given = json.loads(self.secret["service_account"])
        # Only these three: an address inside a pasted key file would be called by this server.
        info = {name: given[name] for name in ("client_email", "private_key", "private_key_id")}
        return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            {**info, "token_uri": endpoint},
            scopes=[PREFIX + SCOPES[purpose]], subject=self.subject or None,
        )  # fmt: skip

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
        return errors.token_trouble(str(told["error"]), description, delegated=self.delegated)
