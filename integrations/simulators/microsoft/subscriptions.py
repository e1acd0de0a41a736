"""Subscriptions to changes: made after a handshake, renewed, ended, and their notices delivered."""

import re
import uuid
from datetime import timedelta
from typing import Any

import requests

from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import answers, schema, times
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.calls import Call, Route
from integrations.simulators.microsoft.world import CLIENT, World

Json = dict[str, Any]
ROLE = "Calendars.Read"
SHORTEST = timedelta(minutes=45)
WRITABLE = frozenset({
    "changeType", "notificationUrl", "lifecycleNotificationUrl", "resource",
    "expirationDateTime", "clientState", "latestSupportedTlsVersion",
})  # fmt: skip
HIDDEN = "clientState"
LONGEST_STATE = 128
RESOURCE = re.compile(r"/?users/([^/]+)/events")


def create(world: World, call: Call) -> Answer:
    """POST /subscriptions: both addresses must echo a token before it stands."""
    values = call.body("Subscription")
    for name in values.keys() - WRITABLE:
        raise Refused(400, "InvalidRequest", f"{name} cannot be set.")
    for name in ("changeType", "notificationUrl", "resource", "expirationDateTime"):
        if name not in values:
            raise Refused(400, "InvalidRequest", f"{name} is required.")
    if len(values.get("clientState") or "") > LONGEST_STATE:
        raise Refused(400, "InvalidRequest", "clientState is longer than 128 characters.")
    _known_mailbox(world, values["resource"])
    expires = _expiry(world, values["expirationDateTime"])
    _not_twice(world, values)
    for name in ("notificationUrl", "lifecycleNotificationUrl"):
        if values.get(name):
            _handshake(world, values[name])
    made = {
        **values, "id": str(uuid.uuid4()), "applicationId": CLIENT, "expirationDateTime": expires,
    }  # fmt: skip
    world.subscriptions[made["id"]] = made
    return answers.one("Subscription", made, 201)


def _known_mailbox(world: World, resource: str) -> None:
    match = RESOURCE.fullmatch(resource)
    if match is None:
        raise Refused(400, "InvalidRequest", "The resource is not known here.")
    if world.mailbox(match[1]) is None:
        raise Refused(404, "ErrorInvalidUser", "The requested user is invalid.")


def _expiry(world: World, text: str) -> str:
    try:
        wished = times.instant(text)
    except ValueError as wrong:
        raise Refused(400, "InvalidRequest", str(wrong)) from wrong
    if wished > world.clock() + world.switches.longest:
        most = int(world.switches.longest.total_seconds() // 60)
        message = f"Subscription expiration can only be {most} minutes in the future."
        raise Refused(400, "ExtensionError", message)
    if wished <= world.clock():
        raise Refused(400, "InvalidRequest", "Subscription expiration must be in the future.")
    return times.stamp(max(wished, world.clock() + SHORTEST))


def _not_twice(world: World, values: Json) -> None:
    same = [
        item for item in world.subscriptions.values()
        if (item["resource"], item["notificationUrl"])
        == (values["resource"], values["notificationUrl"])
    ]  # fmt: skip
    if same and world.switches.refuses_duplicates:
        raise Refused(409, "Conflict", "A subscription with the same values exists.")


def _handshake(world: World, address: str) -> None:
    token = f"Validation: Testing client application reachability & <{uuid.uuid4()}>"
    try:
        said = requests.post(
            address, params={"validationToken": token}, data=b"",
            timeout=world.switches.handshake_seconds,
        )  # fmt: skip
    except requests.RequestException as failed:
        message = "Subscription validation request failed. Could not reach the address."
        raise Refused(400, "ValidationError", message) from failed
    plain = said.headers.get("Content-Type", "").startswith("text/plain")
    if said.status_code != requests.codes.ok or said.text != token or not plain:
        message = "Subscription validation request failed. Must respond with 200 and the token."
        raise Refused(400, "ValidationError", message)


def _found(world: World, call: Call) -> Json:
    item = world.subscriptions.get(call.ids["subscription"])
    if item is None or times.instant(item["expirationDateTime"]) <= world.clock():
        raise Refused(404, "ResourceNotFound", "The object was not found.")
    return item


def _shown(item: Json) -> Json:
    return {**item, HIDDEN: None}


def many(world: World, _: Call) -> Answer:
    """GET /subscriptions: all of this application that still run."""
    running = [
        _shown(item) for item in world.subscriptions.values()
        if times.instant(item["expirationDateTime"]) > world.clock()
    ]  # fmt: skip
    return answers.many("Subscription", running)


def read(world: World, call: Call) -> Answer:
    """GET /subscriptions/{id}."""
    return answers.one("Subscription", _shown(_found(world, call)))


def renew(world: World, call: Call) -> Answer:
    """PATCH /subscriptions/{id}: only the end may be moved."""
    item, values = _found(world, call), call.body("Subscription")
    for name in values.keys() - {"expirationDateTime"}:
        raise Refused(400, "InvalidRequest", f"{name} cannot be changed.")
    item["expirationDateTime"] = _expiry(world, values["expirationDateTime"])
    return answers.one("Subscription", _shown(item))


def delete(world: World, call: Call) -> Answer:
    """DELETE /subscriptions/{id}."""
    del world.subscriptions[_found(world, call)["id"]]
    return Answer(204)


def deliver(address: str, notices: list[Json]) -> int:
    """Post notices to an address; returns the status of its answer."""
    body = {"value": notices}
    schema.check("ChangeNotificationCollection", body)
    return requests.post(address, json=body, timeout=10).status_code


_ONE = "/subscriptions/{subscription}"
ROUTES = (
    Route("POST", "/subscriptions", create, ROLE),
    Route("GET", "/subscriptions", many, ROLE),
    Route("GET", _ONE, read, ROLE),
    Route("PATCH", _ONE, renew, ROLE),
    Route("DELETE", _ONE, delete, ROLE),
)
