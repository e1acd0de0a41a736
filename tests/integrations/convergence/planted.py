"""Control of `make prove ARGS=convergence`: random histories find each planted error.

Not part of the suite, which keeps the errors' smallest histories in `test_counterexamples.py`.
"""

import sys

import pytest

from tests.integrations.convergence.history import NO_CLIENT_ID, NO_HASH, NO_LEASE, PLANTS
from tests.integrations.convergence.steps import draw

CONTROL = 200
# What a missing rule guards against is to happen often in the histories that look for it.
OFTEN = {
    NO_CLIENT_ID: (("lost",), ("plan",)),
    NO_HASH: (("rename",), ("move",)),
    # Somebody moves the entry over there, and to look at it when ours is refused takes too long.
    NO_LEASE: (("moved_there", "slow GET", "rename"),),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_random_histories_find_a_planted_error(stage, plant, capsys):
    """Control: without the rule, a history ends with a difference that nobody is asked about."""
    for seed in range(CONTROL):
        if stage.live(draw(seed, often=OFTEN[plant]), plant=plant).wrong:
            with capsys.disabled():
                sys.stdout.write(f"\nCONVERGENCE, {plant}: found by history {seed + 1}\n")
            return
    pytest.fail(f"{CONTROL} histories with {plant} showed nothing")
