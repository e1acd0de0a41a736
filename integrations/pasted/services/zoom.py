"""Zoom: `/j/` meetings, `/w/` webinars, `/my/` personal rooms, `/s/` the host's own start link."""

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

HOSTS = ("zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn", "zoom.cn")
# Zoom numbers meetings with eleven digits (nine before 2020) and personal rooms with ten.
PERSONAL_DIGITS = 10
KEPT = ("pwd", "tk")
PAGES = {
    "rec": shapes.RECORDING, "clips": shapes.RECORDING, "recording": shapes.RECORDING,
    "signin": shapes.SIGN_IN, "login": shapes.SIGN_IN, "signup": shapes.SIGN_IN,
    "web": shapes.SIGN_IN, "google_oauth_signin": shapes.SIGN_IN,
    "u": shapes.PHONE, "zoomconference": shapes.PHONE, "skype": shapes.PHONE,
    "meeting": shapes.DESK, "meetings": shapes.DESK, "webinar": shapes.DESK,
    "profile": shapes.DESK, "myhome": shapes.DESK, "account": shapes.DESK, "start": shapes.DESK,
    "calendar": shapes.CALENDAR, "launch": shapes.DESK,
}  # fmt: skip


def read(address: Address) -> Link | None:
    """What an address of Zoom is; None for other hosts."""
    if not address.on(*HOSTS):
        return None
    here = [*address.segments, "", "", ""][:3]
    number, kind = _number(here)
    if number and kind != "s":
        return _meeting(address, kind, number)
    if here[0] == "my" and here[1]:
        return link(address.keeping("pwd"), "zoom", shapes.PERSONAL, f"my/{here[1]}")
    return link(address, "zoom", _page(address, here, kind), number)


def _page(address: Address, here: list[str], kind: str) -> str:
    """What an address is that is no meeting."""
    if kind == "s":
        return shapes.START
    if address.on("support.zoom.us", "support.zoom.com", "click.zoom.us"):
        return shapes.PHONE
    if address.host.startswith("events.") or here[1] == "register":
        return shapes.REGISTER
    return PAGES.get(here[0].lower(), shapes.PAGE)


def _number(here: list[str]) -> tuple[str, str]:
    """The meeting's number and the way in: j, w, or s for the host."""
    if here[0] in {"j", "w", "s"} and here[1].isdecimal():
        return here[1], here[0]
    if here[0] == "wc":
        number = next((one for one in here[1:] if one.isdecimal()), "")
        return number, "s" if "start" in here else "j"
    return "", ""


def _meeting(address: Address, kind: str, number: str) -> Link:
    clean = address.at(f"/{kind}/{number}").keeping(*KEPT)
    if "tk" in address.values:
        return link(clean, "zoom", shapes.OWN, number)
    personal = len(number) == PERSONAL_DIGITS
    return link(clean, "zoom", shapes.PERSONAL if personal else shapes.MEETING, number)
