"""Microsoft Teams: `/l/meetup-join/<thread>/…?context=…` and the shorter `/meet/<number>?p=…`."""

from dataclasses import replace
from urllib.parse import unquote

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

HOSTS = ("teams.microsoft.com", "teams.live.com", "teams.microsoft.us", "teams.cloud.microsoft")
HELP = ("aka.ms", "dialin.teams.microsoft.com", "mysettings.lync.com", "dialin.lync.com")
KEPT = ("context", "p", "tenantid", "organizerid", "threadid", "messageid", "eventid")
PAGES = {
    "meetingoptions": shapes.PHONE, "meetingrecap": shapes.RECORDING, "file": shapes.RECORDING,
    "channel": shapes.DESK, "team": shapes.DESK, "chat": shapes.DESK, "calendarv2": shapes.CALENDAR,
    "calendar": shapes.CALENDAR, "meeting": shapes.DESK,
}  # fmt: skip


def read(address: Address) -> Link | None:
    """What an address of Teams is; None for other hosts."""
    if address.on(*HELP):
        return link(address, "teams", shapes.PHONE)
    if address.on("meet.lync.com") and len(address.segments) > 1:
        return link(address, "teams", shapes.MEETING, address.path)
    if not address.on(*HOSTS):
        return None
    address = _out_of_fragment(address)
    room = _room(address)
    if room:
        return link(address.keeping(*KEPT), "teams", shapes.MEETING, room)
    return link(address, "teams", _page(address))


def _room(address: Address) -> str:
    here = address.segments
    if "meetup-join" in here[:-1]:
        return f"thread/{unquote(here[here.index('meetup-join') + 1])}"
    if len(here) > 1 and here[0] == "meet":
        return f"number/{here[1]}"
    return f"townhall/{'&'.join(address.pairs)}" if "townhalls" in here else ""


def _page(address: Address) -> str:
    here = address.segments
    if address.on("events.teams.microsoft.com") and here[:1] == ["event"]:
        return shapes.REGISTER
    found = (PAGES[one.lower()] for one in here if one.lower() in PAGES)
    return next(found, shapes.PAGE)


def _out_of_fragment(address: Address) -> Address:
    """The client for browsers keeps its path behind the #."""
    if not address.fragment.startswith(("/l/", "/meet/")):
        return address
    path, _, query = address.fragment.partition("?")
    pairs = tuple(one for one in query.split("&") if one)
    return replace(address, path=path, pairs=pairs, fragment="")
