"""The types that bodies and answers of the API are made of."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    model_validator,
)
from pydantic_core import PydanticCustomError

from events.kernel.zones import wall

ROOT = "/api/v1"
BIGGEST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 2000, 2100
WALL = re.compile(
    r"(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"
    r"(?P<offset>(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2}))?"
)


def holds_null(value: object) -> bool:
    """Whether any text inside contains a null character, which no column can hold."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(holds_null(key) or holds_null(item) for key, item in value.items())
    return isinstance(value, list | tuple) and any(holds_null(item) for item in value)


WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.{0,30})?")


def _text(value: object) -> object:
    """Days and instants come as text; a number is refused rather than read as seconds."""
    if isinstance(value, date) or (isinstance(value, str) and WRITTEN.fullmatch(value)):
        return value
    raise PydanticCustomError("date_form", "day or instant")


def _sensible(value: date) -> date:
    if FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise PydanticCustomError("year_out_of_range", "year")


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise PydanticCustomError("offset_missing", "offset")
    return value.astimezone(UTC)


EXAMPLES: dict[str, str] = {}


def written_like(example: str, pattern: str) -> Any:
    """The form of a text; whoever writes it otherwise is shown the example, not the pattern."""
    EXAMPLES[pattern] = example
    return Field(pattern=pattern, examples=[example])


def _wall(value: object) -> object:
    """Say what is wrong with a time before its pattern does."""
    if not isinstance(value, str):
        return value
    if not (parts := WALL.fullmatch(value)):
        raise PydanticCustomError("wall_form", "wall clock")
    if parts["offset"]:
        raise PydanticCustomError("wall_offset", "wall clock")
    if not FIRST_YEAR <= int(parts["year"]) <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "year")
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("wall_unknown", "wall clock") from error
    return value


Id = Annotated[int, Field(ge=1, le=BIGGEST, examples=[42])]
BodyId = Annotated[int, Strict(), Field(ge=1, le=BIGGEST, examples=[42])]
Flag = Annotated[bool, Strict()]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Note = Annotated[str, Field(max_length=300)]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most in this answer.")]
Cursor = Annotated[
    str, Field(max_length=600, description="Where to go on: comes with `next` of an answer.")
]
Search = Annotated[str, Field(max_length=80, description="Words that must all be found.")]
Code = Annotated[str, written_like("teachmeet", "^[a-z0-9_-]{1,40}$")]
CountryCode = Annotated[str, written_like("HR", "^[A-Z]{2}$")]
Tongue = Annotated[str, Field(max_length=12), written_like("hr", "^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
ZoneName = Annotated[str, Field(min_length=1, max_length=60, examples=["Europe/Zagreb"])]
Handle = Annotated[str, written_like("7K4PQM2X9T", "^[0-9A-Z]{8,16}$")]
Day = Annotated[
    date, BeforeValidator(_text), AfterValidator(_sensible), Field(examples=["2026-11-26"])
]
Instant = Annotated[
    datetime, BeforeValidator(_text), AfterValidator(_sensible), AfterValidator(_aware),
    Field(examples=["2026-11-26T15:30:00Z"]),
]  # fmt: skip

Wall = Annotated[
    str,
    Field(
        pattern=r"^(20[0-9]{2}|2100)-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$",
        description="The clock on the wall where it takes place, without an offset.",
        examples=["2026-11-26T16:30"],
    ),
    BeforeValidator(_wall),
]


class Wanted(BaseModel):
    """A body: unknown fields and null characters are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        if holds_null(data):
            raise PydanticCustomError("null_character", "null")
        return data


class Shape(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Moment(Shape):
    """An instant as UTC, and as the clock on the wall shows it in a zone."""

    utc: datetime = Field(examples=["2026-11-26T15:30:00Z"])
    wall: str = Field(examples=["2026-11-26T16:30"])
    zone: str = Field(examples=["Europe/Zagreb"])

    @classmethod
    def of(cls, at: datetime, zone: str) -> "Moment":
        """An aware instant in an IANA zone."""
        return cls(
            utc=at.astimezone(UTC), wall=wall(at, zone).isoformat(timespec="minutes"), zone=zone
        )


Item = TypeVar("Item")


class Page(Shape, Generic[Item]):
    """A piece of a list, and the address of the next piece (null at the end)."""

    items: list[Item]
    next: str | None


class List(Shape, Generic[Item]):
    """A whole list that is short by nature."""

    items: list[Item]


class Done(Shape):
    """A deed without anything more to say."""

    done: bool = True


def link(*parts: object) -> str:
    """The path of a resource, as in `link("events", 42)`."""
    return "/".join([ROOT, *map(str, parts)])
