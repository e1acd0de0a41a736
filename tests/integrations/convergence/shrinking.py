"""Makes a failing history small: delta debugging (Zeller and Hildebrandt, 2002, ddmin)."""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
MOST = 200  # tries; what is small by then is small enough to be read


def shrink(steps: list[T], fails: Callable[[list[T]], bool], *, most: int = MOST) -> list[T]:
    """The steps without those that are not needed to fail; `steps` fails.

    Unless `most` tries were too few, no single step of the answer can be left out.
    """
    pieces, tries = 2, 0
    while len(steps) > 1 and tries < most:
        for rest in _without_one(steps, pieces):
            tries += 1
            if fails(rest):
                steps, pieces = rest, max(pieces - 1, 2)
                break
        else:
            if pieces >= len(steps):
                break
            pieces = min(pieces * 2, len(steps))
    return steps


def _without_one(steps: list[T], pieces: int) -> list[list[T]]:
    """The steps without each of so many pieces, later pieces first: what comes late hides nothing."""
    edges = [len(steps) * number // pieces for number in range(pieces + 1)]
    spans = list(pairwise(edges))
    return [steps[:start] + steps[end:] for start, end in reversed(spans)]
