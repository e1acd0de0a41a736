"""Communities for their people: who may belong, joining, leaving, what a page says of one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from events.backstage.commands import audit
from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing, NotAllowed
from events.kernel.words import pick
from events.networks.models import Community, Membership
from events.networks.queries import current
from events.people.models import Person

LOOKERS = (Role.NATIONAL_COORDINATOR, Role.MINISTRY_OFFICER)


def may_join(by: Actor, community: Community) -> bool:
    """People of the community's country join it; one without a country is everybody's."""
    if by.person_id is None:
        return False
    return community.country_id is None or community.country_id in by.home_countries


def visible_to(by: Actor) -> QuerySet[Community]:
    """The communities one may join, belongs to or looks after."""
    rows = Community.objects.select_related("country")
    if by.person_id is None:
        return rows.none()
    if by.is_a(Role.ADMINISTRATOR, Role.HELPDESK):
        return rows
    countries = by.home_countries | by.reach("countries", *LOOKERS)
    return rows.filter(
        Q(country=None) | Q(country_id__in=countries) | Q(pk__in=by.home_communities)
    )


def seen(code: str, *, by: Actor) -> Community:
    """One of them by code; raises Missing."""
    row = visible_to(by).filter(code=code).first()
    if row is None:
        raise Missing
    return row


@dataclass(frozen=True)
class Group:
    """A community in plain values. `kind` is subject or job; `mine` says that the reader belongs."""

    community_id: int
    code: str
    name: str
    kind: str
    country: str
    members: int
    mine: bool
    open: bool


def listed(by: Actor, *, on: date) -> list[Group]:
    """The communities a reader may see, subjects first, by name, each with its number of people."""
    held = Q(memberships__in=Membership.objects.filter(current(on), person__is_active=True))
    rows = visible_to(by).annotate(number=Count("memberships__person", filter=held, distinct=True))
    found = [_group(row, row.number, by) for row in rows]
    return sorted(found, key=lambda one: (one.kind != "subject", one.name.casefold(), one.code))


def _group(row: Community, number: int, by: Actor) -> Group:
    language = get_language() or "en"
    country = pick(row.country.names, language) if row.country else ""
    return Group(
        row.pk, row.code, pick(row.names, language), "subject" if row.subject else "job", country,
        number, mine=row.pk in by.home_communities, open=may_join(by, row),
    )  # fmt: skip


def members(community_id: int, *, on: date) -> QuerySet[Person]:
    """Active people who belong to a community on a day."""
    held = Membership.objects.filter(current(on), community_id=community_id)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by(
        "sort_key", "pk"
    )


def offered_in(country_id: int, *, on: date) -> list[tuple[int, dict[str, str], int]]:
    """Communities an event of a country can be meant for: id, names, number of people."""
    held = Q(memberships__in=Membership.objects.filter(current(on), person__is_active=True))
    rows = Community.objects.filter(Q(country=None) | Q(country_id=country_id)).annotate(
        number=Count("memberships__person", filter=held, distinct=True)
    )
    return [(row.pk, row.names, row.number) for row in rows.order_by("code")]


@transaction.atomic
def join(*, community_id: int, by: Actor, at: datetime) -> Membership:
    """Belong to a community from today on; who does already changes nothing."""
    row = Community.objects.filter(pk=community_id).first()
    if row is None or not visible_to(by).filter(pk=community_id).exists():
        raise Missing
    if by.person_id is None or not may_join(by, row):
        raise NotAllowed
    member, new = Membership.objects.get_or_create(
        person_id=by.person_id, community_id=community_id, ended_on=None,
        defaults={"starts_on": at.date()},
    )  # fmt: skip
    if new:
        audit("community_joined", by=by, at=at, thing="person", thing_id=by.person_id,
              changes={"community": [None, community_id]})  # fmt: skip
    return member


@transaction.atomic
def leave(*, community_id: int, by: Actor, at: datetime) -> None:
    """Belong to a community no longer; nothing happens if one did not."""
    held = Membership.objects.filter(
        person_id=by.person_id or 0, community_id=community_id, ended_on__isnull=True
    )
    if held.update(ended_on=at.date()):
        audit("community_left", by=by, at=at, thing="person", thing_id=by.person_id or 0,
              changes={"community": [community_id, None]})  # fmt: skip
