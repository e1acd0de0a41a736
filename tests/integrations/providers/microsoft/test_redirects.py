"""Whoever answers with another address is not followed: tokens and secrets would go along."""

import pytest

from integrations.ports import Trouble
from integrations.providers.microsoft.connect import connect
from integrations.simulators.messages import Answer
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.simulators.serving import Simulator, running
from tests.contracts.peers.microsoft import ADDRESS


class Leading(Simulator):
    """Leads everything elsewhere."""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def answer(self, request):
        return Answer(307, b"", {"Location": f"{self.target}{request.path}"})

    def refusal(self, fault):
        return Answer(500)


@pytest.fixture
def leading(simulator):
    with running(Leading(simulator.url)) as made:
        yield made


@pytest.mark.parametrize("which", ["graph_url", "login_url"])
def test_e_attackers_address_no_redirect_is_followed(simulator, box, leading, which):
    urls = {"graph_url": f"{simulator.url}/v1.0", "login_url": simulator.url}
    urls[which] = urls[which].replace(simulator.url, leading.url)
    options = {"tenant": TENANT, "client_id": CLIENT, **urls}
    secret = {"client_secret": simulator.world.secret}
    connection = connect(options, secret, calendar=ADDRESS, subject="")
    with pytest.raises(Trouble):
        connection.calendar.find(key="0" * 32, remote_id="")
    assert len(leading.diary) == 1
    assert [one.path for one in simulator.diary if one.path.startswith("/v1.0")] == []
