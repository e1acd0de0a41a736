"""The table of failures names a test for each row, and every test of the table."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TABLE = ROOT / "docs" / "providers" / "failures.md"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ?([^|]*) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+\.py)::(test_e_\w+)`")
FILE = re.compile(r"`([\w/]+\.py)`")
ROWS = 29


def rows():
    return [found.groups() for found in ROW.finditer(TABLE.read_text())]


def there():
    """The tests of this folder that belong to the table."""
    found = set()
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_e_"):
                found.add((path.name, node.name))
    return found


def test_every_row_is_there_and_names_tests():
    assert [int(number) for number, *_ in rows()] == list(range(1, ROWS + 1))
    assert [number for number, _, tests, *_ in rows() if not NAMED.search(tests)] == []


def test_every_test_named_exists_and_every_test_is_named():
    named = {pair for _, _, tests, *_ in rows() for pair in NAMED.findall(tests)}
    assert sorted(named - there()) == []
    assert sorted(there() - named) == []


def test_the_rules_stand_in_files_that_exist():
    files = [name for _, _, _, rule, _ in rows() for name in FILE.findall(rule)]
    assert len(files) >= ROWS
    assert [name for name in files if not (ROOT / name).is_file()] == []
