"""A cluster whose coordinator plans, and calendars of a whole country at simulated providers."""

from datetime import timedelta

from events.availability import commands
from events.availability.models import BusyConsent, BusyTime
from events.backstage import sweep
from integrations.accounts import commands as accounts
from integrations.providers.microsoft import auth
from integrations.simulators.google.server import PERSON
from integrations.simulators.google.world import Book
from integrations.simulators.microsoft.world import CLIENT, TENANT
from tests.events.registration.mail import at as stands_at
from tests.factories.sessions import sign_in
from tests.factories.world import ADMIN, AT, make_person, make_world

PAGE = "/me/busy-times/"
CHORES = (commands.ask_again, commands.forget_old)


class Stage:
    """One cluster of four teachers besides the coordinator, and a clock that goes on."""

    def __init__(self, client):
        self.client, self.now = client, AT
        self.world = make_world(teachers=4)
        self.people = [*self.world.teachers, self.world.coordinator]
        self.teachers = self.world.teachers

    def connect(self, provider, options, secret, *, scope="country", scope_id=None, **more):
        wish = accounts.Wish(
            provider=provider, scope=scope, name=f"{provider} of the country", options=options,
            scope_id=self.world.country.pk if scope_id is None else scope_id, **more,
        )  # fmt: skip
        owner = make_person(f"Owner of {provider} {scope}")
        by = ADMIN.__class__(
            person_id=owner.pk, standings=ADMIN.standings, system="tests"
        )  # fmt: skip
        return accounts.connect(wish=wish, secrets=secret, by=by, at=AT)

    def google(self, simulator, **more):
        for person in self.people:
            simulator.world.books[person.email] = Book(person.email)
        secret = {"service_account": simulator.service_account()}
        return self.connect(
            "google", simulator.endpoints(), secret, calendar=PERSON, subject=PERSON, **more
        )

    def microsoft(self, simulator, **more):
        auth._APPS.clear()
        boxes = {one.email: simulator.world.add_mailbox(one.email) for one in self.people}
        simulator.world.add_mailbox(PERSON)
        options = {
            "tenant": TENANT, "client_id": CLIENT, "login_url": simulator.url,
            "graph_url": f"{simulator.url}/v1.0",
        }  # fmt: skip
        secret = {"client_secret": simulator.world.secret}
        account = self.connect("microsoft", options, secret, calendar=PERSON, **more)
        return account, boxes

    def get(self, person, path=PAGE, **more):
        sign_in(self.client, person)
        with stands_at(self.now):
            return self.client.get(path, **more)

    def say(self, person, account, do="agree"):
        sign_in(self.client, person)
        with stands_at(self.now):
            return self.client.post(PAGE, {"do": do, "calendar": account.pk})

    def plan(self):
        """The coordinator opens the form; the work that follows is done; and opens it again."""
        first = self.get(self.world.coordinator, "/plan/new/?kind=teachmeet").content.decode()
        self.work()
        return first, self.planned()

    def planned(self):
        return self.get(self.world.coordinator, "/plan/new/?kind=teachmeet").content.decode()

    def work(self, **span):
        self.now += timedelta(**span)
        with stands_at(self.now):
            for chore in CHORES:
                chore(at=self.now)
            sweep.drain(at=self.now)


def kept():
    return BusyTime.objects.count(), BusyConsent.objects.exclude(fetched_at=None).count()
