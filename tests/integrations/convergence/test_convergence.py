"""Whatever happens, in the end there is one entry per part, as we say or with a question about it,
and each person was told of each change once.

Each history is random and small; `make prove ARGS=convergence` lives a thousand. One that fails is
printed in its smallest form, to be kept in `test_counterexamples.py`.
"""

import os
import time

import pytest

from tests.integrations.convergence import ledger
from tests.integrations.convergence.living import Lived
from tests.integrations.convergence.steps import SETTINGS, draw, literal

HISTORIES = int(os.environ.get("KOLEGA_HISTORIES", "10"))
CHUNK = 20


@pytest.mark.parametrize(("first", "last"), ledger.to_live(0, HISTORIES, CHUNK))
def test_histories_converge(stage, first, last):
    began, lived, failing = time.monotonic(), Lived(), []
    for seed in range(first, last):
        one = stage.live(draw(seed))
        failing += [seed] if one.wrong else []
        one.wrong = [f"seed {seed}: {why}" for why in one.wrong]
        lived.add(one)
    ledger.enter(first, last, lived, seconds=time.monotonic() - began)
    assert not failing, "\n".join([*lived.wrong, *_smallest(stage, failing[0])])


def _smallest(stage, seed):
    """The first that failed, ready to be kept."""
    small = stage.smallest(draw(seed))
    return [f"seed {seed} in short: {'; '.join(stage.live(small).wrong)}", literal(small)]


def test_a_history_has_enough_steps():
    steps = [sum(step[0] not in SETTINGS for step in draw(seed)) for seed in range(1000)]
    assert min(steps) >= 15
