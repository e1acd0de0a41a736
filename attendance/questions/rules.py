"""How questions are drawn and judged."""

import random
from collections.abc import Mapping, Sequence

FEWEST, DRAWN, NEEDED, TURNS = 8, 5, 4, 2
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4


def draw(questions: Sequence[int], asked: Sequence[int], *, seed: str) -> list[int]:
    """Five of the questions (ids) in an order by the seed; those not asked before come first."""
    chance = random.Random(seed)  # noqa: S311  the seed is the secret, and is kept as evidence
    mixed = chance.sample(sorted(questions), len(questions))
    return sorted(mixed, key=lambda one: one in asked)[:DRAWN]


def correct(right: Mapping[int, int], given: Mapping[int, int]) -> int:
    """How many of the drawn questions were answered rightly; one left out is wrong."""
    return sum(given.get(question) == answer for question, answer in right.items())
