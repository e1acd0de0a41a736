"""The shape of the table that says who reacts to which fact (`config/wiring.py`)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string

Save = Callable[[], None]
Handler = Callable[..., Save | None]
LaneOf = Callable[[Any], str]


@dataclass(frozen=True)
class React:
    """When `fact` happened, call `handler` (a dotted path) as `handler(fact, at=…)`.

    `inner`: effect and "done" share one short transaction. `outer`: no transaction is open during
    the call; what it returns is called afterwards, in the transaction that marks the work done.
    `lane` gives a key: work of one lane runs one at a time, in order. `hold` delays by seconds.
    """

    fact: type
    handler: str
    how: Literal["inner", "outer"] = "inner"
    lane: LaneOf | None = None
    hold: int = 0


@dataclass(frozen=True)
class Chore:
    """A regular task: `task` (a dotted path) is called as `task(at=…)` every `seconds`."""

    name: str
    task: str
    seconds: int


@cache
def reactions() -> Mapping[str, tuple[React, ...]]:
    """All reactions, by the kind of fact."""
    table: dict[str, list[React]] = {}
    for react in _wiring("REACTIONS"):
        table.setdefault(react.fact.__name__, []).append(react)
    return {kind: tuple(items) for kind, items in table.items()}


@cache
def by_handler() -> Mapping[tuple[str, str], React]:
    """The reaction for a kind of fact and a handler's dotted path."""
    return {(kind, item.handler): item for kind, items in reactions().items() for item in items}


def chores() -> Iterable[Chore]:
    """The regular chores of every room."""
    chores: Iterable[Chore] = _wiring("CHORES")
    return chores


def job_step(kind: str) -> Callable[..., bool]:
    """The function that carries a job of that kind one step further."""
    step: Callable[..., bool] = import_string(_wiring("JOBS")[kind])
    return step


def job_kinds(*, long: bool | None) -> list[str]:
    """The kinds of jobs whose steps run for minutes, the others, or all (None)."""
    lasting = _wiring("LONG_JOBS")
    return [kind for kind in _wiring("JOBS") if long is None or (kind in lasting) == long]


def revive(react: React, body: Mapping[str, object]) -> object:
    """The fact as its dataclass; fields that the class no longer knows are dropped."""
    known = {item.name for item in fields(react.fact)}
    return react.fact(**{name: value for name, value in body.items() if name in known})


def call(react: React, body: Mapping[str, object], *, at: datetime) -> Save | None:
    """Call the handler of a reaction."""
    handler: Handler = import_string(react.handler)
    return handler(revive(react, body), at=at)


def _wiring(table: str) -> Any:
    return getattr(import_module(settings.KOLEGA_WIRING), table)
