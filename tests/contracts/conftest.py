"""The far sides that the contract is held against."""

from importlib import import_module

import pytest

# One module in `tests/contracts/peers/` each, with `peer()`: a context manager that gives a Peer.
PEERS: tuple[str, ...] = ("microsoft",)


@pytest.fixture(params=PEERS)
def peer(request):
    """Each far side in turn, empty."""
    module = import_module(f"tests.contracts.peers.{request.param}")
    with module.peer() as running:
        yield running
