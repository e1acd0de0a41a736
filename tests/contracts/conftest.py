"""The far sides that the contract is held against."""

from contextlib import ExitStack
from importlib import import_module

import pytest

# One module in `tests/contracts/peers/` each, with `peer()`: a context manager that gives a Peer.
PEERS: tuple[str, ...] = (
    "google",
    "microsoft",
    "radicale",
    "server",
    "session",
    "xandikos",
)


@pytest.fixture(params=PEERS)
def peer(request, started):
    """Each far side in turn, empty."""
    module = import_module(f"tests.contracts.peers.{request.param}")
    with module.peer(*started(module)) as running:
        yield running
