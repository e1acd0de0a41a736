"""Names and addresses of Jitsi rooms. Whoever knows the name may enter, so it must not be guessed."""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

from integrations.ports import Denied

LONGEST, RANDOM = 40, 10


def name_of(title: str, key: str) -> str:
    """A room's name: words of the title and ten characters of the key, which is random.

    The same title and key always give the same name. Raises ValueError for a shorter key.
    """
    if len(key) < RANDOM:
        message = f"a key has {RANDOM} characters or more"
        raise ValueError(message)
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")
    return f"{words}-{key[:RANDOM]}" if words else key[:RANDOM]


def address(server: str, room: str, *, token: str = "") -> str:
    """Where a browser enters; raises Denied for a server that is not reached by https."""
    found = _server(server)
    base = f"https://{found.netloc}{found.path.rstrip('/')}/{quote(room)}"
    return f"{base}?jwt={token}" if token else base


def host_of(server: str) -> str:
    """The host of a server; raises Denied as `address` does."""
    return _server(server).hostname or ""


def _server(server: str) -> SplitResult:
    found = urlsplit(server if "//" in server else f"https://{server}")
    if found.scheme != "https" or not found.hostname or found.query or found.fragment:
        code = "address_refused"
        raise Denied(code, "The address of the server has to begin with https.")
    return found
