"""The documentation of the API, made from its OpenAPI document: works without JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from config.api import examples, kinds
from config.api.document import described
from config.api.kinds import Field, Piece, Told
from config.api.problems import BARE
from events.kernel.errors import DomainError, Missing
from events.people.tokens.scopes import SCOPES

Json = dict[str, Any]
SLOT = re.compile(r"%\((\w+)\)s")
TAGS = (
    "events", "registrations", "people", "network", "attendance", "certificates", "exports",
    "recordings", "connections", "jobs",
)  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    more: str
    scope: str
    public: bool
    fields: tuple[Field, ...]
    body: str
    call: str
    answer: str
    answers_with: tuple[Piece, ...]
    statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Refusal:
    """A code of a refusal, with its status and sentence."""

    code: str
    status: int
    sentence: str


@cache
def operations(tag: str) -> tuple[Operation, ...]:
    """The operations of a chapter, in the order of the document."""
    return tuple(
        _operation(method, path, one)
        for path, methods in described()["paths"].items()
        for method, one in methods.items()
        if tag in one["tags"]
    )


def _operation(method: str, path: str, one: Json) -> Operation:
    body = examples.body_of(one)
    return Operation(
        name=one["operationId"], method=method.upper(), path=path, summary=one["summary"],
        more=one.get("description", ""), scope=one["x-scope"], public={} in one["security"],
        fields=tuple(_fields(one)), body=body, call=examples.call_of(method, path, one),
        answer=examples.answer_of(one), answers_with=_answers_with(one),
        statuses=tuple((status, told["description"]) for status, told in one["responses"].items()),
    )  # fmt: skip


def _fields(one: Json) -> Iterator[Field]:
    for found in one["parameters"]:
        schema = found["schema"]
        said = found.get("description", "") or kinds.said_of(schema)
        needed = found.get("required", False)
        yield Field(found["name"], found["in"], kinds.kind_of(schema), needed, said)
    yield from kinds.fields_of(examples.schema_of(one.get("requestBody")), "body")


def _answers_with(one: Json) -> tuple[Piece, ...]:
    """The shape of the good answer; nothing for a file."""
    for status, told in one["responses"].items():
        content = told.get("content", {})
        if status.startswith("2") and examples.JSON_TYPE in content:
            return kinds.kind_of(content[examples.JSON_TYPE]["schema"])
    return ()


@cache
def shapes(tag: str) -> tuple[Told, ...]:
    """The shapes a chapter names, in bodies and good answers, by name."""
    return kinds.shapes_of(
        one for methods in described()["paths"].values() for one in methods.values()
        if tag in one["tags"]
    )  # fmt: skip


def refusals() -> list[Refusal]:
    """Every code a refusal can have, by code."""
    found = {code: Refusal(code, status, gettext(text)) for status, (code, text) in BARE.items()}
    kinds: list[type[DomainError]] = [DomainError]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found[kind.code] = Refusal(kind.code, kind.status, slotted(gettext(kind.sentence)))
    return [found[code] for code in sorted(found)]


def slotted(sentence: str) -> str:
    """A sentence with its placeholders as people read them: `{name}`."""
    return SLOT.sub(r"{\1}", sentence).replace("%%", "%")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to call the API, and its chapters."""
    chapters = [(tag, operations(tag)) for tag in TAGS]
    scopes = [(code, said) for code, said in SCOPES.items()]
    return render(request, "api/guide.html", {"chapters": chapters, "scopes": scopes})


@require_safe
def chapter(request: HttpRequest, tag: str) -> HttpResponse:
    """The operations of one chapter."""
    if tag not in TAGS:
        raise Missing
    return render(
        request,
        "api/chapter.html",
        {"tag": tag, "operations": operations(tag), "shapes": shapes(tag)},
    )


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """All codes of refusals."""
    return render(request, "api/errors.html", {"refusals": refusals()})
