"""Lives histories: one from its steps, many from seeds, and the smallest that still shows a fault."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from config import wiring
from events.backstage import post, reactions, sweep
from events.notices import sheets
from integrations.accounts import queries as connected
from integrations.sync import rules
from tests.factories.world import make_world
from tests.integrations.convergence import deeds, steps
from tests.integrations.convergence.differences import differences
from tests.integrations.convergence.history import NO_HASH, NO_LEASE, History
from tests.integrations.convergence.shrinking import shrink

# Asking people to come, reminders and visits are other rooms' matter.
OURS = (
    "integrations.sync.", "events.backstage.post.deliver", "events.registration.handlers.tell_",
    "events.registration.handlers.confirm_",
)  # fmt: skip


@dataclass
class Lived:
    """What histories went through, and what was wrong at their end."""

    histories: int = 0
    steps: Counter = field(default_factory=Counter)
    met: Counter = field(default_factory=Counter)
    providers: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def world_of_histories():
    world = make_world(teachers=3)
    world.by = world.actor(world.coordinator)
    return world


@contextmanager
def only_ours(monkeypatch):
    """Facts reach calendars and the letters that carry entries."""
    kept = [one for one in wiring.REACTIONS if one.handler.startswith(OURS)]
    monkeypatch.setattr(wiring, "REACTIONS", kept)
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()
    yield
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()


@dataclass
class Stage:
    """Far sides, a network and a way to replace functions for as long as a history lasts."""

    far: object
    world: object
    monkeypatch: object

    def live(self, history_steps, *, plant=""):
        """Run one history; nothing of it stays."""
        names = dict.fromkeys(step[1] for step in history_steps if step[0] == "connect")
        with self.far.empty(list(names)), transaction.atomic():
            history = History(self.far, self.world, plant=plant)
            with self.monkeypatch.context() as patched:
                _patch(patched, history)
                history.run(history_steps, deeds)
                wrong = differences(history)
            lived = _lived(history, wrong)
            transaction.set_rollback(True)
        return lived

    def smallest(self, drawn, *, plant=""):
        """The same failing history without the steps that are not needed."""
        return shrink(drawn, lambda rest: bool(self.live(rest, plant=plant).wrong))


def _lived(history, wrong):
    counted = Counter({
        name: number for name, number in history.steps.items() if name not in steps.SETTINGS
    })  # fmt: skip
    sent = history.door.sent
    told = Counter(
        messages=len(sent), identities=len({(one.address, one.uid, one.sequence) for one in sent}),
        due=sum(map(len, history.promises.due.values())),
    )  # fmt: skip
    providers = Counter(history.far.used.keys())
    return Lived(1, counted, history.met + history.far.met(), providers, told, wrong)


def _patch(patched, history):
    patched.setattr(connected, "adapter_of", history.adapter_of)
    patched.setattr(post, "get_connection", lambda: history.door)
    # Letters have no HTML side here, and their sender is not looked up: that halves their cost.
    render = sheets.render_to_string
    patched.setattr(sheets, "render_to_string", lambda name, values: (
        "" if name.endswith(".html") else render(name, values)))  # fmt: skip
    patched.setattr(post, "sender_address", lambda: "service@example.org")
    put_back = sweep.put_back

    def noted(work, error, *, at):
        history.failed.append(f"{work.handler} {error!r}")
        put_back(work, error, at=at)

    patched.setattr(sweep, "put_back", noted)
    if history.plant == NO_HASH:
        patched.setattr(rules, "digest", lambda _entry: "always the same")
    if history.plant == NO_LEASE:
        patched.setattr(sweep, "_finish", lambda work, *, at: work.__class__.objects.filter(
            pk=work.pk).update(state="done", done_at=at, lease_until=None))  # fmt: skip
