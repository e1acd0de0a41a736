"""Who may look at a person's certificates and hours, read from the grants in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from attendance.certificates import queries as certificates
from events.kernel.actors import Role
from events.kernel.words import pick
from events.people import queries as people
from events.programme import queries as programme

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.programme.models import Event


@dataclass(frozen=True)
class Readers:
    """People with one role, and what they can see."""

    who: str
    names: tuple[str, ...]
    what: str


def of_person(person_id: int, *, at: datetime) -> list[Readers]:
    """Everybody else who may read a person's attendance, certificates and hours, in two queries.

    What My learning and My details and privacy both show, so that neither names more than the other.
    """
    return of_events(certificates.event_ids_of(person_id), besides=person_id, at=at)


def of_events(
    event_ids: "Iterable[int] | QuerySet[Any, int]", *, besides: int, at: datetime
) -> list[Readers]:
    """Everybody but `besides` who may read something about these events, as of an instant.

    Asks for the same roles and scopes as `policies.may_read` of certificates does.
    """
    events = list(programme.events_for_work(event_ids).values())
    found: dict[tuple[Role, str], set[str]] = {}
    asked = sorted({item for event in events for item in _asked(event)})
    seats = people.holders_of({(role, scope, pk) for role, _, scope, pk in asked}, at=at)
    for role, label, scope, pk in asked:
        names = {to.name for to in seats[role, scope, pk] if to.person_id != besides}
        found.setdefault((role, label), set()).update(names)
    readers = [_readers(role, label, names) for (role, label), names in found.items() if names]
    return [*_organisers(events, besides), *readers]


def _asked(event: "Event") -> Iterator[tuple[Role, str, str, int]]:
    """Who runs an event or serves its ministry, as role, name of the place, and scope."""
    country = pick(event.country.names, get_language() or "en")
    yield Role.MINISTRY_OFFICER, country, "country", event.country_id
    if event.cluster is None:
        yield Role.NATIONAL_COORDINATOR, country, "country", event.country_id
        return
    cluster, host = event.cluster, event.host_school
    yield Role.CLUSTER_COORDINATOR, cluster.name, "cluster", cluster.pk
    yield Role.CLUSTER_COORDINATOR, cluster.name, "country", cluster.country_id
    yield Role.HOST, event.title, "event", event.pk
    if host is not None:
        yield Role.SCHOOL_COORDINATOR, host.name, "school", host.pk
        yield Role.SCHOOL_COORDINATOR, host.name, "cluster", cluster.pk
        yield Role.SCHOOL_COORDINATOR, host.name, "country", host.country_id


def _organisers(events: list["Event"], besides: int) -> list[Readers]:
    names = {event.organiser.name for event in events if event.organiser_id != besides}
    what = gettext("attendance and certificates of their own events")
    return (
        [Readers(gettext("Organisers of the events"), tuple(sorted(names)), what)] if names else []
    )


def _readers(role: Role, label: str, names: set[str]) -> Readers:
    who = {
        Role.CLUSTER_COORDINATOR: gettext("Cluster coordinators, %(place)s"),
        Role.SCHOOL_COORDINATOR: gettext("Coordinators of the host school, %(place)s"),
        Role.HOST: gettext("Hosts of the event, %(place)s"),
        Role.NATIONAL_COORDINATOR: gettext("National coordinators, %(place)s"),
        Role.MINISTRY_OFFICER: gettext("Ministry officers, %(place)s"),
    }[role]
    what = gettext("attendance and certificates of these events")
    if role == Role.MINISTRY_OFFICER:
        what = gettext("certificates, and the ministry's file with your official number")
    return Readers(who % {"place": label}, tuple(sorted(names)), what)
