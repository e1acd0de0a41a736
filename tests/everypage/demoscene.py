"""The pages that long lists fill, looked at over the demo network by its own people."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Count
from django.test import Client

from attendance.certificates.models import Certificate
from attendance.exports.models import Batch
from config.demo import cast
from events.networks.models import Cluster, Community, Membership
from events.people.models import Person
from events.programme.family_models import Family
from events.programme.models import Event, Series
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
anybody        /?past=1
teacher        /events/<slug>/ at=published
teacher        /events/<slug>/register/ at=published
teacher        /me/calendar/
teacher        /me/data/
teacher        /communities/
teacher        /communities/<code>/
teacher        /families/<family>/
teacher        /series/<series>/
organiser      /events/<slug>/colleagues/ at=published
organiser      /plan/new/
organiser      /plan/<event_id>/edit/ at=published
organiser      /plan/<event_id>/cancel/ at=published
organiser      /attendance/<event_id>/ at=published
organiser      /attendance/<event_id>/print/ at=closed
organiser      /attendance/<event_id>/reports/ at=closed
organiser      /network/
organiser      /network/schools/<school_id>/
organiser      /clusters/<slug>/edit/
organiser      /people/<handle>/
officer        /ministry/batches/<batch_id>/
administrator  /network/programmes/
anybody        /mailbox/
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
        """The address of a case, as it is asked for."""
        event = self.fullest[case.variant or "published"]
        cluster = case.address.startswith("/clusters/")
        found: dict[str, object] = {**self.others, "event_id": event.pk, "slug": event.slug}
        if cluster:
            found["slug"] = Cluster.objects.get(pk=event.cluster_id).slug
        address = case.address
        for name, value in found.items():
            address = address.replace(f"<{name}>", str(value))
        return address + case.query

    @cached_property
    def others(self) -> dict[str, object]:
        """What is there besides events, by the gap of the address."""
        teacher, country = self.people[cases.TEACHER], self.fullest["closed"].country_id
        issued = Certificate.objects.filter(event=self.fullest["closed"]).order_by("pk")
        family = Family.objects.annotate(number=Count("events")).order_by("-number", "pk")
        school = (
            Membership.objects.filter(person=teacher, school__isnull=False).latest("pk").school_id
        )
        batch = Batch.objects.filter(country_id=country).latest("pk")
        return {
            "number": issued[0].number, "handle": teacher.handle, "school_id": school,
            "family": family.filter(country_id=country)[0].slug, "batch_id": batch.pk,
            "series": Series.objects.filter(events__country_id=country).order_by("pk")[0].slug,
            "code": Community.objects.order_by("pk")[0].code,
        }  # fmt: skip

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
