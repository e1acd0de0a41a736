"""Calls to a BigBlueButton server."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml import DefusedXmlException, ElementTree
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError

from integrations.ports import Denied, Temporary, is_unknown_host
from integrations.providers.bigbluebutton import errors, signing

CONNECT, WHOLE = 5.0, 15.0
LEAST = 0.2  # seconds a call gets at least
PIECE = 65_536
LARGEST = 5_000_000  # bytes of an answer; a page of a hundred recordings has some 400 kB


@dataclass(frozen=True)
class Server:
    """A server: the address of its API (`https://…/bigbluebutton/api`) and the secret shared with it.

    `private` lets the address be one inside our own network, and without TLS.
    """

    base: str
    secret: str
    algorithm: str = "sha256"
    private: bool = False

    def address(self, call: str, values: Mapping[str, str]) -> str:
        """The signed address of a call."""
        return signing.address(
            self.base, call, values, secret=self.secret, algorithm=self.algorithm
        )


class Client:
    """Calls to one server. Every one has a time-out; none follows a redirect."""

    def __init__(self, server: Server, *, within: float | None = None) -> None:
        """Take the server; `within` is what all calls from now on may take together, in seconds."""
        self.server = server
        self._ends = None if within is None else time.monotonic() + within

    def call(self, name: str, values: Mapping[str, str]) -> Element:
        """The answer to a call that went well; raises a Trouble for every other."""
        if not self.server.private and urlsplit(self.server.base).scheme != "https":
            code = "address_refused"
            raise Denied(code, "The address has to begin with https.")
        return _read(self._fetch(self.server.address(name, values)))

    def _seconds(self) -> float:
        if self._ends is None:
            return WHOLE
        return min(WHOLE, max(LEAST, self._ends - time.monotonic()))

    def _fetch(self, address: str) -> bytes:
        seconds = self._seconds()
        ends = time.monotonic() + seconds
        try:
            with session(private=self.server.private) as line:
                prepared = line.prepare_request(requests.Request("GET", address))
                # The checksum is over these very bytes: nothing may encode them once more.
                prepared.url = address
                limits = (min(CONNECT, seconds), seconds)
                with line.send(prepared, timeout=limits, stream=True) as response:
                    trouble = errors.of_status(response.status_code, response.headers)
                    if trouble is not None:
                        raise trouble
                    return _whole(response, ends=ends)
        except InvalidIPAddress as trouble:
            code = "address_refused"
            raise Denied(code, "The address lies inside a private network.") from trouble
        except (requests.RequestException, HTTPError) as trouble:
            code = "host_unknown" if is_unknown_host(trouble) else "unreachable"
            raise Temporary(code, type(trouble).__name__) from trouble


def session(*, private: bool) -> HTTPSession:
    """A line that follows no redirect and, unless `private`, reaches no private network."""
    return HTTPSession(
        Config(
            ip_filter_enable=not private, ip_filter_allow_loopback_ips=False,
            never_redirect=True, default_timeout=(CONNECT, WHOLE),
        )
    )  # fmt: skip


def _whole(response: requests.Response, *, ends: float) -> bytes:
    """The body, read no further than `LARGEST` and no longer than until `ends`.

    Read as it comes: waiting for a full piece would let a server drip past every time limit.
    """
    body = bytearray()
    while chunk := response.raw.read1(PIECE, decode_content=True):
        body += chunk
        if len(body) > LARGEST:
            code = "request_refused"
            raise Denied(code)
        if time.monotonic() > ends:
            code = "unreachable"
            raise Temporary(code, "The answer took too long.")
    return bytes(body)


def _read(body: bytes) -> Element:
    code = "garbage"
    try:
        found: Element = ElementTree.fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as trouble:
        raise Temporary(code, "The answer is no BigBlueButton answer.") from trouble
    if found.tag != "response":
        raise Temporary(code, "The answer is no BigBlueButton answer.")
    if found.findtext("returncode", "").upper() != "SUCCESS":
        raise errors.of_key(found.findtext("messageKey", ""))
    return found
