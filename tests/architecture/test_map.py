"""docs/map.md is what the signs on the doors say."""

import ast
from pathlib import Path

from django.conf import settings

MAP = settings.BASE_DIR / "docs" / "map.md"
APPS = ["config", "events", "recordings", "attendance", "integrations"]
HEAD = """# Map of the house

Made from the sign on each room's door (`__init__.py`) by `python -m tests.architecture.test_map`.
Imports go one way: `config → integrations → attendance → recordings → events`. The order of the rooms
inside an app stands in `pyproject.toml` under `tool.importlinter`.
"""


def sign(folder: Path) -> str:
    return ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""


def drawn() -> str:
    lines = [HEAD]
    for app in APPS:
        top = settings.BASE_DIR / app
        lines += [f"## {app}/", "", sign(top), ""]
        rooms = sorted(
            path
            for path in top.iterdir()
            if (path / "__init__.py").exists() and path.name not in {"migrations", "management"}
        )
        lines += [f"- `{room.name}/` {sign(room)}" for room in rooms]
        lines.append("")
    return "\n".join(lines)


def test_the_map_is_up_to_date():
    assert MAP.read_text() == drawn()


if __name__ == "__main__":
    MAP.write_text(drawn())
