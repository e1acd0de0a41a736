"""Calls to Google: one connection per adapter, a token in each, every failure told apart."""

import http.client
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any

import httplib2
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from integrations.ports import Temporary
from integrations.providers.google import errors
from integrations.providers.google.auth import Identity

SECONDS = 15
VERSIONS = {"calendar": "v3", "meet": "v2", "drive": "v3"}
# One connection is all an adapter needs; a long list is an error of ours or theirs.
MOST_PAGES = 1000


class Line:
    """An HTTP line that puts the token in, as google-api-python-client wants it.

    Not `AuthorizedHttp`: that one looks up a regional boundary of every service account in a thread
    of its own, a call to another host with the token that nobody asked for.
    """

    def __init__(self, identity: Identity, purpose: str) -> None:
        """Open nothing yet."""
        self.identity = identity
        self.credentials = identity.credentials(purpose)
        self.http = httplib2.Http(timeout=SECONDS)
        # A redirect would carry the token to wherever it points.
        self.http.follow_redirects = False
        weakref.finalize(self, self.http.close)

    def sign_in(self) -> None:
        """Get a token where there is none that is good; raises Denied or Temporary."""
        if not self.credentials.valid:
            self.identity.refresh(self.credentials, self.http)

    def renew(self) -> None:
        """Get a new token in any case; raises Denied or Temporary."""
        self.identity.refresh(self.credentials, self.http)

    def request(
        self, uri: str, method: str = "GET", body: Any = None,
        headers: Mapping[str, str] | None = None, **more: Any,
    ) -> tuple[httplib2.Response, bytes]:  # fmt: skip
        """Ask once; after a 401 once more with a new token."""
        self.sign_in()
        answer = self._ask(uri, method, body, headers or {}, **more)
        if answer[0].status == HTTPStatus.UNAUTHORIZED:
            self.renew()
            answer = self._ask(uri, method, body, headers or {}, **more)
        return answer

    def _ask(
        self, uri: str, method: str, body: Any, headers: Mapping[str, str], **more: Any
    ) -> tuple[httplib2.Response, bytes]:
        token = {"authorization": f"Bearer {self.credentials.token}"}
        answer: tuple[httplib2.Response, bytes] = self.http.request(
            uri, method, body=body, headers={**headers, **token}, **more
        )
        return answer


class Service:
    """One interface of Google for one purpose. Not to be shared between threads (httplib2)."""

    def __init__(self, api: str, purpose: str, identity: Identity) -> None:
        """Take the interface (calendar, meet, drive) and the purpose (`auth.SCOPES`)."""
        self.api = api
        self.purpose = purpose
        self.identity = identity

    @cached_property
    def line(self) -> Line:
        """The line, opened at the first call."""
        return Line(self.identity, self.purpose)

    def sign_in(self) -> None:
        """Get a token; raises Denied or Temporary."""
        self.line.sign_in()

    @cached_property
    def calls(self) -> Any:
        """The interface; built from the description inside the library, without the network."""
        endpoint = self.identity.options.get(f"{self.api}_endpoint")
        return discovery.build(
            self.api, VERSIONS[self.api], http=self.line,
            client_options={"api_endpoint": endpoint} if endpoint else None,
            static_discovery=True, cache_discovery=False,
        )  # fmt: skip

    def run(self, make: Callable[[Any], Any], *, etag: str = "") -> dict[str, Any]:
        """The answer to one call, which `make` builds; raises the troubles of the ports.

        With an `etag` the call is refused if the thing has changed.
        """
        answer = self.tell(make, etag=etag)
        # The library hands on as text what is no JSON.
        if not isinstance(answer, dict):
            raise Temporary("unreadable", "an answer that is no object")
        return answer

    def tell(self, make: Callable[[Any], Any], *, etag: str = "") -> object:
        """Like `run`, for a call whose answer nobody needs to read."""
        request = make(self.calls)
        if etag:
            request.headers["If-Match"] = etag
        try:
            # Never more tries here: the library would ignore Retry-After.
            return request.execute(num_retries=0)
        except HttpError as refused:
            answer = errors.read(refused.resp.status, refused.content, refused.resp)
            raise errors.trouble(answer) from refused
        except (OSError, http.client.HTTPException, httplib2.HttpLib2Error) as away:
            raise Temporary("unreachable", type(away).__name__) from away
        except ValueError as unreadable:
            raise Temporary("unreadable", type(unreadable).__name__) from unreadable

    def pages(self, make: Callable[..., Any]) -> Iterator[dict[str, Any]]:
        """Every page of a list; `make(calls, pageToken=…)` builds the call for one."""
        more: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = self.run(partial(make, **more))
            yield page
            if not page.get("nextPageToken"):
                return
            more = {"pageToken": page["nextPageToken"]}
        raise Temporary("unreadable", "a list without end")
