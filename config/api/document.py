"""The OpenAPI document: what django-ninja knows, completed by how each operation is called."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from config.api.meanings import MEANINGS
from config.api.problems import MEDIA, TITLES
from config.api.rooms import api
from events.interface import conditions
from events.interface.operations import Manner
from events.interface.shapes import ROOT

Json = dict[str, Any]
ALWAYS = (400, 401, 403, 404, 422, 429, 500, 503)
WORDS = {
    304: "Not modified", 400: "Unreadable", 401: "Nobody known", 403: "Not allowed",
    404: "Missing, or hidden from you", 409: "Not possible now", 410: "Over", 412: "Changed meanwhile",
    413: "Too long", 415: "Another content type", 422: "Unusable values",
    423: "Busy with it", 428: "If-Match is needed", 429: "Too many calls", 500: "Our fault",
    503: "Away for a moment", 507: "No room",
}  # fmt: skip
PROBLEM: Json = {
    "type": "object",
    "title": "Problem",
    "description": "What was refused and why (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": sorted(TITLES)},
        "code": {"type": "string", "examples": ["missing"]},
        "detail": {"type": "string"},
        "reference": {"type": "string", "description": "For the helpdesk, with faults of ours."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
KEY: Json = {
    "in": "header", "name": "Idempotency-Key", "required": True,
    "description": "A new random value for each deed; sent again, the stored answer comes.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}  # fmt: skip
MATCH: Json = {
    "in": "header", "name": "If-Match", "schema": {"type": "string", "maxLength": 200},
    "description": "The ETag that was read; 412 when the thing has changed since.",
}  # fmt: skip


def _header(text: str) -> Json:
    return {"description": text, "schema": {"type": "string"}}


@cache
def described() -> Json:
    """The whole document as plain values."""
    made: Json = dict(api.get_openapi_schema(path_prefix=f"{ROOT}/"))
    made["servers"] = [{"url": "/"}]
    for methods in made["paths"].values():
        for operation in methods.values():
            _complete(operation)
    for schema in made["components"]["schemas"].values():
        _explain(schema)
    made["components"]["schemas"]["Problem"] = PROBLEM
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An API token."},
        "session": {"type": "apiKey", "in": "cookie", "name": "session",
                    "description": "The session of the pages; writes need X-CSRFToken."},
    }  # fmt: skip
    return made


def _explain(schema: Json) -> None:
    for name, inside in schema.get("properties", {}).items():
        if name in MEANINGS:
            inside.setdefault("description", MEANINGS[name])


def _complete(operation: Json) -> None:
    manner: Manner = operation.pop("x-manner")
    operation["x-scope"] = manner.scope
    for parameter in operation["parameters"]:
        # JSON Schema lists examples, parameters name them; the schema inside keeps them.
        parameter.pop("examples", None)
    operation["security"] = [{"token": []}, {"session": []}, *([{}] if manner.public else [])]
    if manner.keyed:
        operation["parameters"].append(KEY)
    if manner.match:
        operation["parameters"].append({**MATCH, "required": False})
    _good_answers(operation, manner)
    for status in _refusals(operation, manner):
        operation["responses"][str(status)] = _refusal(status)


def _good_answers(operation: Json, manner: Manner) -> None:
    answers = {str(status): value for status, value in operation["responses"].items()}
    operation["responses"] = answers
    for answer in answers.values():
        if manner.file:
            answer["content"] = {manner.file: {"schema": {"type": "string", "format": "binary"}}}
        if manner.cached or manner.match:
            answer.setdefault("headers", {})["ETag"] = _header("Names exactly this answer.")
        if manner.keyed:
            answer.setdefault("headers", {})["Idempotent-Replayed"] = _header(
                "`true` when this is the stored answer."
            )
    if manner.cached:
        answers["304"] = {"description": WORDS[304]}


def _refusals(operation: Json, manner: Manner) -> list[int]:
    found = [*ALWAYS, *manner.refusals]
    if manner.keyed or not (manner.cached or manner.file):
        found += [409]
    if "requestBody" in operation:
        found += [413, 415]
    if manner.match:
        found += [412, *([428] if manner.match == "needed" else [])]
    return sorted(set(found))


def _refusal(status: int) -> Json:
    told: Json = {
        "description": WORDS[status],
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {429, 503}:
        told["headers"] = {"Retry-After": _header("Seconds to wait.")}
    return told


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The document as JSON."""
    text = json.dumps(described(), ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(text.encode(), content_type="application/json")
    answer.headers["Cache-Control"] = "public, no-cache"
    return conditions.unless_known(request, answer)
