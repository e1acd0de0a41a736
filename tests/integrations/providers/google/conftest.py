"""The simulated Google behind a server, and accounts at it."""

import pytest

from integrations.providers.google import auth
from integrations.providers.google.connect import connect
from integrations.simulators.google.server import PERSON, Google
from integrations.simulators.serving import running


@pytest.fixture
def google():
    """A simulated Google with small pages; it must never answer what Google would not."""
    auth.forget()
    with running(Google()) as simulator:
        simulator.world.page_size = 2
        yield simulator
    assert simulator.broken == []


@pytest.fixture
def account(google):
    """A way to connect: by the service account, or with another secret."""

    def make(secret=None, *, calendar=PERSON, subject=PERSON):
        known = secret or {"service_account": google.service_account()}
        return connect(google.endpoints(), known, calendar=calendar, subject=subject)

    return make


@pytest.fixture
def own(google):
    """The secret of a coordinator who consented."""
    return {"refresh_token": "refresh", "client_id": "client", "client_secret": "client-secret"}
