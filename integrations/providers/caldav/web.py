"""Requests to one calendar server, which somebody outside may have named.

Only https, never a private address, never a redirect, never another host than the one the password
was given for. An administrator can name hosts that are exempt from the first two rules.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import requests
from requests.auth import HTTPBasicAuth
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError, ReadTimeoutError

from integrations.ports import Denied, Temporary, is_unknown_host

CONNECT, TOTAL = 5.0, 15.0  # seconds
LARGEST = 20_000_000  # bytes of one answer
PIECE = 65_536
AGENT = "Kolega"
# Compressing proxies weaken or rename ETags, which If-Match then never meets.
ALWAYS = {"Accept-Encoding": "identity", "User-Agent": AGENT}


@dataclass(frozen=True)
class Reply:
    """An answer, read to its end. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_page(self) -> bool:
        """A page for people: it came from a portal or proxy, not from the calendar server.

        Some servers call their empty answers text/html, so an empty one is no page.
        """
        return bool(self.body) and self.headers.get("content-type", "").startswith("text/html")


def address(text: str, *, allowed: Collection[str] = ()) -> str:
    """A server's address without query and fragment.

    `allowed` holds hosts (`host` or `host:port`) that may be asked without TLS. Raises
    Denied("address_refused").
    """
    parts = _split(text.strip())
    exempt = _is_named(parts, allowed)
    if parts.scheme != "https" and not (parts.scheme == "http" and exempt):
        raise Denied("address_refused", "https is needed")
    if not parts.hostname or "@" in parts.netloc:
        raise Denied("address_refused", "no plain host name")
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", "", ""))


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise Denied("address_refused", "not an address") from error
    return parts


def _is_named(parts: SplitResult, allowed: Collection[str]) -> bool:
    return parts.netloc.lower() in allowed or parts.hostname in allowed


class Server:
    """The server of an account. `base` is the address it was named by."""

    def __init__(
        self, named: str, *, user: str, password: str, allowed: Collection[str] = ()
    ) -> None:
        """Take the server's address; `allowed` hosts may be private and without TLS."""
        self.base = address(named, allowed=allowed)
        self.allowed = frozenset(allowed)
        self._sign_in = HTTPBasicAuth(user.encode(), password.encode())
        self._session = _session(_split(self.base), self.allowed)

    def at(self, place: str) -> str:
        """A path or address as an address on this server. Raises Denied("address_refused")."""
        made = address(urljoin(self.base, place), allowed=self.allowed)
        if _split(made)[:2] != _split(self.base)[:2]:
            raise Denied("address_refused", "another host")
        return made

    def ask(
        self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request and read the whole answer, whatever its status.

        Raises Temporary when no whole answer came, Denied("address_refused") for an address that
        is private, on another host, or whose certificate nobody vouches for.
        """
        try:
            with self._session.request(
                method, self.at(url), data=body or None, headers={**ALWAYS, **(headers or {})},
                auth=self._sign_in, timeout=(CONNECT, TOTAL), allow_redirects=False, stream=True,
            ) as answer:  # fmt: skip
                return _read(answer)
        except InvalidIPAddress as error:
            raise Denied("address_refused", "a private address") from error
        except requests.exceptions.SSLError as error:
            raise _tls(error) from error
        except (requests.Timeout, ReadTimeoutError) as error:
            raise Temporary("timeout") from error
        except (requests.RequestException, HTTPError) as error:
            code = "host_unknown" if is_unknown_host(error) else "unreachable"
            raise Temporary(code, type(error).__name__) from error


def _session(parts: SplitResult, allowed: frozenset[str]) -> requests.Session:
    if _is_named(parts, allowed):
        return requests.Session()
    rules = Config(
        ip_filter_enable=True, ip_filter_allow_loopback_ips=False, never_redirect=True,
        default_timeout=(CONNECT, TOTAL),
    )  # fmt: skip
    made: requests.Session = HTTPSession(rules)
    return made


def _tls(error: Exception) -> Denied | Temporary:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Denied("address_refused", "the certificate is not trusted")
    return Temporary("unreachable", "TLS")


def _read(answer: requests.Response) -> Reply:
    """The whole answer within the time.

    Read as it comes: waiting for a full piece would let a server drip for ever, since the time-out
    of a connection counts anew with each byte.
    """
    until = time.monotonic() + TOTAL
    pieces, size = [], 0
    while piece := answer.raw.read1(PIECE, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise Temporary("answer_too_long")
        if time.monotonic() > until:
            raise Temporary("timeout")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(answer.status_code, headers, b"".join(pieces))
