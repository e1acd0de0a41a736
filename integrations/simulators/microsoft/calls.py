"""What a request to Graph must bring, whatever it is about, and where it is led."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from integrations.simulators.messages import Answer, Request
from integrations.simulators.microsoft import schema, times
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.world import Mailbox, World

PREFERENCE = re.compile(r'([\w.]+)="?([^",]*)"?')
PREFERENCES = frozenset({"idtype", "outlook.timezone", "odata.maxpagesize"})


@dataclass(frozen=True)
class Call:
    """A request that was found in order: its mailbox, the ids of its path, its preferences."""

    request: Request
    ids: Mapping[str, str]
    prefer: Mapping[str, str]
    mailbox: Mailbox | None

    @property
    def box(self) -> Mailbox:
        """The mailbox that the path names."""
        if self.mailbox is None:
            raise Refused(404, "ErrorInvalidUser", "The requested user is invalid.")
        return self.mailbox

    @property
    def zone(self) -> str:
        """The time zone that answers are wished in."""
        return self.prefer.get("outlook.timezone", "UTC")

    def body(self, kind: str) -> dict[str, Any]:
        """The body, which must be of a published type; an unknown property is refused by name."""
        return _checked(self.request, lambda value: schema.check(kind, value))

    def action(self, **kinds: str) -> dict[str, Any]:
        """The body of an action, whose parameters have types but no name together."""

        def check(value: dict[str, Any]) -> None:
            for key, item in value.items():
                if key not in kinds:
                    raise schema.Unlike(key, "is no parameter of the action")
                schema.check(kinds[key], item, key)

        return _checked(self.request, check)


def _checked(request: Request, check: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    if "application/json" not in request.headers.get("content-type", ""):
        raise Refused(415, "RequestBodyRead", "The Content-Type must be application/json.")
    try:
        value = request.json()
        check(value)
    except (ValueError, schema.Unlike) as wrong:
        raise Refused(400, "RequestBodyRead", str(wrong)) from wrong
    return value


Handler = Callable[[World, Call], Answer]


@dataclass(frozen=True)
class Route:
    """Where requests of a method and path go; `role` is the permission, `query` what it may ask."""

    method: str
    path: str
    handler: Handler
    role: str
    query: frozenset[str] = field(default_factory=frozenset)

    def match(self, request: Request) -> Mapping[str, str] | None:
        """The ids in the path, or None."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(f"/v1.0{pattern}", request.path)
        return found.groupdict() if found and request.method == self.method else None


def preferences(request: Request) -> dict[str, str]:
    """The Prefer header by lower-case name; raises `Refused` for what Graph does not know."""
    found = {
        name.lower(): value for name, value in PREFERENCE.findall(request.headers.get("prefer", ""))
    }
    for name in found.keys() - PREFERENCES:
        raise Refused(400, "ErrorInvalidRequest", f"Prefer: {name} is not known here.")
    # Graph itself would answer without; ids that change are what the simulator must not allow.
    if found.get("idtype") != "ImmutableId":
        raise Refused(400, "ErrorInvalidRequest", 'Prefer: IdType="ImmutableId" is missing.')
    try:
        times.zone(found.get("outlook.timezone", "UTC"))
    except times.UnknownZone as unknown:
        raise Refused(400, "TimeZoneNotSupportedException", str(unknown)) from unknown
    return found


def allowed(route: Route, granted: set[str]) -> bool:
    """Whether the application may go there; who may write may read."""
    return bool({route.role, route.role.replace(".Read", ".ReadWrite")} & granted)


def unknown_query(route: Route, request: Request) -> None:
    """Refuse a query parameter that the route does not know."""
    for name in request.query.keys() - route.query:
        raise Refused(400, "BadRequest", f"The query parameter {name} is not allowed here.")
