"""Jitsi Meet, the public one and those on own servers: one name behind a host called meet or jitsi."""

import re

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

CALLED = re.compile(r"^(meet|jitsi|jitsi-?meet|meet-?jitsi)\d*$")
NOT_THERE = ("meet.goto.com", "meet.lync.com", "meet.google.com")
NO_ROOM = frozenset((
    "", "static", "calendar", "login", "signin", "sign-in", "register", "auth", "new", "admin", "help",
    "about", "recordings", "oauth",
))  # fmt: skip


def read(address: Address) -> Link | None:
    """What an address of a Jitsi server is; None for hosts that are none."""
    if not _server(address):
        return None
    here = address.segments
    if here[:1] == ["static"]:
        return link(address, "jitsi", shapes.PHONE)
    tenant = address.on("8x8.vc")
    if len(here) != 1 + tenant or here[-1].lower() in NO_ROOM or _file(here[-1]):
        known = tenant or address.on("meet.jit.si")
        return link(address, "jitsi", shapes.PAGE) if known else None
    what = shapes.OWN if "jwt" in address.values else shapes.MEETING
    clean = address.keeping("jwt")
    return link(clean, "jitsi", what, f"{address.host}/{'/'.join(here)}")


def _server(address: Address) -> bool:
    if address.on(*NOT_THERE):
        return False
    return address.on("meet.jit.si", "8x8.vc") or any(
        CALLED.match(label) for label in address.host.split(".")[:2]
    )


def _file(name: str) -> bool:
    return name.rpartition(".")[2].lower() in {"html", "php", "aspx", "ics", "pdf", "mp4", "txt"}
