"""Which method of Google's descriptions a request calls, and whether it may be called so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from integrations.simulators.google import discovery
from integrations.simulators.google.calls import Refused
from integrations.simulators.messages import Request

YES_OR_NO = ("true", "false")


@dataclass(frozen=True)
class Route:
    """A method with the pattern of its path."""

    api: str
    pattern: re.Pattern[str]
    method: Mapping[str, Any]


def _methods(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


def _pattern(base: str, path: str) -> re.Pattern[str]:
    names = re.sub(r"\\\{\\?\+?(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
    return re.compile(re.escape(base) + names)


@lru_cache
def table() -> tuple[Route, ...]:
    """Every method of the three interfaces."""
    return tuple(
        Route(api, _pattern("/" + known["servicePath"], one.get("flatPath", one["path"])), one)
        for api in discovery.VERSIONS
        for known in [discovery.document(api)]
        for one in _methods(known)
    )


def find(request: Request) -> tuple[Route, dict[str, str]]:
    """The route of a request and the values in its path; refused when there is none."""
    for route in table():
        found = route.pattern.fullmatch(request.path)
        if found and route.method["httpMethod"] == request.method:
            return route, found.groupdict()
    raise Refused(404, "notFound", f"No such address: {request.line}")


def api_of(path: str) -> str:
    """Which interface a path belongs to, for the wording of refusals."""
    if path.startswith(("/token", "/o/oauth2")):
        return "token"
    return "meet" if path.startswith("/v2/") else path.split("/")[1]


def check(route: Route, request: Request) -> None:
    """Refuse unknown parameters and unknown or misshapen keys of the body, by name."""
    known = {**discovery.document(route.api)["parameters"], **route.method.get("parameters", {})}
    for name, value in request.query.items():
        _check_parameter(known.get(name), name, value)
    if not request.body:
        return
    if "request" not in route.method:
        raise Refused(400, "badRequest", "This method takes no body")
    nulls = route.method["httpMethod"] == "PATCH"
    found = list(
        discovery.complaints(route.api, route.method["request"], request.json(), nulls=nulls)
    )
    if found:
        raise Refused(400, "badRequest", "; ".join(found))


def _check_parameter(schema: Mapping[str, Any] | None, name: str, value: str) -> None:
    if schema is None:
        raise Refused(400, "badRequest", f"{name}: unknown parameter")
    wrong = {
        "boolean": value not in YES_OR_NO,
        "integer": not re.fullmatch(r"\d+", value),
    }.get(schema["type"], "enum" in schema and value not in schema["enum"])
    if wrong:
        raise Refused(400, "invalidParameter", f"{name}: {value!r} is no {schema['type']}")
