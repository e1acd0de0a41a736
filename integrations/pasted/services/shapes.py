"""What an address turns out to be."""

from dataclasses import dataclass

from integrations.pasted.addresses import Address

MEETING, PERSONAL = "meeting", "personal"
OWN, REGISTER = "own", "register"
START, SESSION = "start", "session"
RECORDING, CALENDAR, SIGN_IN, DESK, PAGE = "recording", "calendar", "sign_in", "desk", "page"
PHONE, UNKNOWN = "phone", "unknown"


@dataclass(frozen=True)
class Link:
    """An address and what it is.

    `what`: meeting; personal (a room of one person, used again and again); own (made for one
    person); register; start (makes whoever opens it the host); session (of one browser); recording;
    calendar; sign_in; desk (settings, lists); page (some other page of a service); phone (numbers,
    help); unknown. `room` is the same for all addresses of one meeting.
    """

    address: Address
    service: str
    what: str
    room: str = ""
    owners: bool = False


def link(
    address: Address, service: str, what: str, room: str = "", *, owners: bool = False
) -> Link:
    """A link, with its service in front of its room."""
    return Link(address, service, what, f"{service}:{room.lower()}" if room else "", owners)
