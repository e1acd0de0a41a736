"""Which functions write letters, as their source says, and which of them wrote one."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.conf import settings

from events.backstage.post import Draft
from events.notices import sheets
from tests.everypage.pseudo import APPS

# A letter has a constant kind where one of these is called.
DRAW = {"draft", "drafted", "_drafted", "_queue"}
DEEP = 6


@dataclass(frozen=True, order=True)
class Writer:
    """A function that writes letters of one kind or several."""

    module: str
    name: str


def writers() -> dict[Writer, set[str]]:
    """Every function that draws a letter, with the kinds it names; read from the source."""
    found: dict[Writer, set[str]] = {}
    for app in APPS:
        for file in (settings.BASE_DIR / app).rglob("*.py"):
            if "migrations" not in file.parts:
                module = ".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts)
                for function, kind in _kinds(file.read_text(encoding="utf-8")):
                    found.setdefault(Writer(module, function), set()).add(kind)
    return found


def _kinds(source: str) -> Iterator[tuple[str, str]]:
    for one in ast.walk(ast.parse(source)):
        if isinstance(one, ast.FunctionDef):
            named = {
                target.id: _texts(line.value)
                for line in ast.walk(one)
                if isinstance(line, ast.Assign)
                for target in line.targets
                if isinstance(target, ast.Name)
            }
            for call in ast.walk(one):
                if isinstance(call, ast.Call) and _name(call) in DRAW:
                    yield from ((one.name, kind) for kind in _of(call, named))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _of(call: ast.Call, named: dict[str, list[str]]) -> list[str]:
    for given in call.keywords:
        if given.arg == "kind":
            if isinstance(given.value, ast.Name):
                return named.get(given.value.id, [])
            return _texts(given.value)
    return []


def _texts(value: ast.expr) -> list[str]:
    """The texts an expression can be: itself, or both sides of a choice."""
    if isinstance(value, ast.IfExp):
        return [*_texts(value.body), *_texts(value.orelse)]
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []


@dataclass
class Written:
    """Every letter that was drawn, and everything that had a hand in it with the letter's kind."""

    drafts: list[Draft] = field(default_factory=list)
    by: set[tuple[Writer, str]] = field(default_factory=set)


@contextmanager
def watched() -> Iterator[Written]:
    """Within it every letter that is drawn is put down, before what lets somebody in is wiped."""
    seen = Written()
    draw = sheets.draft

    def watching(sheet, *, kind, **more):
        frame = sys._getframe(1)
        for _ in range(DEEP):
            if frame is None:
                break
            writer = Writer(frame.f_globals.get("__name__", ""), frame.f_code.co_name)
            seen.by.add((writer, kind))
            frame = frame.f_back
        seen.drafts.append(draw(sheet, kind=kind, **more))
        return seen.drafts[-1]

    with mock.patch.object(sheets, "draft", watching):
        yield seen
