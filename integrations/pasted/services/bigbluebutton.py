"""BigBlueButton on anybody's server, known by the paths of Greenlight, Moodle, Nextcloud and its API."""

import re

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

# Greenlight's rooms: three and more groups, the first may come from the owner's name.
ROOM = re.compile(
    r"(?:^|/)(b|gl|rooms)/([a-z0-9]{3,}(?:-[a-z0-9]{3,}){2,4})(/join)?/?$", re.IGNORECASE
)
CLOUD = re.compile(r"/apps/bbb/b/([A-Za-z0-9]+)/?$")
NAMES = ("bbb", "bigbluebutton", "greenlight")


def read(address: Address) -> Link | None:
    """What an address with a path of BigBlueButton is; None for all others."""
    path = address.path
    if found := ROOM.search(path):
        owners = found[1].lower() == "rooms" and not found[3]
        room = f"{address.host}/{found[2]}"
        return link(address.keeping(), "bigbluebutton", shapes.MEETING, room, owners=owners)
    if found := CLOUD.search(path):
        room = f"{address.host}/{found[1]}"
        return link(address.keeping(), "bigbluebutton", shapes.MEETING, room)
    if "/bigbluebutton/api/" in path:
        return _called(address)
    if "/html5client" in path or "sessiontoken" in address.values:
        return link(address, "bigbluebutton", shapes.SESSION)
    if "/playback/" in path or (_ours(address) and "/recording" in path):
        return link(address, "bigbluebutton", shapes.RECORDING)
    return _elsewhere(address)


def _called(address: Address) -> Link:
    """A call of the API: signed for one person, often for a moderator."""
    moderator = address.values.get("role", "").lower() == "moderator"
    what = shapes.START if moderator else shapes.SESSION
    return link(address, "bigbluebutton", what)


def _ours(address: Address) -> bool:
    return any(name in address.host for name in NAMES)


def _elsewhere(address: Address) -> Link | None:
    if "/mod/bigbluebuttonbn/" in address.path:
        guests = address.path.endswith("guest.php")
        room = f"{address.host}/{'&'.join(address.pairs)}"
        what = shapes.MEETING if guests else shapes.SIGN_IN
        return link(address, "bigbluebutton", what, room)
    if _ours(address) and address.segments[:1] in (["signin"], ["login"], ["rooms"], ["home"]):
        desk = address.segments[0] in {"rooms", "home"}
        return link(address, "bigbluebutton", shapes.DESK if desk else shapes.SIGN_IN)
    if _ours(address) and address.segments:
        room = f"{address.host}{address.path}"
        return link(address, "bigbluebutton", shapes.MEETING, room)
    return None
