"""Far sides that run for all histories, and a network for those of one test."""

import gc

import pytest

from tests.integrations.convergence import farsides, living


@pytest.fixture(scope="session")
def far():
    """Running servers; each history gets an empty calendar at each."""
    with farsides.running() as made:
        yield made


@pytest.fixture
def stage(db, far, monkeypatch):
    """Where histories are lived."""
    gc.freeze()  # what stands there before the first history stays anyway
    with living.only_ours(monkeypatch):
        yield living.Stage(far, living.world_of_histories(), monkeypatch)
