"""One kill of each part under writes, in short; `make prove` has the long form."""

import asyncio

import pytest

from tests.proofs import around, kills, reckoning
from tests.proofs.load import Load, Rates
from tests.stack import stack

pytestmark = [pytest.mark.slow]
GUESTS, FOR_THE_CONTROL = 400, 250
QUIET_WITHIN = 60.0


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A running installation with people and events in it."""
    with stack(tmp_path_factory.mktemp("proofs") / "data") as made:
        made.start()
        made.seeded = around.inside(made, "network", guests=GUESTS, past=80)
        yield made
        assert (made.stop()[0], made.left_behind()) == (0, [])


@pytest.fixture(scope="module")
def account(running):
    """What was found after one kill of each part under writes."""
    load = Load(running, running.port, running.seeded, Rates(1, 4, 2, 1, 1, 0.4))
    done = []

    async def fall():
        done.extend(await kills.kill_all(running, kills.VICTIMS, pause=1.5))

    asyncio.run(load.run(fall()))
    reckoning.settle(running, hurry=True, within=QUIET_WITHIN)
    assert [kill.victim for kill in done] == list(kills.VICTIMS)
    return reckoning.reckon(load)


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(account):
    assert all(count > 0 for count in account.acknowledged.values()), account.acknowledged
    assert account.mails >= account.letters > 0
    assert account.faults == {}


def test_without_stored_answers_and_facts_in_the_transaction_it_finds_both(running, account):
    with around.second_web(running, without="once,facts", processes=1) as second:
        rates = Rates(plan=5, register=8, mail=0, attest=0, issue=0, export=0)
        load = Load(running, second.port, running.seeded, rates, "C", FOR_THE_CONTROL)

        async def fall():
            for _ in range(2):
                await asyncio.sleep(1.0)
                await asyncio.to_thread(second.kill_and_restart)

        asyncio.run(load.run(fall()))
        reckoning.settle(running, hurry=True, within=QUIET_WITHIN)
    found = reckoning.reckon(load)
    assert found.doubles["events"] > 0
    assert found.lost["letters"] > 0
