"""Whatever happens, in the end there is one entry per part, as we say or with a question about it.

Each history is random and small; `make prove ARGS=convergence` runs many more of them.
"""

import os
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction

from config import wiring
from events.backstage import reactions, sweep
from integrations.accounts import queries as connected
from integrations.sync import rules
from tests.contracts.peers import google, microsoft, radicale
from tests.factories.world import make_world
from tests.integrations.sync.histories import PLANTS, History, faults_met, tell

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("KOLEGA_HISTORIES", "16"))
FIRST = int(os.environ.get("KOLEGA_FIRST_HISTORY", "0"))
STEPS = 18
KEPT = (98,)  # seeds that once showed a fault of ours
CONTROL = 60


@pytest.fixture(scope="module")
def far():
    """Running servers; each history gets an empty calendar at each."""
    with ExitStack() as stack:
        yield {
            "google": stack.enter_context(google.peer()),
            "microsoft": stack.enter_context(microsoft.peer()),
            "caldav": stack.enter_context(radicale.server()),
        }


@contextmanager
def empty(far, *, slow):
    """The peers of one history; the real CalDAV server is slower, so it is in some of them."""
    far["google"].google.world.books[google.PERSON].entries.clear()
    far["google"].forget_cursors()
    box = far["microsoft"].box
    for kept in (box.events, box.gone, box.transactions, box.contents):
        kept.clear()
    far["microsoft"].forget_cursors()
    peers = {name: far[name] for name in ("google", "microsoft")}
    with ExitStack() as stack:
        if slow:
            peers["caldav"] = stack.enter_context(radicale.peer(far["caldav"]))
        yield peers


@pytest.fixture(autouse=True)
def _only_calendars(monkeypatch):
    """Mails and reminders are other rooms' matter; without them histories run faster."""
    kept = [one for one in wiring.REACTIONS if one.handler.startswith("integrations.")]
    monkeypatch.setattr(wiring, "REACTIONS", kept)
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()
    yield
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()


def live(seed, far, world, monkeypatch, *, plant=""):
    """Run one history; the differences left, in words, and what it went through."""
    with empty(far, slow=seed % 6 == 5) as peers, transaction.atomic():
        history = History(seed, peers, world, plant=plant)
        with monkeypatch.context() as patched:
            patched.setattr(connected, "adapter_of", history.adapter_of)
            history.run(STEPS)
            history.calm_down()
            found = history.wrong()
        relay = {"caldav": peers["caldav"]} if "caldav" in peers else {}
        met = faults_met(relay)
        transaction.set_rollback(True)
    return (tell(history, found) if found else ""), history.steps, met


def test_histories_converge(far, monkeypatch, capsys):
    world, steps, met, wrong = make_world(), Counter(), Counter(), []
    began = time.monotonic()
    for seed in sorted({*range(FIRST, FIRST + HISTORIES), *KEPT}):
        found, taken, here = live(seed, far, world, monkeypatch)
        steps, met = steps + taken, met + here
        wrong += [f"seed {seed}: {found}"] if found else []
    met += faults_met({name: far[name] for name in ("google", "microsoft")})
    seconds = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(
            f"\nCONVERGENCE, {HISTORIES} histories of {STEPS} steps and a calm end in {seconds:.0f} s\n"
            f"CONVERGENCE, steps {dict(steps.most_common())}\n"
            f"CONVERGENCE, faults met {dict(met.most_common())}\n"
        )
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_error_is_found(far, monkeypatch, plant):
    """Control: without the rule, a history ends with a difference that nobody is asked about."""
    if plant == "no hash":
        monkeypatch.setattr(rules, "digest", lambda _entry: "always the same")
    if plant == "no lease":
        monkeypatch.setattr(sweep, "_finish", lambda work, *, at: work.__class__.objects.filter(
            pk=work.pk).update(state="done", done_at=at, lease_until=None))  # fmt: skip
    world = make_world()
    for seed in range(CONTROL):
        found, _steps, _met = live(seed, far, world, monkeypatch, plant=plant)
        if found:
            return
    pytest.fail(f"{CONTROL} histories without {plant[3:]} showed nothing")
