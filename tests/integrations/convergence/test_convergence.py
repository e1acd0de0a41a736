"""Whatever happens, in the end there is one entry per part, as we say or with a question about it,
and each person was told of each change once.

Each history is random and small; `make prove ARGS=convergence` lives a thousand. One that fails is
printed in its smallest form, to be kept in `test_counterexamples.py`.
"""

import os
import sys
import time

import pytest

from tests.integrations.convergence import ledger
from tests.integrations.convergence.history import NO_CLIENT_ID, NO_HASH, NO_LEASE, PLANTS
from tests.integrations.convergence.living import Lived
from tests.integrations.convergence.steps import SETTINGS, draw, literal

HISTORIES = int(os.environ.get("KOLEGA_HISTORIES", "10"))
CHUNK = 20
LONG, CONTROL = "KOLEGA_LEDGER" in os.environ, 200
# What a missing rule guards against is to happen often in the histories that look for it.
OFTEN = {
    NO_CLIENT_ID: ("lost", "plan"),
    NO_HASH: ("rename", "move"),
    NO_LEASE: ("slow", "moved_there", "rename"),
}


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


@pytest.mark.skipif(not LONG, reason="long; the short form is in test_counterexamples.py")
@pytest.mark.parametrize("plant", PLANTS)
def test_random_histories_find_a_planted_error(stage, plant, capsys):
    """Control: without the rule, a history ends with a difference that nobody is asked about."""
    for seed in range(CONTROL):
        if stage.live(draw(seed, often=OFTEN[plant]), plant=plant).wrong:
            with capsys.disabled():
                sys.stdout.write(f"\nCONVERGENCE, {plant}: found by history {seed + 1}\n")
            return
    pytest.fail(f"{CONTROL} histories with {plant} showed nothing")


def test_a_history_has_enough_steps():
    steps = [sum(step[0] not in SETTINGS for step in draw(seed)) for seed in range(1000)]
    assert min(steps) >= 15
