"""The calendars of an account, found from the address its owner knows (RFC 6764, RFC 4791 §6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from integrations.ports import Denied, Gone
from integrations.providers.caldav import multistatus, questions
from integrations.providers.caldav.multistatus import Multi, Resource
from integrations.providers.caldav.questions import CAL, DAV
from integrations.providers.caldav.web import Server

PRINCIPAL, HOME = f"{DAV}current-user-principal", f"{CAL}calendar-home-set"
KIND, NAME, HOLDS = (
    f"{DAV}resourcetype",
    f"{DAV}displayname",
    f"{CAL}supported-calendar-component-set",
)
RIGHTS = f"{DAV}current-user-privilege-set"
WRITING = frozenset({f"{DAV}all", f"{DAV}write", f"{DAV}write-content", f"{DAV}bind"})
HOPS = 4
MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Listed:
    """A calendar to choose. `address` is what an account keeps as its calendar."""

    address: str
    name: str
    writable: bool


def calendars(server: Server) -> Sequence[Listed]:
    """The calendars that can hold events.

    Raises Denied("calendar_missing") where no calendar server answers, `secret_wrong` for a wrong
    password, Temporary.
    """
    named = _ask(server, server.base, KIND, NAME, HOLDS, RIGHTS, PRINCIPAL)
    if named and (listed := _listed(server, named)):
        return listed
    principal = _path(named, PRINCIPAL) or _path(_well_known(server), PRINCIPAL)
    home = _path(_ask(server, principal, HOME), HOME) if principal else ""
    held = _ask(server, home, KIND, NAME, HOLDS, RIGHTS, depth=1) if home else None
    if held is None:
        raise Denied("calendar_missing")
    return _listed(server, held)


def _well_known(server: Server) -> Multi | None:
    return _ask(server, server.at("/.well-known/caldav"), PRINCIPAL)


def _ask(server: Server, place: str, *names: str, depth: int = 0, hops: int = HOPS) -> Multi | None:
    """The properties of a place; None where nobody speaks CalDAV. Follows moves on this server."""
    reply = server.ask(
        "PROPFIND", server.at(place), body=questions.properties(*names),
        headers={**questions.XML, "Depth": str(depth)},
    )  # fmt: skip
    if reply.status in MOVED and hops:
        return _ask(server, _moved_to(server, reply.headers), *names, depth=depth, hops=hops - 1)
    try:
        return multistatus.read(reply)
    except Gone:
        return None
    except Denied as denied:
        if denied.code == "secret_wrong":
            raise
        return None


def _moved_to(server: Server, headers: Mapping[str, str]) -> str:
    """The path of a redirect. Behind a proxy a server may call itself http; its host must be ours."""
    parts = urlsplit(headers.get("location", ""))
    if parts.hostname not in {None, urlsplit(server.base).hostname}:
        raise Denied("address_refused", "a redirect to another host")
    return server.at(parts.path or "/")


def _path(answer: Multi | None, name: str) -> str:
    paths = [one.path_in(name) for one in answer.resources] if answer else []
    return next((path for path in paths if path), "")


def _listed(server: Server, answer: Multi) -> list[Listed]:
    return [
        Listed(server.at(one.path), one.text(NAME) or one.path.rstrip("/").rpartition("/")[2], _may_write(one))
        for one in answer.resources
        if f"{CAL}calendar" in one.children(KIND) and _holds_events(one)
    ]  # fmt: skip


def _may_write(one: Resource) -> bool:
    """A server that tells no rights is believed until it refuses."""
    return RIGHTS not in one.props or bool(one.children(RIGHTS) & WRITING)


def _holds_events(one: Resource) -> bool:
    held = one.props.get(HOLDS)
    names = {part.get("name") for part in held.iter(f"{CAL}comp")} if held is not None else set()
    return not names or "VEVENT" in names
