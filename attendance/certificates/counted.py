"""How often numbers may be looked at, by page and by program together."""

import ipaddress

from django.http import HttpRequest

from events.backstage import edge, limits

MINUTE = 60
# One address asks slowly enough to keep 54 random bits safe; all together, faster than any school
# needs. An address beyond its own limit does not use up the common one.
EACH, TOGETHER = 30, 1200
IPV6_HOME = 64


def count(request: HttpRequest) -> None:
    """Count one look at a number, wherever it is asked for; raises TooOften."""
    at = edge.moment(request)
    limits.hit(f"check:{_home(request)}", limit=EACH, seconds=MINUTE, at=at)
    limits.hit("check", limit=TOGETHER, seconds=MINUTE, at=at)


def _home(request: HttpRequest) -> str:
    """Who asks: the address, of IPv6 the part that one household has."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if address.version == 4:  # noqa: PLR2004  the version of the protocol
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_HOME), strict=False))
