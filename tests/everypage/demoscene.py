"""The pages that long lists fill, looked at over the demo network."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Count
from django.test import Client

from attendance.certificates.models import Certificate
from config.demo import cast
from events.networks.models import Cluster
from events.people.models import Person
from events.programme.models import Event
from tests.everypage import cases
from tests.everypage.cases import Case
from tests.factories.sessions import sign_in

PEOPLE = {
    cases.TEACHER: cast.TEACHER, cases.ORGANISER: cast.CLUSTER_COORDINATOR,
    cases.OFFICER: cast.OFFICER, cases.NATIONAL: cast.NATIONAL_COORDINATOR,
    cases.ADMINISTRATOR: cast.ADMINISTRATOR,
}  # fmt: skip

LINES = """
anybody        /
organiser      /
teacher        /me/
teacher        /me/events/
organiser      /plan/
organiser      /plan/?view=agenda
organiser      /plan/?view=term
organiser      /events/<slug>/ at=published
organiser      /attendance/
organiser      /attendance/<event_id>/ at=closed
organiser      /attendance/<event_id>/certificates/ at=closed
organiser      /attendance/<event_id>/list/ at=published
officer        /ministry/
organiser      /clusters/<slug>/
organiser      /people/
national       /network/schools/
administrator  /network/
administrator  /system/
anybody        /v/<number>/
"""


@dataclass
class DemoScene:
    """Stands in for `Scene`: the people one signs in as, and the fullest thing of each kind."""

    @cached_property
    def people(self) -> dict[str, Person]:
        return {who: Person.objects.get(email=mail) for who, (mail, _) in PEOPLE.items()}

    @cached_property
    def fullest(self) -> dict[str, Event]:
        """Of the organiser's cluster, by state: the event with the most registrations."""
        found = Event.objects.filter(organiser=self.people[cases.ORGANISER])
        ordered = found.annotate(number=Count("registrations")).order_by("number", "pk")
        return {event.state: event for event in ordered}

    def path(self, case: Case) -> str:
        event = self.fullest[case.variant or "published"]
        slug = event.slug
        if case.address.startswith("/clusters/"):
            slug = Cluster.objects.get(pk=event.cluster_id).slug
        number = Certificate.objects.filter(event=self.fullest["closed"]).order_by("pk")[0].number
        values = {"event_id": event.pk, "slug": slug, "number": number}
        address = case.address
        for name, value in values.items():
            address = address.replace(f"<{name}>", str(value))
        return address + case.query

    def sessions(self) -> dict[str, str]:
        """Session keys of everybody who signs in."""
        clients = {
            who: sign_in(Client(), person, second_step=True) for who, person in self.people.items()
        }
        return {
            who: client.cookies[settings.SESSION_COOKIE_NAME].value
            for who, client in clients.items()
        }


def demo_cases() -> list[Case]:
    return cases.cases(LINES)
