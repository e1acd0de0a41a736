"""Calls to Graph: signed in, with the same preferences everywhere, never led to another host."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import requests

from integrations.ports import Denied, Temporary, streams
from integrations.providers.microsoft import errors
from integrations.providers.microsoft.auth import TIMEOUT, safe_address

GRAPH = "https://graph.microsoft.com/v1.0"
# Ids that stay while an item is in its mailbox; answers in UTC, so that no zone names are read.
PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'
PAGE = "odata.maxpagesize=50"
MOST_PAGES = 2000
Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """A good answer: its object (empty for none), and the time of the server, where it is said."""

    body: Json
    at: datetime | None


class Graph:
    """Graph for one application. `token` gives an access token, a fresh one when told so."""

    def __init__(self, token: Callable[[bool], str], url: str = GRAPH) -> None:
        """Take the tokens and the address of Graph; raises `Denied` for an unsafe address."""
        self.base = safe_address(url)
        self.token = token
        self.session = requests.Session()

    def call(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None,
        body: Json | None = None, etag: str = "", prefer: str = "",
    ) -> Reply:  # fmt: skip
        """Carry a call out; `path` is below the base, or a link that Graph gave.

        Raises the troubles of the ports. A token that is refused is replaced once.
        """
        url = self.base + path if path.startswith("/") else self._own(path)
        headers = {"Prefer": f"{PREFER}, {prefer}" if prefer else PREFER}
        if etag:
            headers["If-Match"] = etag
        wanted = {"params": params, "json": body, "headers": headers}
        said = self._send(method, url, wanted, fresh=False)
        if said.status_code == requests.codes.unauthorized:
            said = self._send(method, url, wanted, fresh=True)
        return _reply(said)

    def stream(self, path: str, *, headers: Mapping[str, str]) -> requests.Response:
        """The answer that brings a file, its body not read yet; the caller closes it.

        Raises the troubles of the ports. Nobody is followed to another host with the token.
        """
        url = self.base + path if path.startswith("/") else self._own(path)
        wanted = {"headers": {"Prefer": PREFER, **headers}, "stream": True}
        said = self._send("GET", url, wanted, fresh=False)
        if said.status_code == requests.codes.unauthorized:
            said.close()
            said = self._send("GET", url, wanted, fresh=True)
        if said.status_code not in streams.GOOD:
            with closing(said):
                _reply(said)
        return said

    def pages(self, path: str, *, params: Mapping[str, str] | None = None) -> Iterator[Json]:
        """All pages of a list, one after the other; the last one may hold a delta link."""
        link: object = path
        for _ in range(MOST_PAGES):
            page = self.call("GET", str(link), params=params, prefer=PAGE).body
            if not isinstance(page.get("value"), list):
                raise Temporary("garbled", "no list")
            yield page
            params, link = None, page.get("@odata.nextLink")
            if not link:
                return
        raise Temporary("garbled", "a list without an end")

    def rows(self, path: str, *, params: Mapping[str, str] | None = None) -> Iterator[Json]:
        """All rows of a list, over all its pages."""
        for page in self.pages(path, params=params):
            yield from page["value"]

    def _own(self, link: str) -> str:
        """A link that Graph gave, if it leads to Graph: the token must not go anywhere else."""
        found, own = urlsplit(link), urlsplit(self.base)
        if _server(found) != _server(own) or not found.path.startswith(f"{own.path}/"):
            raise Denied("address_refused", "a link to another host")
        return link

    def _send(
        self, method: str, url: str, wanted: Mapping[str, Any], *, fresh: bool
    ) -> requests.Response:
        signed = {**wanted["headers"], "Authorization": f"Bearer {self.token(fresh)}"}
        try:
            return self.session.request(
                method, url, timeout=TIMEOUT, allow_redirects=False,
                **{**wanted, "headers": signed},
            )  # fmt: skip
        except requests.RequestException as failed:
            raise Temporary("unreachable", type(failed).__name__) from failed


def _server(parts: SplitResult) -> tuple[str, str | None, int | None] | None:
    """Scheme, host and port; None where there is more, such as a password."""
    try:
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return None
    return None if "@" in parts.netloc else (parts.scheme, parts.hostname, port)


def _reply(said: requests.Response) -> Reply:
    try:
        body = said.json() if said.content else {}
    except ValueError:
        body = None
    if said.status_code >= requests.codes.multiple_choices:
        raise errors.of_graph(said.status_code, said.headers, body)
    if not isinstance(body, dict):
        raise Temporary("garbled", "not an object")
    return Reply(body, _date(said.headers))


def _date(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers["Date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return None


def name(text: str) -> str:
    """An id as a part of a path; ids hold characters that mean something there."""
    return quote(text, safe="")
