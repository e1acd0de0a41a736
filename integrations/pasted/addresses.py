"""Web addresses taken apart, without surprises: hosts in ASCII, nobody's name or password in them."""

from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

WEB = frozenset({"http", "https"})
LONGEST = 4000
PATH, REST = "/%:@!$&'()*+,;=~", "/%:@!$&'()*+,;=~?"
TRACKING = frozenset((
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_hsenc", "_hsmi",
    "mkt_tok", "gad_source", "wbraid", "gbraid", "vero_id", "correlationid", "s_cid", "oly_enc_id",
))  # fmt: skip
INSIDE = (".local", ".localhost", ".internal", ".lan", ".home", ".intranet")


@dataclass(frozen=True)
class Address:
    """A web address; `host` is lower-case ASCII, the rest as it was written, quoted where needed."""

    secure: bool
    host: str
    port: str
    path: str
    pairs: tuple[str, ...] = ()
    fragment: str = ""

    @property
    def segments(self) -> list[str]:
        """The pieces of the path, readable."""
        return [unquote(piece) for piece in self.path.split("/") if piece]

    @property
    def values(self) -> dict[str, str]:
        """The query, readable; names in lower case, the first of equal names."""
        found: dict[str, str] = {}
        for pair in self.pairs:
            name, _, value = pair.partition("=")
            found.setdefault(unquote(name).lower(), unquote(value.replace("+", " ")))
        return found

    def on(self, *hosts: str) -> bool:
        """Whether the host is one of these or lies below one of them."""
        return any(self.host == one or self.host.endswith(f".{one}") for one in hosts)

    def keeping(self, *names: str) -> "Address":
        """The same with only these names in its query, and without a fragment."""
        kept = tuple(one for one in self.pairs if one.partition("=")[0].lower() in names)
        return replace(self, pairs=kept, fragment="")

    def at(self, path: str) -> "Address":
        """The same host and query with another path."""
        return replace(self, path=quote(path, safe=PATH), fragment="")

    def over_https(self) -> "Address":
        """The same over https, on the usual port."""
        return self if self.secure else replace(self, secure=True, port="")

    @property
    def inside(self) -> bool:
        """Whether only the own computer or network can reach the host."""
        if self.host == "localhost" or self.host.endswith(INSIDE):
            return True
        try:
            return not ip_address(self.host.strip("[]")).is_global
        except ValueError:
            return "." not in self.host

    def __str__(self) -> str:
        """The address as a browser takes it."""
        query = f"?{'&'.join(self.pairs)}" if self.pairs else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.host}{self.port}{self.path}{query}{fragment}"


def parsed(text: str) -> Address | None:
    """The address a text is; None for anything but http and https, and for one with a login in it."""
    if len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in WEB or not host or "@" in parts.netloc:
        return None
    secure = parts.scheme == "https"
    usual = port in {None, 443 if secure else 80}
    pairs = (quote(pair, safe=REST) for pair in parts.query.split("&") if pair)
    return Address(
        secure, host, "" if usual else f":{port}", quote(parts.path, safe=PATH),
        tuple(one for one in pairs if not _tracks(one)), quote(parts.fragment, safe=REST),
    )  # fmt: skip


def _host(name: str) -> str:
    if ":" in name:
        return f"[{ip_address(name)}]"
    plain = name.rstrip(".").lower().encode("idna").decode().lower()
    known = plain.replace("-", "").replace(".", "").replace("_", "").isalnum()
    return plain if known else ""


def _tracks(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in TRACKING or name.startswith("utm_")
