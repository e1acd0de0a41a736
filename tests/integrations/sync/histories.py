"""Random histories of events, calendars and everything that goes wrong between them.

A history is a seed: the same seed gives the same steps. Far sides are the simulators and servers of
the contract suite, over HTTP; time is virtual and handed down.
"""

import random
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace

from django.db import transaction

from events.backstage import sweep
from events.backstage.commands import record
from events.kernel.errors import DomainError
from events.programme import commands as programme
from events.programme import parts, queries
from integrations.accounts.models import Account
from integrations.sync import commands, desire, rules, tasks
from integrations.sync.facts import NoticeCame
from integrations.sync.models import Cursor, Link, Question
from tests.factories.world import AT, wish
from tests.integrations.sync.conftest import add_account

SINCE, UNTIL = AT - timedelta(days=60), AT + timedelta(days=380)
FAULTS = (
    "rate_limit", "rate_limit_silent", "unauthorized", "forbidden", "server_error", "lost",
    "hang_up", "garbage", "half", "gone", "precondition", "not_found",
)  # fmt: skip
PLANTS = ("no client id", "no hash", "no lease")


class Killed(BaseException):
    """The worker is gone in the middle of a call."""


class Between:
    """A calendar whose calls can be cut off, and during which others may work."""

    def __init__(self, calendar, history):
        self.calendar, self.history = calendar, history

    def __getattr__(self, name):
        def call(*given, **more):
            self.history.enters()
            if name == "put" and self.history.plant == "no client id" and more["known"] is None:
                given = (replace(given[0], key=uuid.uuid4().hex),)
            found = getattr(self.calendar, name)(*given, **more)
            self.history.leaves()
            return found

        return call


@dataclass
class Met:
    """What histories went through."""

    steps: Counter
    faults: Counter
    histories: int = 0


class History:
    """One history. `peers` by provider, each with an empty calendar; `plant` takes a rule away."""

    def __init__(self, seed, peers, world, *, plant=""):
        self.random = random.Random(seed)  # noqa: S311  repeatable
        self.peers, self.world, self.plant = peers, world, plant
        self.now, self.number, self.events = AT, 0, []
        self.kill, self.overtaken = "", False
        self.steps, self.said = Counter(), []
        self.calendars = {}
        self.by = world.actor(world.coordinator)
        names = self.random.sample(sorted(peers), min(2, len(peers)))
        scopes = [("country", world.country.pk), ("school", world.schools[1].pk)]
        for name, (scope, scope_id) in zip(names, scopes, strict=False):
            account = add_account(
                world, provider=name, scope=scope, scope_id=scope_id, calendar=f"{name}@example.org"
            )
            self.calendars[account.pk] = Between(peers[name].calendar(), self)

    def adapter_of(self, account):
        return SimpleNamespace(calendar=self.calendars[account.pk])

    # What happens during a call.

    def enters(self):
        if self.kill == "before":
            self.kill = ""
            raise Killed

    def leaves(self):
        if self.kill == "after":
            self.kill = ""
            raise Killed
        if self.overtaken:
            self.overtaken = False
            self._others_work()

    def _others_work(self):
        """The lease of the caller runs out: another worker does all of it, and people answer."""
        self.now += sweep.LEASE + timedelta(seconds=1)
        self.drain()
        for question in Question.objects.filter(answered_at=None):
            self._try(lambda one=question: commands.answer(
                one.pk, answer="restore", by=self.by, at=self.now))  # fmt: skip
        self.drain()
        self.step_read()
        self.drain()

    # Steps.

    def run(self, steps):
        self.step_plan()
        self.now += timedelta(seconds=11)
        self.drain()
        for _ in range(steps - 1):
            name = self.random.choice(STEPS)
            self.said.append(name)
            self.steps[name] += 1
            self._try(getattr(self, f"step_{name}"))
            self.now += timedelta(seconds=self.random.choice((0, 1, 11, 40, 700)))
            if self.random.random() < 0.75:
                self.drain()

    def drain(self):
        try:
            sweep.drain(at=self.now)
        except Killed:
            return

    @staticmethod
    def _try(deed):
        try:
            with transaction.atomic():
                deed()
        except DomainError:
            return

    def _day(self):
        self.number += 1
        hour = self.random.randrange(8, 18)
        return datetime(2026, 12, 1, hour, 0) + timedelta(days=self.number)

    def step_plan(self):
        plan = wish(
            self.world, title=f"Event {self.number}", starts=self._day(), join_url="",
            mode=self.random.choice(("room", "online")), minutes=60,
            host_school_id=self.world.schools[self.random.randrange(2)].pk,
        )  # fmt: skip
        event = programme.plan(plan, by=self.by, at=self.now)
        programme.publish(event.pk, by=self.by, at=self.now)
        self.events.append(event.pk)

    def step_add_part(self):
        day = parts.PartWish(self._day(), "Europe/Zagreb", 45, "room")
        parts.add(self.random.choice(self.events), day, by=self.by, at=self.now)

    def _part(self):
        return self.random.choice(queries.parts_of(self.random.choice(self.events)))

    def step_move(self):
        part = self._part()
        moved = replace(parts.present(part), starts=self._day())
        parts.change(part.pk, moved, by=self.by, at=self.now)

    def step_rename(self):
        event = queries.event_for_work(self.random.choice(self.events))
        plan = programme.present_plan(event, queries.parts_of(event.pk)[0])
        self.number += 1
        renamed = replace(plan, title=f"Renamed {self.number}")
        programme.change(event.pk, renamed, by=self.by, at=self.now)

    def step_cancel(self):
        if self.random.random() < 0.5:
            return parts.remove(self._part().pk, reason="Snow", by=self.by, at=self.now)
        event_id = self.random.choice(self.events)
        return programme.cancel(event_id, reason="Snow", by=self.by, at=self.now)

    def _standing(self):
        """One of our entries over there, with the peer it stands at."""
        rows = Link.objects.exclude(remote_id="").exclude(state="removed").select_related("account")
        link = self.random.choice(list(rows) or [None])
        if link is None:
            return None, None
        peer = self.peers[link.account.provider]
        found = next((one for one in _there(peer) if one.key == link.key), None)
        return peer, found

    def step_moved_there(self):
        peer, found = self._standing()
        if found is not None:
            starts = found.starts_at + timedelta(hours=self.random.choice((1, 24, 48)))
            peer.moved_there(found.remote_id, starts, starts + timedelta(hours=1))

    def step_removed_there(self):
        peer, found = self._standing()
        if found is not None:
            peer.removed_there(found.remote_id)

    def step_fault(self):
        peer = self.random.choice(list(self.peers.values()))
        kind = self.random.choice([one for one in FAULTS if one in peer.faults])
        peer.fault(kind, times=self.random.choice((1, 1, 2, 5)), after=self.random.choice((5, 90)))

    def step_kill(self):
        self.kill = self.random.choice(("before", "after"))

    def step_overtaken(self):
        self.overtaken = True

    def step_read(self):
        Cursor.objects.update(next_at=self.now)
        tasks.read_calendars(at=self.now)

    def step_noticed_twice(self):
        for account_id in self.calendars:
            for _ in range(2):
                record(NoticeCame(account_id, self.now.isoformat()), at=self.now)

    def step_answer(self):
        question = Question.objects.filter(answered_at=None).order_by("?").first()
        if question is not None:
            kind = self.random.choice(("accept", "restore", "restore", "detach"))
            commands.answer(question.pk, answer=kind, reason="Snow", by=self.by, at=self.now)

    def step_forget_cursors(self):
        self.random.choice(list(self.peers.values())).forget_cursors()

    def step_repair(self):
        broken = Account.objects.filter(state__in=("reconnect", "troubled"))
        broken.update(state="troubled")
        self.step_read()

    # The end.

    def calm_down(self):
        """Nothing fails any more, and time passes."""
        self.kill, self.overtaken = "", False
        for peer in self.peers.values():
            peer.calm()
        self.drain()
        for _ in range(4):
            self.now += timedelta(minutes=70)
            self.step_repair()
            tasks.push_waiting(at=self.now)
            self.drain()

    def wrong(self):
        """Every difference that nobody is asked about; empty is converged."""
        found = []
        there = {name: _there(peer) for name, peer in self.peers.items()}
        links = list(Link.objects.select_related("account"))
        for link in links:
            standing = [one for one in there[link.account.provider] if one.key == link.key]
            found += [f"{link.pk} {fault}" for fault in self._faults(link, standing)]
        keys = {link.key for link in links}
        strays = sum(one.key not in keys for entries in there.values() for one in entries)
        doubled = sum(peer.count() for peer in self.peers.values()) - sum(map(len, there.values()))
        found += [f"{strays} entries of nobody"] if strays else []
        found += [f"{doubled} entries too many"] if doubled else []
        found += self._parts_without_link()
        return found

    def _faults(self, link, standing):
        if len(standing) > 1:
            yield f"{len(standing)} entries"
        if link.state == "detached":
            return
        part = queries.part_for_work(link.part_id)
        question = Question.objects.filter(link=link, answered_at=None).first()
        how = desire.how(part, at=self.now)
        if how == desire.AWAY or link.state == "removed":
            if standing or link.state != "removed" or question:
                yield f"should be away, {link.state}"
        elif how == desire.STAND:
            yield from self._standing_faults(link, part, question, standing)

    @staticmethod
    def _standing_faults(link, part, question, standing):
        wished = rules.mark_of(desire.entry(part, link, makes=False))
        marks = [rules.mark_of(one) for one in standing]
        if question is None:
            if marks != [wished] or link.state != "ok":
                yield f"differs and nobody is asked: {link.state} {link.last_error} {marks} {wished}"
        elif question.kind == "removed":
            if marks:
                yield "asked about a removal, and it stands there"
        elif marks == [wished]:
            yield "asked about a difference that is none"
        elif not marks or standing[0].starts_at != question.found_starts_at:
            yield f"the question names another difference: {question.kind}"

    def _parts_without_link(self):
        linked = set(Link.objects.exclude(state="removed").values_list("part_id", flat=True))
        for event_id in self.events:
            for part in queries.all_parts_for_work(event_id):
                if desire.how(part, at=self.now) == desire.STAND and part.pk not in linked:
                    yield f"part {part.pk} has no entry"


STEPS = (
    "plan", "add_part", "move", "move", "rename", "rename", "cancel", "moved_there", "moved_there",
    "removed_there", "fault", "fault", "fault", "fault", "kill", "overtaken", "read", "read",
    "noticed_twice", "answer", "answer", "forget_cursors", "repair",
)  # fmt: skip


def _there(peer):
    """What stands at a far side, seen past its faults."""
    waiting = _faults_of(peer)
    kept, waiting.waiting = waiting.waiting, []
    try:
        changes = peer.calendar().changes("", since=SINCE, until=UNTIL)
    finally:
        waiting.waiting = kept
    return [one for one in changes.entries if not one.removed]


def _faults_of(peer):
    for name in ("google", "simulator", "relay"):
        if hasattr(peer, name):
            return getattr(peer, name).faults
    raise AttributeError(peer)


def faults_met(peers):
    """How often each kind of fault was met."""
    return sum((_faults_of(peer).met for peer in peers.values()), Counter())


def tell(history, found):
    """A counter-example: its steps and what was wrong."""
    return f"{' '.join(history.said)}: {'; '.join(found)}"
