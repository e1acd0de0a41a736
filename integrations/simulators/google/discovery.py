"""Google's own descriptions of its interfaces, and whether a value is what they say."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from googleapiclient import discovery_cache

VERSIONS = {"calendar": "v3", "meet": "v2", "drive": "v3"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "object": dict, "array": list, "any": object,
}  # fmt: skip


class NotAsDescribed(AssertionError):
    """An answer of the simulator that Google's description does not know."""


@lru_cache
def document(api: str) -> dict[str, Any]:
    """The discovery document that google-api-python-client carries."""
    found: dict[str, Any] = json.loads(discovery_cache.get_static_doc(api, VERSIONS[api]))
    return found


def complaints(
    api: str, schema: Mapping[str, Any], value: object, where: str = "", *, nulls: bool = False
) -> Iterator[str]:
    """What is wrong with a value, each with its path. `nulls` are fine in a patch."""
    known = document(api)["schemas"][schema["$ref"]] if "$ref" in schema else schema
    if value is None and nulls:
        return
    kind = known.get("type", "any")
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind == "integer"):
        yield f"{where}: expected {kind}"
    elif isinstance(value, dict) and kind == "object":
        yield from _in_object(api, known, value, where, nulls=nulls)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from complaints(api, known["items"], item, f"{where}[{number}]", nulls=nulls)
    elif isinstance(value, str) and not _fits(known, value):
        yield f"{where}: {known.get('format', 'enum')} expected, got {value!r}"


def _in_object(
    api: str, schema: Mapping[str, Any], value: dict[str, Any], where: str, *, nulls: bool
) -> Iterator[str]:
    for key, item in value.items():
        inner = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
        path = f"{where}.{key}" if where else key
        if inner is None:
            yield f"{path}: unknown key"
        else:
            yield from complaints(api, inner, item, path, nulls=nulls)


def _fits(schema: Mapping[str, Any], value: str) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    readers = {
        "int64": lambda text: re.fullmatch(r"-?\d+", text) or int(""),
        "date-time": datetime.fromisoformat,
        "google-datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
    }
    try:
        readers.get(schema.get("format", ""), str)(value)
    except ValueError:
        return False
    return True


def check_answer(api: str, method: Mapping[str, Any], value: object) -> None:
    """Raise `NotAsDescribed` for an answer that Google could not have given."""
    if "response" not in method:
        if value is not None:
            message = f"{method['id']} answers nothing"
            raise NotAsDescribed(message)
        return
    found = list(complaints(api, method["response"], value))
    if found:
        message = f"{method['id']}: {'; '.join(found)}"
        raise NotAsDescribed(message)
