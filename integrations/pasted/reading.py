"""What a pasted link or invitation says."""

from dataclasses import dataclass
from datetime import date

from events.kernel.contributions import Invitation
from integrations.pasted import phones
from integrations.pasted.days import days
from integrations.pasted.finding import links, plain, without_links
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link
from integrations.pasted.wrappers import hides

# The best first: where people can join, then what looks like it, then what is something else.
RANKS = {
    shapes.MEETING: 0, shapes.PERSONAL: 0, shapes.OWN: 1, shapes.REGISTER: 2, shapes.START: 3,
    shapes.SESSION: 3, shapes.UNKNOWN: 4, shapes.RECORDING: 5, shapes.CALENDAR: 5,
    shapes.SIGN_IN: 5, shapes.DESK: 5, shapes.PAGE: 5, shapes.PHONE: 6,
}  # fmt: skip
FAULTS = {
    shapes.OWN: "personal_link", shapes.REGISTER: "register_page", shapes.SESSION: "session_link",
    shapes.RECORDING: "recording_link", shapes.CALENDAR: "calendar_page",
    shapes.SIGN_IN: "sign_in_page", shapes.DESK: "desk_page", shapes.PAGE: "no_meeting",
    shapes.PHONE: "no_meeting",
}  # fmt: skip
JOINED = (shapes.MEETING, shapes.PERSONAL, shapes.OWN)


@dataclass(frozen=True)
class Reading:
    """All that is known of a pasted text. `link` is None where there is no address in it."""

    link: Link | None = None
    line: str = ""
    several: bool = False
    days: tuple[frozenset[date], ...] = ()


def look(text: str) -> Reading:
    """Find the link of a text, its phone line and the days it names."""
    seen = plain(text)
    found = links(seen)
    if not found:
        return Reading()
    best = min(found, key=lambda one: RANKS[one.what])
    number = phones.digits(best.room) if best.service == "zoom" else ""
    return Reading(
        best, str(phones.read(seen, number=number, access=best.service == "bigbluebutton")),
        _several(found), tuple(days(without_links(seen))),
    )  # fmt: skip


def _several(found: list[Link]) -> bool:
    """Whether a text names two meetings; Teams gives one meeting a number and a thread."""
    rooms = {one.room for one in found if one.what in JOINED and one.room}
    threads = {room for room in rooms if room.startswith("teams:thread/")}
    return len(rooms - threads) > 1 or len(threads) > 1


def read(text: str) -> Invitation:
    """What a pasted text says, as the pages need it."""
    found = look(text)
    link = found.link
    if link is None:
        return Invitation()
    address = str(link.address)
    return Invitation(
        link=address if link.address.secure else "", insecure="" if link.address.secure else address,
        line=found.line, service=link.service,
        refused="start_link" if link.what == shapes.START else "", faults=faults(found),
    )  # fmt: skip


def faults(found: Reading) -> tuple[str, ...]:
    """Codes of what looks wrong about a reading by itself; `words` has a sentence for each."""
    link = found.link
    if link is None:
        return ()
    checks = {
        "not_secure": not link.address.secure,
        "not_reachable": link.address.inside,
        FAULTS.get(link.what, ""): link.what in FAULTS,
        "owners_page": link.owners,
        "hidden_target": hides(link.address),
        "several_meetings": found.several,
    }
    return tuple(code for code, wrong in checks.items() if wrong)
