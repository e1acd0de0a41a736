"""One history: events, calendars, people, and everything that goes wrong between them.

Far sides are the simulators and servers of the contract suite, over HTTP; time is virtual and handed
down. A history is its list of steps (`steps.draw`).
"""

import random
import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

from django.db import transaction

from events.backstage import jobs, sweep
from events.backstage.models import Work
from events.kernel import chance, clock
from events.kernel.errors import DomainError
from integrations.accounts.models import Account
from integrations.ports import CursorLost, Trouble
from integrations.sync import commands, questions, tasks
from integrations.sync.models import Cursor, Link, Question
from tests.factories.world import AT
from tests.integrations.convergence.mailing import Door, Promises

NO_CLIENT_ID, NO_HASH, NO_LEASE = PLANTS = ("no client id", "no hash", "no lease")


class Killed(BaseException):
    """The worker is gone."""


class Between:
    """A calendar whose calls can be cut off, and during which others may work."""

    def __init__(self, calendar, history):
        self.calendar, self.history = calendar, history

    def __getattr__(self, name):
        def call(*given, **more):
            self.history.passes("before")
            if name == "put" and self.history.plant == NO_CLIENT_ID and more["known"] is None:
                given = (replace(given[0], key=uuid.uuid4().hex),)
            slow = self.history.slow()
            try:
                found = getattr(self.calendar, name)(*given, **more)
            except Trouble as trouble:
                self.history.met["cursor lost"] += isinstance(trouble, CursorLost)
                self.history.late(slow)
                raise
            self.history.passes("after")
            self.history.late(slow)
            return found

        return call


class History:
    """What happens so far. `met` counts what really went wrong, `failed` what failed unforeseen."""

    def __init__(self, far, world, *, plant=""):
        self.far, self.world, self.plant = far, world, plant
        self.now, self.events, self.calendars = AT, [], {}
        self.kill = self.kill_mail = ""
        self.accepts = self.jobs = False  # whether work may move events; whether letters may wait
        self.steps, self.met, self.failed = Counter(), Counter(), []
        self.door = Door(self.mails)
        self.promises = Promises(self.door)
        self.by = world.by

    def adapter_of(self, account):
        return SimpleNamespace(calendar=self.calendars[account.pk])

    # What happens during a call.

    def passes(self, when):
        if self.kill == when:
            self.kill = ""
            self.met[f"killed {when} a call"] += 1
            raise Killed

    def mails(self, when):
        if self.kill_mail == when:
            self.kill_mail = ""
            self.met[f"killed {when} a mail"] += 1
            raise Killed

    def slow(self):
        return self.far.met()["slow"]

    def late(self, before):
        """An answer came slowly: by then nobody waits for it any more."""
        if self.slow() > before:
            self._others_work()

    def _others_work(self):
        """The lease of the caller runs out: another worker does all of it, and people answer."""
        self.met["overtaken"] += 1
        self.now += sweep.LEASE + timedelta(seconds=1)
        self.work()
        for question in Question.objects.filter(answered_at=None):
            self.attempt(lambda one=question: commands.answer(
                one.pk, seen=questions.digest(one), answer="restore", by=self.by, at=self.now))  # fmt: skip
        self.work()
        self.read()
        self.work()

    # Time and work.

    def run(self, steps, deeds):
        with chance.seeded("history"):
            random.seed(1)  # pauses are jittered; the same steps are to give the same history
            for name, *more in steps:
                self.steps[name] += 1
                self.now += timedelta(milliseconds=1)
                self.attempt(partial(deeds.EVERY[name], self, *more))
                if name in deeds.TELLING:
                    self.promises.note()
                    self.jobs = True
            self._meet_the_rest()
            self.calm_down()

    @staticmethod
    def attempt(deed):
        try:
            with transaction.atomic():
                deed()
        except DomainError:
            return

    def work(self):
        """Everything that is due, unless the worker dies of it."""
        with clock.standing(self.now):
            try:
                sweep.drain(at=self.now)
                self._note_moves()
                while self.jobs and jobs.run_due(at=self.now):
                    sweep.drain(at=self.now)
                    self._note_moves()
                self.jobs = self.accepts
            except Killed:
                self._note_moves()
                return
        self.promises.settle()

    def _note_moves(self):
        """Work moves events where an account takes moves over there on."""
        if self.accepts:
            self.promises.note()

    def read(self):
        Cursor.objects.update(next_at=self.now)
        tasks.read_calendars(at=self.now)

    def repair(self):
        broken = Account.objects.filter(state__in=("reconnect", "troubled"))
        broken.update(state="troubled")
        self.read()

    def _meet_the_rest(self):
        """Faults that are still switched on meet a last round of reading."""
        self.now += timedelta(seconds=100)
        self.read()
        self.work()
        self.now += timedelta(seconds=100)
        self.work()

    def calm_down(self):
        """Nothing fails any more, and time passes until nothing waits: four rounds at most."""
        self.kill = self.kill_mail = ""
        for peer in self.far.used.values():
            peer.calm()
        self.work()
        for number in range(4):
            if number > 1 and not _anything_waits():
                return
            self.now += timedelta(minutes=70)
            self.repair()
            tasks.push_waiting(at=self.now)
            self.jobs = True
            self.work()


def _anything_waits():
    """Whether work, an entry or an account still stands where it is not to stay."""
    return (
        Work.objects.filter(state__in=("ready", "leased")).exists()
        or Link.objects.filter(state__in=("pending", "failed")).exists()
        or Account.objects.exclude(state="fine").exists()
    )
