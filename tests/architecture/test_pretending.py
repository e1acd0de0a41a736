"""Only the demo network seeds chance, holds the clock and hands out a past; see decision 0013."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

PRODUCT = ["config", "events", "recordings", "attendance", "integrations", "bench"]
DOORS = {
    "events.kernel.chance": ("seeded", {"events/kernel/chance.py"}),
    "events.kernel.clock": ("standing", {"events/kernel/clock.py", "events/backstage/past.py"}),
    "events.backstage.past": ("", {"events/backstage/past.py"}),
}


def modules() -> list[Path]:
    found = [path for app in PRODUCT for path in (settings.BASE_DIR / app).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def bound(tree: ast.AST) -> dict[str, str]:
    """What the names of a module stand for, as dotted paths."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {one.asname or one.name: one.name for one in node.names}
    return found


def used(source: str) -> set[str]:
    """Dotted paths a module names: what it imports, and attributes of what it imports."""
    tree = ast.parse(source)
    names = bound(tree)
    found = set(names.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            whole = ast.unparse(node)
            first, _, rest = whole.partition(".")
            found |= {whole, f"{names.get(first, first)}.{rest}"}
    return found


def pretends(source: str, door: str) -> bool:
    word, _ = DOORS[door]
    wanted = f"{door}.{word}" if word else door
    return any(one == wanted or one.startswith(f"{wanted}.") for one in used(source))


@pytest.mark.parametrize("door", DOORS)
def test_only_the_demo_network_goes_through_the_door(door: str) -> None:
    there = {
        str(path.relative_to(settings.BASE_DIR))
        for path in modules()
        if pretends(path.read_text(), door)
    }
    allowed = DOORS[door][1]
    outside = {name for name in there - allowed if not name.startswith("config/demo/")}
    assert outside == set()


@pytest.mark.parametrize(
    ("door", "source"),
    [
        ("events.kernel.chance", "from events.kernel import chance\nchance.seeded('x')"),
        ("events.kernel.chance", "from events.kernel.chance import seeded as one"),
        ("events.kernel.clock", "import events.kernel.clock\nevents.kernel.clock.standing(at)"),
        ("events.backstage.past", "from events.backstage import past"),
    ],
)
def test_every_way_through_is_seen(door: str, source: str) -> None:
    assert pretends(source, door)
    assert not pretends("from events.kernel import chance, clock\nclock.now()\nchance.uuid()", door)
