"""Google Meet: a code of three, four and three letters."""

import re

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

CODE = re.compile(r"^([a-z]{3})-?([a-z]{4})-?([a-z]{3})$")


def read(address: Address) -> Link | None:
    """What an address of Google Meet is; None for other hosts."""
    if address.on("tel.meet"):
        return link(address, "meet", shapes.PHONE)
    if not address.on("meet.google.com"):
        return None
    here = [one.lower() for one in address.segments]
    code = next((found for one in here[:2] if (found := CODE.match(one))), None)
    if code:
        dashed = "-".join(code.groups())
        return link(address.at(f"/{dashed}").keeping(), "meet", shapes.MEETING, dashed)
    if here[:1] == ["lookup"] and len(here) > 1:
        return link(address.keeping(), "meet", shapes.MEETING, here[1])
    if here[:1] in (["tel"], ["about"]):
        return link(address, "meet", shapes.PHONE)
    return link(address, "meet", shapes.DESK if here[:1] == ["new"] else shapes.PAGE)
