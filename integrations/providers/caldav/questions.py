"""The bodies of PROPFIND and REPORT requests (RFC 4791, RFC 6578)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
ETAG, DATA = f"{DAV}getetag", f"{CAL}calendar-data"
XML = {"Content-Type": "application/xml; charset=utf-8"}


def _bytes(root: Element) -> bytes:
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _root(name: str, props: Iterable[str]) -> Element:
    root = Element(name)
    wanted = SubElement(root, f"{DAV}prop")
    for prop in props:
        SubElement(wanted, prop)
    return root


def properties(*names: str) -> bytes:
    """Ask for properties, by their names in Clark notation."""
    return _bytes(_root(f"{DAV}propfind", names))


def _filter(root: Element) -> Element:
    held = SubElement(root, f"{CAL}filter")
    calendar = SubElement(held, f"{CAL}comp-filter", name="VCALENDAR")
    return SubElement(calendar, f"{CAL}comp-filter", name="VEVENT")


def with_uid(uid: str) -> bytes:
    """Ask for the entries with this UID."""
    root = _root(f"{CAL}calendar-query", [ETAG, DATA])
    prop = SubElement(_filter(root), f"{CAL}prop-filter", name="UID")
    SubElement(prop, f"{CAL}text-match", collation="i;octet").text = uid
    return _bytes(root)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def within(since: datetime, until: datetime) -> bytes:
    """Ask for the entries that touch the span."""
    root = _root(f"{CAL}calendar-query", [ETAG, DATA])
    SubElement(_filter(root), f"{CAL}time-range", start=_stamp(since), end=_stamp(until))
    return _bytes(root)


def these(paths: Iterable[str]) -> bytes:
    """Ask for the entries at these paths."""
    root = _root(f"{CAL}calendar-multiget", [ETAG, DATA])
    for path in paths:
        SubElement(root, f"{DAV}href").text = path
    return _bytes(root)


def since_token(token: str) -> bytes:
    """Ask what changed since a sync token."""
    root = Element(f"{DAV}sync-collection")
    SubElement(root, f"{DAV}sync-token").text = token
    SubElement(root, f"{DAV}sync-level").text = "1"
    SubElement(SubElement(root, f"{DAV}prop"), ETAG)
    return _bytes(root)


def busy_within(since: datetime, until: datetime) -> bytes:
    """Ask for the busy times of a calendar."""
    root = Element(f"{CAL}free-busy-query")
    SubElement(root, f"{CAL}time-range", start=_stamp(since), end=_stamp(until))
    return _bytes(root)
