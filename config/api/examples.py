"""Examples and types of the OpenAPI document, as people read them."""

import json
from typing import Any

from config.api.document import described

Json = dict[str, Any]
DEEPEST = 4
JSON_TYPE = "application/json"
PLAIN: dict[str, Any] = {
    "integer": 42,
    "number": 1.5,
    "boolean": True,
    "string": "text",
    "null": None,
}
FORMATS = {
    "date": "2026-11-26", "date-time": "2026-11-26T15:30:00Z",
    "uuid": "3f2b8c1e-7d54-4a6b-9c0d-5e8f7a6b1c2d", "binary": "…",
}  # fmt: skip


def resolved(schema: Json) -> Json:
    """A schema with its reference followed."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    found: Json = described()["components"]["schemas"][name]
    return found


def schema_of(content: Json | None) -> Json:
    """The schema of a body or answer; empty when there is none."""
    for media in (content or {}).get("content", {}).values():
        return resolved(media["schema"])
    return {}


def example_of(schema: Json, *, depth: int = 0) -> Any:
    """A value that fits a schema; what nests too deeply is left out."""
    schema = resolved(schema)
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    if "const" in schema:
        return schema["const"]
    if options := schema.get("anyOf"):
        return example_of(options[0], depth=depth)
    return _made(schema, depth)


def _made(schema: Json, depth: int) -> Any:
    kind = schema.get("type", "string")
    if kind == "object":
        inside = schema.get("properties", {}) if depth < DEEPEST else {}
        return {name: example_of(one, depth=depth + 1) for name, one in inside.items()}
    if kind == "array":
        return [example_of(schema["items"], depth=depth + 1)] if depth < DEEPEST else []
    return FORMATS.get(schema.get("format", ""), PLAIN.get(kind))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def body_of(operation: Json) -> str:
    """An example of the body; nothing where there is none, or where it is a file."""
    content = operation.get("requestBody")
    if content is None or JSON_TYPE not in content["content"]:
        return ""
    return _written(example_of(schema_of(content)))


def answer_of(operation: Json) -> str:
    """An example of the good answer, when it is JSON."""
    for status, told in operation["responses"].items():
        if status.startswith("2") and JSON_TYPE in told.get("content", {}):
            return _written(example_of(schema_of(told)))
    return ""


def call_of(method: str, path: str, operation: Json) -> str:
    """The call as one types it."""
    lines = [f'curl -X {method.upper()} "$KOLEGA{path}" -H "Authorization: Bearer $TOKEN"']
    names = {one["name"] for one in operation["parameters"]}
    if "Idempotency-Key" in names:
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if "If-Match" in names:
        lines.append("-H 'If-Match: \"…\"'")
    body = body_of(operation)
    if body:
        lines.append('-H "Content-Type: application/json" --data @body.json')
    elif "requestBody" in operation:
        lines.append("-F file=@report.csv")
    return " \\\n  ".join(lines)
