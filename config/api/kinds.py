"""The shapes a chapter of the documentation names: fields, types and meaning, with links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from config.api.document import described

Json = dict[str, Any]
BOUNDS = {
    "minLength": "at least {} characters", "maxLength": "at most {} characters",
    "minimum": "from {}", "maximum": "up to {}", "minItems": "at least {} items",
    "maxItems": "at most {} items",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A part of a type's name; `shape` is the shape it names, if any."""

    text: str
    shape: str = ""


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a body or shape."""

    name: str
    where: str
    kind: tuple[Piece, ...]
    needed: bool
    said: str


@dataclass(frozen=True)
class Told:
    """One shape as its section shows it."""

    name: str
    title: str
    said: str
    fields: tuple[Field, ...]


def schemas() -> dict[str, Json]:
    """All shapes of the document, by name."""
    found: dict[str, Json] = described()["components"]["schemas"]
    return found


def _name(schema: Json) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def kind_of(schema: Json) -> tuple[Piece, ...]:
    """The type of a value in a few words, with the shapes it names."""
    if "$ref" in schema:
        name = _name(schema)
        return (Piece(str(schemas()[name].get("title", name)), name),)
    if options := schema.get("anyOf"):
        found = list(kind_of(options[0]))
        for one in options[1:]:
            found += [Piece(" | "), *kind_of(one)]
        return tuple(found)
    if values := schema.get("enum"):
        return (Piece(" | ".join(map(str, values))),)
    if schema.get("type") == "array":
        return (Piece("list of "), *kind_of(schema.get("items", {})))
    inside = schema.get("additionalProperties")
    if isinstance(inside, dict):
        return (Piece("names to "), *kind_of(inside))
    return (Piece(str(schema.get("format") or schema.get("type") or schema.get("const", "any"))),)


def said_of(schema: Json) -> str:
    """What a value means and may be, in a few words."""
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    bounds = [
        text.format(options[0][name])
        for name, text in BOUNDS.items()
        if name in options[0] and len(options) == 1 and options[0][name] < 2**63 - 1
    ]
    example = next(iter(options[0].get("examples", ())), None) if len(options) == 1 else None
    shown = f"as {example}" if isinstance(example, str | int) else ""
    limits = "; ".join(filter(None, [*bounds, shown]))
    return " ".join(filter(None, [schema.get("description", ""), f"({limits})" if limits else ""]))


def fields_of(schema: Json, where: str = "") -> Iterator[Field]:
    """The fields of an object."""
    for name, inside in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        yield Field(name, where, kind_of(inside), needed, said_of(inside))


def shapes_of(operations: Iterable[Json]) -> tuple[Told, ...]:
    """Every shape that bodies and good answers of operations name, also inside others, by name."""
    found: set[str] = set()
    for one in operations:
        _gather(one.get("requestBody", {}), found)
        for status, answer in one["responses"].items():
            if status.startswith("2"):
                _gather(answer, found)
    return tuple(_told(name) for name in sorted(found))


def _gather(value: object, found: set[str]) -> None:
    if isinstance(value, dict):
        if "$ref" in value and (name := _name(value)) not in found:
            found.add(name)
            _gather(schemas()[name], found)
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            _gather(one, found)


def _told(name: str) -> Told:
    schema = schemas()[name]
    return Told(
        name, schema.get("title", name), schema.get("description", ""), tuple(fields_of(schema))
    )
