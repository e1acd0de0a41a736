"""Who has which role where, and whose role reaches a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.kernel.words import pick
from events.networks import queries as networks
from events.networks.models import Cluster, Country, Programme, School
from events.networks.persons import wording
from events.people import queries as people
from events.people.models import Grant


@dataclass(frozen=True)
class RoleLine:
    """One role of one person, in words; `begun` is False for a role that is still to come."""

    grant_id: int
    person_id: int
    role: str
    scope: str
    scope_id: int
    name: str | Promise
    where: str
    starts_at: datetime
    ends_at: datetime | None
    begun: bool
    deputy: bool = False


def of_person(person_id: int, *, at: datetime) -> list[RoleLine]:
    """A person's roles in force and to come."""
    rows = Grant.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("pk")
    return lines([row for row in rows if row.ends_at is None or row.ends_at > at], at=at)


def lines(grants: list[Grant], *, at: datetime) -> list[RoleLine]:
    """Grants in words, at most three queries for all of them."""
    names = scope_names({(row.scope, row.scope_id) for row in grants})
    return [
        RoleLine(
            row.pk, row.person_id, row.role, row.scope, row.scope_id,
            _named(row), names.get((row.scope, row.scope_id), ""),
            row.starts_at, row.ends_at, row.starts_at <= at, row.deputy,
        )
        for row in grants
    ]  # fmt: skip


def _named(row: Grant) -> str | Promise:
    name = wording.NAMES.get(row.role, row.role)
    return _("Deputy: %(role)s") % {"role": name} if row.deputy else name


def scope_names(scopes: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Names of countries, clusters and schools by (scope, id)."""
    wanted: dict[str, set[int]] = {}
    for scope, scope_id in scopes:
        wanted.setdefault(scope, set()).add(scope_id)
    found: dict[tuple[str, int], str] = {}
    if ids := wanted.get("country"):
        rows = Country.objects.filter(pk__in=ids)
        found |= {("country", row.pk): country_name(row) for row in rows}
    if ids := wanted.get("cluster"):
        clusters = Cluster.objects.filter(pk__in=ids).values_list("pk", "name")
        found |= {("cluster", pk): name for pk, name in clusters}
    if ids := wanted.get("school"):
        schools = School.objects.filter(pk__in=ids).values_list("pk", "name")
        found |= {("school", pk): name for pk, name in schools}
    if ids := wanted.get("programme"):
        found |= {("programme", row.pk): row.name for row in Programme.objects.filter(pk__in=ids)}
    if "world" in wanted:
        found[("world", 0)] = _("The whole service")
    if "event" in wanted:
        found |= {("event", pk): _("One event") for pk in wanted["event"]}
    return found


def country_name(country: Country) -> str:
    """The name in the reader's language, else any, else the code."""
    return pick(country.names, get_language() or "en") or country.code


@dataclass(frozen=True)
class Onlooker:
    """Somebody who sees data of a person, by which role, and what of it."""

    role: str | Promise
    where: str
    people: list[str]
    sees: str | Promise


def who_sees(person_id: int, *, at: datetime) -> list[Onlooker]:
    """Everybody whose grants in force reach a person, by role and place."""
    actor = networks.actor_for(people.active(person_id), at=at)
    schools, clusters = actor.home_schools, actor.home_clusters
    reach = (
        Q(scope="world", scope_id=0)
        | Q(scope="country", scope_id__in=actor.home_countries)
        | Q(scope="cluster", scope_id__in=clusters)
        | Q(scope="school", scope_id__in=schools)
    )
    rows = list(
        Grant.objects.filter(people.in_force(at), reach, role__in=list(wording.SEES))
        .exclude(person_id=person_id)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    groups: dict[tuple[str, str, int], list[str]] = {}
    for row in rows:
        groups.setdefault((row.role, row.scope, row.scope_id), []).append(row.person.name)
    names = scope_names({(scope, scope_id) for _role, scope, scope_id in groups})
    order = list(wording.SEES)
    return [
        Onlooker(wording.NAMES[role], names.get((scope, pk), ""), groups[role, scope, pk], wording.SEES[role])
        for role, scope, pk in sorted(groups, key=lambda group: (order.index(group[0]), group[2]))
    ]  # fmt: skip
