"""The people who look, and the things they look at."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import Client

from events.kernel.actors import Actor, Role
from events.people.models import Person
from integrations.accounts import commands as accounts
from integrations.accounts import testing
from integrations.ports import Finding
from tests.everypage import calendars, cases, harvests
from tests.factories.sessions import sign_in
from tests.factories.world import make_person
from tests.matrix import fillings
from tests.matrix.places import NOW, Place, give, make_places


@dataclass
class Scene:
    place: Place
    people: dict[str, Person]

    def path(self, case: cases.Case) -> str:
        """The address of a case, as it is asked for."""
        for gap in ("<tag>", "<provider>", "<service>"):
            if gap in case.address and case.variant:
                return case.address.replace(gap, case.variant)
        return fillings.filled(case.address, self.place, case.variant) + case.query

    def client(self, who: str) -> Client:
        """A client signed in as one of the people, with the second step unless told."""
        client = Client()
        person = self.people.get(who.partition("-")[0])
        return sign_in(client, person, second_step="-" not in who) if person else client

    def sessions(self, whos: set[str]) -> dict[str, str]:
        """Session keys of everybody who signs in."""
        clients = {who: self.client(who).cookies.get(settings.SESSION_COOKIE_NAME) for who in whos}
        return {who: cookie.value for who, cookie in clients.items() if cookie}


def make_scene() -> Scene:
    """The places of the matrix, the first of them to be looked at."""
    place = make_places()[0]
    calendars.keep(place)
    harvests.keep(place)
    people = {cases.TEACHER: place.teacher, cases.ORGANISER: place.organiser}
    country = place.world.country.pk
    for who, role, scope, scope_id in (
        (cases.OFFICER, Role.MINISTRY_OFFICER, "country", country),
        (cases.NATIONAL, Role.NATIONAL_COORDINATOR, "country", country),
        (cases.ADMINISTRATOR, Role.ADMINISTRATOR, "world", 0),
    ):
        people[who] = make_person(f"{who} of pages")
        give(people[who], role, scope, scope_id)
    place.made["account_id"] = _broken_account(people[cases.ADMINISTRATOR])
    return Scene(place, people)


def _broken_account(owner: Person) -> int:
    """A connection that says on its page everything such a page can say."""
    wish = accounts.Wish(
        "caldav", "world", name="Calendar of all", calendar="https://127.0.0.1:9/all/",
        options={"server": "https://127.0.0.1:9/"}, subject="owner@example.org",
        credentials_end_at=NOW + timedelta(days=10),
    )  # fmt: skip
    by = Actor(person_id=owner.pk, system="tests")
    row = accounts.connect(wish=wish, secrets={"user": "kolega", "password": "x"}, by=by, at=NOW)
    findings = [
        Finding("calendar", went=True),
        Finding("write", went=False, code="forbidden", said="403 Forbidden"),
        Finding("busy", went=False, code="busy_not_told"),
    ]
    testing.keep(row.pk, findings, at=NOW)
    return row.pk
