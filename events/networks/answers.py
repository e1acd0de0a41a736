"""The network as the API answers it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from events.interface.shapes import Shape, link
from events.networks.models import Cluster, ClusterSchool, Country, Programme, School, Term
from events.networks.queries import current


class CountryShape(Shape):
    """A country with its ministry; `names` by language tag."""

    id: int
    code: str
    names: dict[str, str]
    ministry: str
    zone: str
    language: str


class ProgrammeShape(Shape):
    """What a network runs under."""

    id: int
    code: str
    name: str
    show_percent: bool


class TermShape(Shape):
    """A school term of a country; both days included."""

    id: int
    country: str
    name: str
    starts_on: date
    ends_on: date


class SchoolShape(Shape):
    """A school; a closed one is offered nowhere."""

    id: int
    country: str
    national_code: str
    name: str
    place: str
    address: str
    languages: list[str]
    closed_at: datetime | None
    links: dict[str, str]


class SeatShape(Shape):
    """A school's seat in a cluster: as mentor or mentee."""

    school_id: int
    name: str
    place: str
    part: str


class ClusterShape(Shape):
    """A mentor school with the schools it works with."""

    id: int
    slug: str
    name: str
    theme: str
    origin: str
    country: str
    programme_id: int | None
    schools: list[SeatShape]
    links: dict[str, str]


class MemberShape(Shape):
    """Somebody of a school, for those who look after it."""

    id: int
    name: str
    school_id: int
    school: str
    job: str
    since: date


def country(row: Country) -> CountryShape:
    """A country."""
    return CountryShape(
        id=row.pk, code=row.code, names=row.names, ministry=row.ministry, zone=row.zone,
        language=row.language,
    )  # fmt: skip


def programme(row: Programme) -> ProgrammeShape:
    """A programme."""
    return ProgrammeShape(id=row.pk, code=row.code, name=row.name, show_percent=row.show_percent)


def term(row: Term) -> TermShape:
    """A term."""
    return TermShape(
        id=row.pk, country=row.country.code, name=row.name, starts_on=row.starts_on,
        ends_on=row.ends_on,
    )  # fmt: skip


def school(row: School) -> SchoolShape:
    """A school."""
    return SchoolShape(
        id=row.pk, country=row.country.code, national_code=row.national_code, name=row.name,
        place=row.place, address=row.address, languages=row.languages, closed_at=row.closed_at,
        links={"self": link("schools", row.pk), "people": link("schools", row.pk, "people")},
    )  # fmt: skip


def clusters(rows: Sequence[Cluster], *, on: date) -> list[ClusterShape]:
    """Clusters with their schools on a day, mentor school first; three queries for any number."""
    prefetch_related_objects(list(rows), "country")
    seats = (
        ClusterSchool.objects.filter(current(on), cluster_id__in=[row.pk for row in rows])
        .select_related("school")
        .order_by("school__sort_key", "school_id")
    )
    found: dict[int, list[SeatShape]] = {row.pk: [] for row in rows}
    for seat in sorted(seats, key=lambda one: one.part != ClusterSchool.Part.MENTOR):
        found[seat.cluster_id].append(_seat(seat))
    return [_cluster(row, found[row.pk]) for row in rows]


def _seat(row: ClusterSchool) -> SeatShape:
    return SeatShape(
        school_id=row.school_id, name=row.school.name, place=row.school.place, part=row.part
    )


def _cluster(row: Cluster, seats: list[SeatShape]) -> ClusterShape:
    own = link("clusters", row.pk)
    return ClusterShape(
        id=row.pk, slug=row.slug, name=row.name, theme=row.theme, origin=row.origin,
        country=row.country.code, programme_id=row.programme_id, schools=seats,
        links={"self": own, "people": f"{own}/people", "page": f"/clusters/{row.slug}/"},
    )  # fmt: skip
