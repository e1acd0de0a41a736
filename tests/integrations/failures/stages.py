"""The whole product with simulated providers behind servers: every call goes over HTTP."""

from dataclasses import replace
from datetime import timedelta

from events.backstage import sweep
from events.kernel.actors import Role
from events.people import commands as people
from events.programme import commands as programme
from events.programme import queries
from events.registration import commands as registration
from integrations.accounts import commands as accounts
from integrations.accounts import watching
from integrations.harvest import tasks as harvest
from integrations.providers.microsoft import auth
from integrations.simulators.google.server import PERSON
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.sync import commands, questions, tasks
from integrations.sync.models import Cursor, Link, Question
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

MAILBOX = "coordinator@school.example.org"


class Stage:
    """One coordinator with accounts, and a clock that goes on with each `work`."""

    def __init__(self, client, door):
        self.client, self.door, self.world, self.now = client, door, make_world(), AT
        self.fars = {}

    # Accounts.

    def connect(self, provider, options, secret, *, scope="person", meets=True, **more):
        pk = self.world.country.pk if scope == "country" else self.world.coordinator.pk
        wish = accounts.Wish(
            provider=provider, scope=scope, scope_id=pk, name="Team", options=options,
            makes_meetings=meets, **more,
        )  # fmt: skip
        by = self.world.actor(self._head() if scope == "country" else self.world.coordinator)
        return accounts.connect(wish=wish, secrets=secret, by=by, at=AT)

    def _head(self):
        head = make_person("National Coordinator")
        people.grant(
            person_id=head.pk, role=Role.NATIONAL_COORDINATOR, scope="country",
            scope_id=self.world.country.pk, by=SYSTEM, at=AT,
        )  # fmt: skip
        return head

    def google(self, far, *, secret=None, **more):
        self.fars["google"] = far
        far.world.clock = lambda: self.now
        secret = secret or {"service_account": far.service_account()}
        return self.connect(
            "google", far.endpoints(), secret, calendar=PERSON, subject=PERSON, **more
        )

    def microsoft(self, far, **more):
        auth._APPS.clear()  # a port may come again
        self.fars["microsoft"] = far
        self.box = far.world.mailbox(MAILBOX) or far.world.add_mailbox(MAILBOX)
        far.world.clock = lambda: self.now
        options = {
            "tenant": TENANT, "client_id": CLIENT, "login_url": far.url,
            "graph_url": f"{far.url}/v1.0",
        }  # fmt: skip
        secret = {"client_secret": far.world.secret}
        return self.connect(
            "microsoft", options, secret, calendar=MAILBOX, subject=self.box.person, **more
        )

    # Time.

    def work(self, seconds=11):
        """Let time pass, then let everything due be done."""
        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            sweep.drain(at=self.now)

    def read(self, seconds=3600):
        """Let time pass until calendars are read, and do what follows."""
        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            Cursor.objects.update(next_at=self.now)
            tasks.read_calendars(at=self.now)
        self.work(0)

    def look_at_channels(self, seconds=60):
        """Let the chore look who needs new notices."""
        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            tasks.renew_channels(at=self.now)
        self.work(0)

    def watch_accounts(self):
        """Let the chore look how accounts fare."""
        with stands_at(self.now):
            watching.look_after(at=self.now)
        self.work(0)

    def after(self, part, **span):
        """Go to so long after the end of a part; let the chore see what is due."""
        self.now = part.ends_at + timedelta(**span)
        self.work(0)
        with stands_at(self.now):
            harvest.look_after(at=self.now)
        self.work(0)

    # Deeds.

    @property
    def by(self):
        return self.world.actor(self.world.coordinator)

    def event(self, **changes):
        event = make_event(self.world, **{"join_url": "", "mode": "online", **changes})
        self.work()
        for _ in range(3):
            self.work(5)  # a meeting may come a little later
        return event

    def change(self, event, **values):
        event.refresh_from_db()
        plan = replace(programme.present_plan(event, self.part(event)), **values)
        with stands_at(self.now):
            programme.change(event.pk, plan, by=self.by, at=self.now)
        self.work(1)

    def cancel(self, event):
        with stands_at(self.now):
            programme.cancel(event.pk, reason="Snow", by=self.by, at=self.now)
        self.work(1)

    def answer(self, kind, **more):
        asked = Question.objects.get(answered_at=None)
        seen = questions.digest(asked)
        with stands_at(self.now):
            commands.answer(asked.pk, seen=seen, answer=kind, by=self.by, at=self.now, **more)
        self.work(1)

    def register(self, event, *people):
        for person in people:
            registration.register(
                event.pk,
                person_id=person.pk,
                way="online",
                by=self.world.actor(person),
                at=self.now,
            )
        self.work(1)

    def page(self, path, who=None):
        with stands_at(self.now):
            self.client.force_login(who or self.world.coordinator)
            return " ".join(self.client.get(path).content.decode().split())

    @staticmethod
    def part(event):
        return queries.parts_of(event.pk)[0]

    @staticmethod
    def link(**conditions):
        return Link.objects.get(**conditions)

    # What stands over there, and what was asked.

    def standing(self, name=None):
        """The events that stand over there, as that side keeps them."""
        found = []
        if "google" in self.fars and name in {None, "google"}:
            found += self.fars["google"].world.books[PERSON].standing()
        if "microsoft" in self.fars and name in {None, "microsoft"}:
            found += list(self.box.events.values())
        return found

    def asked(self, name, *words):
        """The requests a far side got whose line holds all words."""
        return [one for one in self.fars[name].diary if all(word in one.line for word in words)]
