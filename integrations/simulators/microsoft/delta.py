"""calendarView/delta: rounds of pages, bound to their window, whose places can be forgotten."""

import uuid
from typing import Any
from urllib.parse import quote

from integrations.simulators.messages import Answer
from integrations.simulators.microsoft import answers, times
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.calls import Call, Route
from integrations.simulators.microsoft.rendering import shown, touches
from integrations.simulators.microsoft.world import Event, Mailbox, World

Json = dict[str, Any]
STARTS = ("startDateTime", "endDateTime")
TOKENS = ("$deltatoken", "$skiptoken")


def delta(world: World, call: Call) -> Answer:
    """GET …/calendarView/delta: a first round with a window, later ones with a token."""
    query = call.request.query
    if set(query) == set(STARTS):
        try:
            window = [times.stamp(times.instant(query[name])) for name in STARTS]
        except ValueError as wrong:
            raise Refused(400, "ErrorInvalidParameter", str(wrong)) from wrong
        rows = _whole(world, call, window)
        return _page(world, call, {"window": window, "since": call.box.ticks, "rows": rows})
    if len(query) != 1 or not set(query) <= set(TOKENS):
        raise Refused(400, "ErrorInvalidUrlQuery", "A window or a token, not both.")
    state = world.cursors.get(next(iter(query.values())))
    if state is None or state["mailbox"] != call.box.person:
        raise Refused(410, "SyncStateNotFound", "The sync state generation is not found.")
    if "$skiptoken" in query:
        return _page(world, call, state)
    rows = _since(world, call, state["window"], state["since"])
    return _page(world, call, {**state, "since": call.box.ticks, "rows": rows})


def _page(world: World, call: Call, state: Json) -> Answer:
    size = min(int(call.prefer.get("odata.maxpagesize", 10)), world.switches.largest_page)
    rows, rest = state["rows"][:size], state["rows"][size:]
    name = TOKENS[1] if rest else TOKENS[0]
    token = uuid.uuid4().hex
    world.cursors[token] = {**state, "mailbox": call.box.person, "rows": rest}
    link = f"{world.switches.link_host or world.url}{quote(call.request.path)}?{name}={token}"
    return answers.many("Event", rows, **{"nextLink" if rest else "deltaLink": link})


def _whole(world: World, call: Call, window: list[str]) -> list[Json]:
    rows = [
        shown(world, call.box, event, call.zone)
        for event in call.box.events.values()
        if touches(event, window[0], window[1])
    ]
    return _doubled(world, call, rows)


def _since(world: World, call: Call, window: list[str], since: int) -> list[Json]:
    box = call.box
    later = [event for event in box.events.values() if event.changed > since]
    inside = [event for event in later if touches(event, window[0], window[1])]
    rows = [shown(world, box, event, call.zone) for event in inside]
    outside = [event.event_id for event in later if event not in inside]
    return [*_doubled(world, call, rows), *_gone(box, since, outside)]


def _doubled(world: World, call: Call, rows: list[Json]) -> list[Json]:
    """Where the switch is on, what an event was before comes first: the last one wins."""
    if not world.switches.repeats:
        return rows
    older = [_older(call.box, row["id"]) for row in rows]
    return [*(shown(world, call.box, item, call.zone) for item in older if item), *rows]


def _older(box: Mailbox, name: str) -> Event | None:
    return box.events[name].older


def _gone(box: Mailbox, since: int, outside: list[str]) -> list[Json]:
    names = [name for name, tick in box.gone.items() if tick > since]
    return [
        {"@odata.type": "#microsoft.graph.event", "id": name, "@removed": {"reason": "deleted"}}
        for name in [*names, *outside]
    ]


ROUTES = (
    Route(
        "GET", "/users/{user}/calendarView/delta", delta, "Calendars.Read",
        frozenset({*STARTS, *TOKENS}),
    ),
)  # fmt: skip
