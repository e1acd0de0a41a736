"""Facts that go into a JSON column and come back equal, and what is refused on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar

UNITS = (45, 60)
ROLES = (
    "participant",
    "presenter",
    "organiser",
    "host",
    "observer",
    "observed",
    "mentor",
    "mentee",
    "facilitator",
)

Json = dict[str, Any]
_Built = TypeVar("_Built")


class FactsWrong(ValueError):
    """Facts that contradict themselves or cannot be read; a bug of the caller, not of a person."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Facts that go into a JSON column and come back equal; `KIND` tells one shape from another."""

    KIND: ClassVar[str]

    def to_dict(self) -> Json:
        """The facts as plain JSON values, with their kind and version under `format`."""
        values = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {"format": self.KIND, **values}


def demand(holds: object, what: str) -> None:
    """Raise FactsWrong naming what does not hold."""
    if not holds:
        raise FactsWrong(what)


def aware(*instants: datetime) -> bool:
    """Whether all instants have a zone."""
    return all(each.tzinfo is not None for each in instants)


def _plain(value: object) -> object:
    if isinstance(value, Stored):
        return value.to_dict()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def opened(stored: Mapping[str, Any], kind: str) -> Json:
    """The stored values without their format; raises FactsWrong for another kind."""
    demand(stored.get("format") == kind, "format")
    return {name: value for name, value in stored.items() if name != "format"}


def instant_in(values: Json, name: str) -> datetime:
    """The instant stored under a name, in UTC; raises FactsWrong."""
    try:
        return datetime.fromisoformat(values[name]).astimezone(UTC)
    except (KeyError, TypeError, ValueError) as error:
        raise FactsWrong(name) from error


def day_in(values: Json, name: str) -> date:
    """The date stored under a name; raises FactsWrong."""
    try:
        return date.fromisoformat(values[name])
    except (KeyError, TypeError, ValueError) as error:
        raise FactsWrong(name) from error


def days_in(values: Json, name: str) -> tuple[date, ...]:
    """The dates stored under a name, none where nothing is stored; raises FactsWrong."""
    try:
        return tuple(date.fromisoformat(each) for each in values.get(name, ()))
    except (TypeError, ValueError) as error:
        raise FactsWrong(name) from error


def built(cls: type[_Built], values: Json) -> _Built:
    """The record of these values; raises FactsWrong where fields are missing or unknown."""
    try:
        return cls(**values)
    except TypeError as error:
        raise FactsWrong("fields") from error
