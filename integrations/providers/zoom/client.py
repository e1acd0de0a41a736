"""Calls to Zoom's API with a server-to-server token."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from integrations.ports import Denied, Temporary
from integrations.providers.zoom import errors

SIGN_IN, API = "https://zoom.us", "https://api.zoom.us"
TIMEOUT = (5.0, 15.0)
WHOLE, PIECE, LARGEST = 15.0, 65_536, 5_000_000  # seconds; bytes
MOST_PAGES = 100
NAMES = ("account_id", "client_id", "client_secret")
Json = dict[str, Any]


@dataclass(frozen=True)
class App:
    """A server-to-server app; `home` is the address of a simulator in the place of Zoom's own."""

    account_id: str
    client_id: str
    client_secret: str
    home: str = ""

    def api_of(self, named: str) -> str:
        """The API that a token answer names, if it is Zoom's: the token must not go anywhere else."""
        if self.home:
            if urlsplit(named).netloc != urlsplit(self.home).netloc:
                raise Denied("address_refused", "a link to another host")
            return self.home
        where = urlsplit(named or API)
        zooms = where.hostname == "api.zoom.us" or (where.hostname or "").endswith(".zoom.us")
        if where.scheme != "https" or not zooms or "@" in where.netloc or where.port:
            raise Denied("address_refused", "a link to another host")
        return f"https://{where.hostname}"


class Client:
    """Calls for one app. Every one has a time-out; none follows a redirect."""

    def __init__(self, app: App) -> None:
        """Take the app; nothing is called yet."""
        self.app = app
        self.session = requests.Session()
        self.token, self.api = "", ""

    def sign_in(self) -> frozenset[str]:
        """Get a new token; gives the scopes it has. Raises Denied or Temporary."""
        app = self.app
        status, headers, body = self._send(
            "POST", f"{app.home or SIGN_IN}/oauth/token", auth=(app.client_id, app.client_secret),
            data={"grant_type": "account_credentials", "account_id": app.account_id},
        )  # fmt: skip
        if status != requests.codes.ok:
            raise errors.of_token(status, headers, body)
        if not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
            raise Temporary("garbled", "a token")
        self.api = app.api_of(str(body.get("api_url") or ""))
        self.token = body["access_token"]
        return frozenset(str(body.get("scope", "")).split())

    def get(self, path: str, **params: str) -> Json:
        """One answer; raises the troubles of the ports. A token that is refused is replaced once."""
        if not self.token:
            self.sign_in()
        status, headers, body = self._get(path, params)
        if status == requests.codes.unauthorized:
            self.sign_in()
            status, headers, body = self._get(path, params)
        if status >= requests.codes.multiple_choices:
            raise errors.of_answer(status, headers, body)
        if not isinstance(body, dict):
            raise Temporary("garbled", "not an object")
        return body

    def rows(self, path: str, name: str, **params: str) -> Iterator[Json]:
        """All rows of a list, over all its pages."""
        token = ""
        for _ in range(MOST_PAGES):
            page = self.get(path, **params, **({"next_page_token": token} if token else {}))
            found = page.get(name)
            if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
                raise Temporary("garbled", "no list")
            yield from found
            token = str(page.get("next_page_token") or "")
            if not token:
                return
        raise Temporary("garbled", "a list without an end")

    def _get(self, path: str, params: Mapping[str, str]) -> tuple[int, Mapping[str, str], object]:
        signed = {"Authorization": f"Bearer {self.token}"}
        return self._send("GET", f"{self.api}/v2{path}", params=params, headers=signed)

    def _send(self, method: str, url: str, **more: Any) -> tuple[int, Mapping[str, str], object]:
        ends = time.monotonic() + WHOLE
        try:
            with self.session.request(
                method, url, timeout=TIMEOUT, allow_redirects=False, stream=True, **more
            ) as said:
                return said.status_code, said.headers, _read(said, ends=ends)
        except requests.RequestException as failed:
            raise Temporary("unreachable", type(failed).__name__) from failed


def _read(said: requests.Response, *, ends: float) -> object:
    """The body as JSON, None where it is none; read no further and no longer than is fair."""
    found = bytearray()
    for piece in said.iter_content(PIECE):
        found += piece
        if len(found) > LARGEST or time.monotonic() > ends:
            raise Temporary("unreachable", "too much or too slow")
    try:
        return json.loads(bytes(found))
    except ValueError:
        return None


def session_name(uuid: str) -> str:
    """The id of a session as a part of a path: encoded twice where slashes would be taken for parts."""
    once = quote(uuid, safe="")
    return quote(once, safe="") if uuid.startswith("/") or "//" in uuid else once
