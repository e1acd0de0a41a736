"""The far sides that the contract is held against."""

from contextlib import ExitStack
from importlib import import_module

import pytest

# One module in `tests/contracts/peers/` each, with `peer()`: a context manager that gives a Peer.
# A module with `server()` has it started once for all tests, and `peer` is given what it yields.
PEERS: tuple[str, ...] = (
    "google",
    "microsoft",
    "radicale",
    "xandikos",
)


@pytest.fixture(scope="session")
def started():
    """Starts what is slow to start once; all of it ends with the tests."""
    running: dict[str, tuple[object, ...]] = {}
    with ExitStack() as stack:

        def start(module):
            if module.__name__ not in running:
                has_server = hasattr(module, "server")
                running[module.__name__] = (
                    (stack.enter_context(module.server()),) if has_server else ()
                )
            return running[module.__name__]

        yield start


@pytest.fixture(params=PEERS)
def peer(request, started):
    """Each far side in turn, empty."""
    module = import_module(f"tests.contracts.peers.{request.param}")
    with module.peer(*started(module)) as running:
        yield running
