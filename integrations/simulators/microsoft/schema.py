"""Requests and answers held against the types that Microsoft publishes for Graph.

`graph_types.json` is made from the npm package it names by `tests/peers/graph_types.mjs`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TABLE: Mapping[str, Any] = json.loads(
    Path(__file__).with_name("graph_types.json").read_text(encoding="utf-8")
)
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "number": (int, float), "any": object, "unknown": object,
}  # fmt: skip


class Unlike(Exception):
    """Something that the published types do not know; `where` names the place."""

    def __init__(self, where: str, what: str) -> None:
        """Take the path of the property and what is wrong with it."""
        super().__init__(f"{where}: {what}")


def check(kind: str, value: object, where: str = "") -> None:
    """Raise `Unlike` where a value is not of a published type, such as `Event` or `string[]?`."""
    where = where or kind
    if value is None:
        if not kind.endswith("?"):
            raise Unlike(where, "must not be null")
        return
    bare = kind.removesuffix("?")
    if bare.endswith("[]"):
        _check_list(bare.removesuffix("[]"), value, where)
    elif bare in TABLE["types"]:
        _check_object(bare, value, where)
    elif bare in TABLE["enums"]:
        if value not in TABLE["enums"][bare]:
            raise Unlike(where, f"{value!r} is not one of {bare}")
    else:
        _check_plain(bare, value, where)


def _check_list(kind: str, value: object, where: str) -> None:
    if not isinstance(value, list):
        raise Unlike(where, "must be a list")
    for number, item in enumerate(value):
        check(kind, item, f"{where}[{number}]")


def _check_object(kind: str, value: object, where: str) -> None:
    if not isinstance(value, dict):
        raise Unlike(where, f"must be an object of type {kind}")
    known = TABLE["types"][kind]
    if not known:
        return  # published without properties: anything may stand there
    for key, item in value.items():
        # Annotations of OData, such as @odata.etag, belong to no type.
        if "@" in key:
            continue
        if key not in known:
            raise Unlike(f"{where}.{key}", f"is no property of {kind}")
        check(known[key], item, f"{where}.{key}")


def _check_plain(kind: str, value: object, where: str) -> None:
    expected = _PLAIN.get(kind)
    if expected is None:
        raise Unlike(where, f"the type {kind} is not in the table")
    if not isinstance(value, expected) or (kind == "number" and isinstance(value, bool)):
        raise Unlike(where, f"must be a {kind}")
