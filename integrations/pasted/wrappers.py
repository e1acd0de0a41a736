"""Addresses that mail filters, search engines and chats put around a link."""

import re
from urllib.parse import unquote

from integrations.pasted.addresses import Address, parsed

DEEPEST = 5
# Host, beginning of the path, and the name in the query that holds the link.
AROUND = (
    ("safelinks.protection.outlook.com", "", "url"),
    ("safelinks.protection.office365.us", "", "url"),
    ("teams.cdn.office.net", "/evergreen-assets/safelinks", "url"),
    ("safelink.emails.azure.net", "/redirect", "destination"),
    ("google.com", "/url", "q"),
    ("google.com", "/url", "url"),
    ("urldefense.proofpoint.com", "/v1", "u"),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("deref-gmx.net", "", "redirecturl"),
    ("deref-web.de", "", "redirecturl"),
    ("deref-web-02.de", "", "redirecturl"),
    ("l.facebook.com", "", "u"),
    ("lm.facebook.com", "", "u"),
    ("l.instagram.com", "", "u"),
    ("slack-redir.net", "/link", "url"),
    ("linkedin.com", "/redir", "url"),
    ("youtube.com", "/redirect", "q"),
)
HIDING = (
    "mimecast.com", "mimecastprotect.com", "t.co", "bit.ly", "lnkd.in", "tinyurl.com", "goo.gl",
    "is.gd", "click.zoom.us", "inky.com", "secure-web.cisco.com", "clicktime.symantec.com",
    "app.goo.gl", "trendmicro.com", "fireeye.com", "mailguard.com.au",
)  # fmt: skip
GOOGLE = re.compile(r"^(www\.)?google\.(com?\.)?[a-z]{2,3}$")
# Proofpoint puts the link between two underscores on each side and stars for letters it took out.
DEFENDED = re.compile(r"^/v3/__(.+?)__;")
SLASHES = re.compile(r"^(https?):/+")
# Proofpoint's second way writes % as - and / as _.
SECOND = str.maketrans("-_", "%/")


def unwrapped(address: Address) -> Address:
    """The address inside, however often it was wrapped; one that is not wrapped as it is."""
    for _ in range(DEEPEST):
        inner = _inner(address)
        if inner is None:
            break
        address = inner
    return address


def hides(address: Address) -> bool:
    """Whether an address says nothing of where it leads."""
    return address.on(*HIDING)


def _inner(address: Address) -> Address | None:
    if address.on("urldefense.com", "urldefense.us"):
        found = DEFENDED.match(unquote(address.path + _query(address)))
        return parsed(SLASHES.sub(r"\1://", found[1])) if found else None
    values = address.values
    if address.on("urldefense.proofpoint.com") and address.path.startswith("/v2"):
        return parsed(unquote(values.get("u", "").translate(SECOND)))
    if address.on("teams.microsoft.com", "teams.live.com") and "launcher" in address.path:
        inside = values.get("url", "").removeprefix("/_#")
        return parsed(f"https://{address.host}{inside}") if inside.startswith("/") else None
    return next((parsed(values[name]) for name in _names(address) if values.get(name)), None)


def _names(address: Address) -> list[str]:
    google = GOOGLE.match(address.host)
    return [
        name
        for host, path, name in AROUND
        if address.path.startswith(path)
        and (address.on(host) if host != "google.com" else google is not None)
    ]


def _query(address: Address) -> str:
    return f"?{'&'.join(address.pairs)}" if address.pairs else ""
