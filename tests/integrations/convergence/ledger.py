"""What histories went through, summed over runs: a line of JSON for each chunk of them.

Sums hold for one state of the code and count each seed once; lines of other states are left out.
"""

import hashlib
import json
import os
from collections import Counter
from pathlib import Path

from tests.integrations.convergence.steps import FAULTS

ROOT = Path(__file__).resolve().parents[3]
CODE = ("events", "integrations", "attendance", "config", "tests/contracts",
        "tests/integrations/convergence")  # fmt: skip
# What a thousand histories are to meet five hundred times each.
KINDS = (
    *FAULTS, "overtaken", "killed before a call", "killed after a call", "killed before a mail",
    "killed after a mail", "cursor lost", "notice lost", "notice doubled",
)  # fmt: skip
ENOUGH = 500
SUMMED = ("histories", "seconds", "steps", "met", "providers", "told")


def state_of_code() -> str:
    """A digest (hex) of all Python that histories are lived by."""
    found = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


STATE = state_of_code()


def enter(first, last, lived, *, seconds):
    """Write a chunk down where a ledger is kept; `first` up to `last` are its seeds."""
    line = {"state": STATE, "seeds": [first, last], "seconds": seconds, **vars(lived)}
    if path := os.environ.get("KOLEGA_LEDGER"):
        with Path(path).open("a") as book:
            book.write(json.dumps(line) + "\n")


def lines(path: Path) -> list[dict]:
    """The chunks of the present code, each seed once, in order of their seeds."""
    read = [json.loads(text) for text in path.read_text().splitlines()] if path.exists() else []
    ours = sorted((one for one in read if one["state"] == STATE), key=lambda one: one["seeds"])
    kept, upto = [], 0
    for one in ours:
        if one["seeds"][0] >= upto:
            kept.append(one)
            upto = one["seeds"][1]
    return kept


def to_live(first: int, last: int, size: int) -> list[tuple[int, int]]:
    """The chunks of so many seeds from `first` up to `last` that the ledger in use does not hold."""
    chunks = [(start, min(start + size, last)) for start in range(first, last, size)]
    path = os.environ.get("KOLEGA_LEDGER")
    lived = {seed for one in lines(Path(path)) for seed in range(*one["seeds"])} if path else set()
    return [chunk for chunk in chunks if not lived & set(range(*chunk))]


def sums(path: Path) -> dict:
    """The sums of all chunks, and everything that was wrong."""
    found = {"histories": 0, "seconds": 0.0, "wrong": []}
    found |= {name: Counter() for name in ("steps", "met", "providers", "told")}
    for one in lines(path):
        for name in SUMMED:
            found[name] += Counter(one[name]) if isinstance(one[name], dict) else one[name]
        found["wrong"] += one["wrong"]
    return found


def short(found: dict, histories: int) -> list[str]:
    """What is missing from the proof: histories, or kinds of fault met too seldom."""
    least = min(histories // 2, ENOUGH)
    missing = [
        f"{kind} met {found['met'][kind]} times" for kind in KINDS if found["met"][kind] < least
    ]
    few = found["histories"] < histories
    return missing + ([f"{found['histories']} histories"] if few else [])


def told(found: dict) -> list[str]:
    """The sums in words."""
    steps, told_of = found["steps"], found["told"]
    return [
        f"{found['histories']} histories in {found['seconds']:.0f} s, {sum(steps.values())} steps",
        f"calendars {dict(found['providers'].most_common())}",
        f"steps {dict(steps.most_common())}",
        f"met {dict(found['met'].most_common())}",
        f"invitations due {told_of['due']}, identities sent {told_of['identities']}",
        f"differences without a question: {len(found['wrong'])}",
    ]
