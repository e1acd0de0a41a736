"""The third-party calendar servers of the contract suite."""

from importlib import import_module

import pytest

from tests.contracts.conftest import started  # noqa: F401  pytest finds fixtures by their names


@pytest.fixture(params=["radicale", "xandikos"])
def peer(request, started):  # noqa: F811  the fixture above
    """An empty calendar of each server."""
    module = import_module(f"tests.contracts.peers.{request.param}")
    with module.peer(*started(module)) as running:
        yield running
