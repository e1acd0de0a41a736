"""An event with a video meeting at a simulated provider, and a clock that goes on."""

from datetime import timedelta

from events.backstage import sweep
from events.registration import commands as registration
from integrations.accounts import commands as accounts
from integrations.harvest import tasks
from integrations.harvest.models import HarvestRow
from integrations.providers.microsoft import auth
from integrations.simulators.google.hand import Guest as GoogleGuest
from integrations.simulators.google.server import PERSON
from integrations.simulators.microsoft.hand import Guest as TeamsGuest
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.sync.models import Link
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT, make_event, make_world

MAILBOX = "coordinator@school.example.org"


class Stage:
    """One online event of 150 minutes, published with a link that the provider makes."""

    def __init__(self, client):
        self.client, self.world, self.now = client, make_world(), AT
        self.account = self.connect()
        self.begin()

    def begin(self, **changes):
        """A published event with the link that its calendar made."""
        self.event = make_event(self.world, **{"join_url": "", "mode": "online", **changes})
        self.work(11)
        for _ in range(6):
            self.work(5)
        self.part = self.event.parts.get()
        self.page = f"/attendance/{self.event.pk}/"

    @property
    def ref(self):
        return Link.objects.get(part=self.part).meeting_ref

    @property
    def row(self):
        return HarvestRow.objects.get(part=self.part)

    def another_event(self):
        """A month later; the clock goes on."""
        self.now = self.now + timedelta(hours=1)
        self.begin(
            title="Next steps", starts=self.part.starts_at.replace(tzinfo=None) + timedelta(days=30)
        )

    @property
    def by(self):
        return self.world.actor(self.world.coordinator)

    def _connect(self, provider, options, secret, **more):
        wish = accounts.Wish(
            provider=provider, scope="person", scope_id=self.world.coordinator.pk, name="Team",
            options=options, makes_meetings=True, **more,
        )  # fmt: skip
        return accounts.connect(wish=wish, secrets=secret, by=self.by, at=AT)

    def register(self, *people):
        for person in people:
            registration.register(
                self.event.pk, person_id=person.pk, way="online", by=self.world.actor(person), at=AT
            )

    def work(self, seconds=0):
        self.now += timedelta(seconds=seconds)
        with stands_at(self.now):
            sweep.drain(at=self.now)

    def after(self, **span):
        """Go to so long after the end; let the chore see who is due, and do what follows."""
        self.now = self.part.ends_at + timedelta(**span)
        with stands_at(self.now):
            sweep.drain(at=self.now)
            tasks.look_after(at=self.now)
            sweep.drain(at=self.now)

    def minute(self, number):
        return self.part.starts_at + timedelta(minutes=number)

    def span(self, first=0, last=150):
        return (self.minute(first), self.minute(last))

    def board(self):
        return self.page_at(self.page)

    def page_at(self, path):
        with stands_at(self.now):
            self.client.force_login(self.world.coordinator)
            return text(self.client.get(path))


class Meet(Stage):
    """At Google."""

    def __init__(self, client, simulator):
        self.far = simulator
        super().__init__(client)

    def connect(self):
        secret = {"service_account": self.far.service_account()}
        return self._connect(
            "google", self.far.endpoints(), secret, calendar=PERSON, subject=PERSON
        )

    def hold(self, people, *, first=0, last=150):
        """People as name → (account, spans in minutes)."""
        guests = [
            GoogleGuest(name, [self.span(*one) for one in spans], user=f"users/{user}")
            if user else GoogleGuest(name, [self.span(*one) for one in spans], kind="anonymousUser")
            for name, (user, *spans) in people.items()
        ]  # fmt: skip
        ended = self.minute(last) if last is not None else None
        return self.far.hand.hold(self.ref, guests, started=self.minute(first), ended=ended)


class Teams(Stage):
    """At Microsoft."""

    def __init__(self, client, simulator):
        auth._APPS.clear()  # a port may come again
        self.far = simulator
        self.box = simulator.world.add_mailbox(MAILBOX)
        simulator.world.clock = lambda: self.now
        super().__init__(client)

    def connect(self):
        options = {
            "tenant": TENANT, "client_id": CLIENT, "login_url": self.far.url,
            "graph_url": f"{self.far.url}/v1.0",
        }  # fmt: skip
        return self._connect(
            "microsoft", options, {"client_secret": self.far.world.secret},
            calendar=MAILBOX, subject=self.box.person,
        )  # fmt: skip

    def hold(self, people, *, first=0, last=150):
        """People as name → (address, spans in minutes)."""
        guests = [
            TeamsGuest(name, [self.span(*one) for one in spans], email=email)
            for name, (email, *spans) in people.items()
        ]
        return self.far.hand.hold(self.ref, self.minute(first), self.minute(last), guests)


def text(answer):
    return " ".join(answer.content.decode().replace("\u202f", " ").split())
