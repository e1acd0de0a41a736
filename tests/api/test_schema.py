"""The API keeps to its own document, whatever it is called with; `make prove` does more of it."""

import os

import pytest
import time_machine

from events.interface import gate
from events.people.models import Person
from tests.api import exploring, filled

EXAMPLES = int(os.environ.get("API_EXAMPLES", "1"))
OVER_DEMO = os.environ.get("API_OVER") == "demo"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
if OVER_DEMO:  # named here, so that the database is changed before the test opens it
    pytestmark.append(pytest.mark.usefixtures("demo"))


@pytest.fixture
def made(monkeypatch, request):
    """A small network, or for `make prove` the demo network, with something for every operation."""
    for name in ("READS", "WRITES"):
        monkeypatch.setattr(gate, name, 1_000_000)
    network = request.getfixturevalue("demo") if OVER_DEMO else None
    with time_machine.travel(filled.NOW, tick=False):
        yield filled.fill_demo(network) if network else filled.fill()


def test_answers_match_the_document(made):
    outcome = exploring.Outcome()
    for chance, who in enumerate(("coordinator", "officer")):
        exploring.explore(made, who, examples=EXAMPLES, outcome=outcome, chance=chance)
    left = sorted(set(outcome.statuses) - outcome.reached)
    exploring.explore(made, "administrator", examples=1, outcome=outcome, names=left or ["get_me"])
    print(f"API, {Person.objects.count()} people: {outcome.told()}")  # noqa: T201  figures of the proof
    assert "\n".join(outcome.faults) == ""
    assert len(outcome.reached) >= 0.9 * len(outcome.statuses)
