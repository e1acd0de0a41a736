"""Webex: `j.php?MTID=…`, personal rooms under `/meet/` and `/join/`."""

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

RECORDINGS = ("recordingservice", "ldr.php", "lsr.php", "nbrshared", "playback", "recording")
SIGNING = ("signin", "login", "idbroker")
INFO = ("meeting", "download", "joinservice", "info")


def read(address: Address) -> Link | None:
    """What an address of Webex is; None for other hosts."""
    if not address.on("webex.com"):
        return None
    here = [one.lower() for one in address.segments]
    if address.host.split(".")[0] in {"www", "help", "collaborationhelp"} or _numbers(here):
        return link(address, "webex", shapes.PHONE)
    if address.host.split(".")[0] in SIGNING or set(SIGNING) & set(here):
        return link(address, "webex", shapes.SIGN_IN)
    if any(one.startswith(RECORDINGS) for one in here):
        return link(address, "webex", shapes.RECORDING)
    if "register" in here:
        return link(address, "webex", shapes.REGISTER)
    return _meeting(address, here)


def _numbers(here: list[str]) -> bool:
    return any(one in {"globalcallin.php", "tollfree_restrictions.php"} for one in here)


def _meeting(address: Address, here: list[str]) -> Link:
    host = address.host
    if number := address.values.get("mtid"):
        return link(address, "webex", shapes.MEETING, f"{host}/{number}")
    if len(here) > 1 and here[0] in {"meet", "join"}:
        return link(address.keeping(), "webex", shapes.PERSONAL, f"{host}/{here[1]}")
    if here[:1] == ["m"] and len(here) > 1:
        return link(address.keeping(), "webex", shapes.MEETING, f"{host}/{here[1]}")
    if len(here) > 1 and here[-2] in INFO and here[-1] not in {"home", "dashboard"}:
        return link(address, "webex", shapes.MEETING, f"{host}/{here[-1]}")
    return link(address, "webex", shapes.DESK if here else shapes.PAGE)
