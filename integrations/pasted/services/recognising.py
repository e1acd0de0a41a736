"""Which service an address belongs to, and what it is there."""

from integrations.pasted.addresses import Address
from integrations.pasted.services import (
    bigbluebutton,
    jitsi,
    meet,
    others,
    shapes,
    teams,
    webex,
    zoom,
)
from integrations.pasted.services.shapes import Link

READERS = (zoom.read, teams.read, meet.read, webex.read, bigbluebutton.read, jitsi.read)
# These answer over https whatever an old text says.
HOSTED = (*zoom.HOSTS, *teams.HOSTS, "meet.google.com", "webex.com", "meet.jit.si", "8x8.vc")


def recognised(address: Address) -> Link:
    """The address with its service and what it is."""
    if address.on(*HOSTED):
        address = address.over_https()
    found = next((seen for read in READERS if (seen := read(address))), None)
    seen = found or others.read(address)
    # Zoom's key of the host; a link for guests was rid of it by its reader.
    if "zak" in seen.address.values:
        return Link(address, seen.service, shapes.START, seen.room)
    return seen
