"""Files one can read in a sitting, functions one can take in at a glance."""

import ast
from pathlib import Path

from django.conf import settings

PRODUCT = ["config", "events", "recordings", "attendance", "integrations"]


def files() -> list[Path]:
    found = [path for app in PRODUCT for path in (settings.BASE_DIR / app).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def functions() -> list[tuple[int, str]]:
    found = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                found.append(
                    (lines, f"{path.relative_to(settings.BASE_DIR)}:{node.lineno} {node.name}")
                )
    return sorted(found, reverse=True)


def ninetieth(values: list[int]) -> int:
    return sorted(values)[int(len(values) * 0.9)]


def test_functions_are_short():
    found = functions()
    assert [item for item in found if item[0] > 40] == []
    assert ninetieth([lines for lines, _ in found]) <= 15


def test_files_are_short():
    lengths = [(len(path.read_text().splitlines()), str(path)) for path in files()]
    assert [item for item in lengths if item[0] > 400] == []
    assert ninetieth([lines for lines, _ in lengths]) <= 160
