"""Build the network: countries, schools, clusters, memberships."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from events.backstage import contributed
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.fold import plain_letters, search_key, sort_key
from events.kernel.words import gettext_noop
from events.networks import policies
from events.networks.models import (
    Cluster,
    ClusterSchool,
    Country,
    Membership,
    Programme,
    School,
    Term,
)


class CodeTaken(DomainError):
    """A national code names one school of a country."""

    code = "school_code_taken"
    status = 409
    sentence = gettext_noop("Another school of this country already has the code %(code)s.")


class SchoolSeated(DomainError):
    """A school with a seat in a cluster is not closed."""

    code = "school_seated"
    sentence = gettext_noop("This school has a seat in %(cluster)s. Change the cluster first.")


class MenteesMissing(BadInput):
    """A cluster has a mentor school and at least one other."""

    code = "cluster_schools"
    sentence = gettext_noop("Choose at least one mentee school besides the mentor school.")


class SchoolNameMissing(BadInput):
    """A school needs a name."""

    code = "school_name_missing"
    sentence = gettext_noop("Enter the name of the school.")


class TermsOverlap(BadInput):
    """A day belongs to one term of a country, else its hours would be reported twice."""

    code = "terms_overlap"
    sentence = gettext_noop(
        "These days overlap with %(term)s (%(first)s to %(last)s). Choose days outside it."
    )


@transaction.atomic
def add_country(
    *, code: str, names: Mapping[str, str], ministry: str, zone: str, language: str, by: Actor,
    at: datetime,
) -> Country:  # fmt: skip
    """Add a country by its ISO 3166-1 alpha-2 code, or change the one there is."""
    policies.require_may_run(by)
    values = {"names": dict(names), "ministry": ministry, "zone": zone, "language": language}
    country, _ = Country.objects.update_or_create(code=code.upper(), defaults=values)
    audit("country_saved", by=by, at=at, thing="country", thing_id=country.pk)
    return country


@transaction.atomic
def add_term(
    *, country_id: int, name: str, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Term:
    """Add a term of a country, or change the one of that name; both days included.

    Raises TermsOverlap, and whatever the rooms of OBJECTIONS say against other days of the term.
    """
    policies.require_may_keep_country(by, country_id)
    _lock_terms(country_id)
    former = Term.objects.select_for_update().filter(country_id=country_id, name=name).first()
    _require_free(country_id, name, starts_on, ends_on)
    if former and (former.starts_on, former.ends_on) != (starts_on, ends_on):
        contributed.require_no_objection("term.days", {"term": former.pk})
    term, _ = Term.objects.update_or_create(
        country_id=country_id, name=name, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    days = [str(former.starts_on), str(former.ends_on)] if former else None
    audit("term_saved", by=by, at=at, thing="term", thing_id=term.pk,
          changes={"days": [days, [str(starts_on), str(ends_on)]]})  # fmt: skip
    return term


@transaction.atomic
def remove_term(*, term_id: int, country_id: int, by: Actor, at: datetime) -> Term:
    """Remove a term nothing was reported for. Raises Missing and what the rooms of OBJECTIONS say."""
    policies.require_may_keep_country(by, country_id)
    _lock_terms(country_id)
    term = Term.objects.select_for_update().filter(pk=term_id, country_id=country_id).first()
    if term is None:
        raise Missing
    contributed.require_no_objection("term.removal", {"term": term.pk})
    term.delete()
    audit("term_removed", by=by, at=at, thing="term", thing_id=term_id)
    return term


def _lock_terms(country_id: int) -> None:
    """One at a time per country: two terms written at once could overlap unseen."""
    list(Country.objects.select_for_update(no_key=True).filter(pk=country_id))


def _require_free(country_id: int, name: str, first: date, last: date) -> None:
    others = Term.objects.filter(country_id=country_id).exclude(name=name)
    other = others.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on").first()
    if other is not None:
        raise TermsOverlap(
            field="starts_on", term=other.name, first=str(other.starts_on), last=str(other.ends_on)
        )


@transaction.atomic
def add_programme(
    *, code: str, name: str, by: Actor, at: datetime, show_percent: bool = False
) -> Programme:
    """Add a programme, or change the one of that code."""
    policies.require_may_run(by)
    programme, _ = Programme.objects.update_or_create(
        code=code, defaults={"name": name, "show_percent": show_percent}
    )
    audit("programme_saved", by=by, at=at, thing="programme", thing_id=programme.pk)
    return programme


@transaction.atomic
def add_school(
    *,
    country_id: int,
    name: str,
    by: Actor,
    at: datetime,
    national_code: str = "",
    place: str = "",
    address: str = "",
    languages: tuple[str, ...] = (),
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> School:
    """Add a school; raises CodeTaken when the country already has the national code."""
    policies.require_may_keep_country(by, country_id)
    if not name.strip():
        raise SchoolNameMissing
    language = languages[0] if languages else Country.objects.get(pk=country_id).language
    try:
        with transaction.atomic():
            school = School.objects.create(
                country_id=country_id, name=name.strip(), national_code=national_code.strip(),
                place=place.strip(), address=address.strip(), languages=list(languages),
                latitude=latitude, longitude=longitude,
                sort_key=sort_key(name, language)[:400],
                search_key=search_key(f"{name} {place} {national_code}")[:400], created_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise CodeTaken(code=national_code) from error
    audit("school_added", by=by, at=at, thing="school", thing_id=school.pk)
    return school


@transaction.atomic
def add_cluster(
    *, country_id: int, name: str, by: Actor, at: datetime, programme_id: int | None = None,
    theme: str = "", origin: str = Cluster.Origin.TOP_DOWN,
) -> Cluster:  # fmt: skip
    """Add a cluster to a country."""
    policies.require_may_keep_country(by, country_id)
    cluster = Cluster.objects.create(
        country_id=country_id, programme_id=programme_id, name=name.strip(), theme=theme,
        origin=origin, slug=_free_slug(name), created_at=at,
    )  # fmt: skip
    audit("cluster_added", by=by, at=at, thing="cluster", thing_id=cluster.pk)
    return cluster


def _free_slug(name: str) -> str:
    base = slugify(plain_letters(name))[:70] or "cluster"
    taken = set(Cluster.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def seat_school(
    *, cluster_id: int, school_id: int, part: str, starts_on: date, by: Actor, at: datetime
) -> ClusterSchool:
    """Give a school a seat in a cluster; a new mentor school makes the former one a mentee school."""
    cluster = Cluster.objects.select_for_update().get(pk=cluster_id)
    policies.require_may_keep_cluster(by, cluster.country_id, cluster_id)
    seats = ClusterSchool.objects.filter(cluster_id=cluster_id, ended_on__isnull=True)
    if part == ClusterSchool.Part.MENTOR:
        seats.filter(part=part).exclude(school_id=school_id).update(part=ClusterSchool.Part.MENTEE)
    seat, _ = ClusterSchool.objects.update_or_create(
        cluster_id=cluster_id,
        school_id=school_id,
        ended_on=None,
        defaults={"part": part},
        create_defaults={"part": part, "starts_on": starts_on},
    )
    audit("school_seated", by=by, at=at, thing="cluster", thing_id=cluster_id,
          changes={"school": [None, school_id], "part": [None, part]})  # fmt: skip
    return seat


@transaction.atomic
def change_cluster(
    *, cluster_id: int, name: str, theme: str, origin: str, mentor_id: int,
    mentee_ids: list[int], by: Actor, at: datetime,
) -> Cluster:  # fmt: skip
    """Change a cluster and its seats; schools no longer named leave today.

    A new mentor school makes the former one a mentee school where it is named. Raises MenteesMissing.
    """
    cluster = Cluster.objects.select_for_update().get(pk=cluster_id)
    policies.require_may_keep_cluster(by, cluster.country_id, cluster_id)
    others = [pk for pk in dict.fromkeys(mentee_ids) if pk != mentor_id]
    if not others:
        raise MenteesMissing(field="mentees")
    cluster.name, cluster.theme, cluster.origin = name.strip(), theme, origin
    cluster.save(update_fields=["name", "theme", "origin"])
    gone = cluster.seats.filter(ended_on__isnull=True).exclude(school_id__in=[mentor_id, *others])
    left = list(gone.values_list("school_id", flat=True))
    gone.update(ended_on=at.date())
    mentor, mentee = ClusterSchool.Part.MENTOR, ClusterSchool.Part.MENTEE
    for school_id, part in [(mentor_id, mentor), *((pk, mentee) for pk in others)]:
        seat_school(
            cluster_id=cluster_id, school_id=school_id, part=part, starts_on=at.date(), by=by, at=at
        )
    audit("cluster_changed", by=by, at=at, thing="cluster", thing_id=cluster_id,
          changes={"left": [left, []]})  # fmt: skip
    return cluster


@transaction.atomic
def close_school(*, school_id: int, by: Actor, at: datetime) -> School:
    """Close a school: it is offered nowhere, and its history stays. Raises SchoolSeated."""
    school = School.objects.select_for_update().get(pk=school_id)
    policies.require_may_keep_country(by, school.country_id)
    seat = school.seats.filter(ended_on__isnull=True).select_related("cluster").first()
    if seat is not None:
        raise SchoolSeated(cluster=seat.cluster.name)
    school.closed_at = at
    school.save(update_fields=["closed_at"])
    audit("school_closed", by=by, at=at, thing="school", thing_id=school_id)
    return school


@transaction.atomic
def reopen_school(*, school_id: int, by: Actor, at: datetime) -> School:
    """Take the closing of a school back."""
    school = School.objects.select_for_update().get(pk=school_id)
    policies.require_may_keep_country(by, school.country_id)
    school.closed_at = None
    school.save(update_fields=["closed_at"])
    audit("school_reopened", by=by, at=at, thing="school", thing_id=school_id)
    return school


@transaction.atomic
def move_person(
    *, person_id: int, from_id: int, to_id: int, on: date, by: Actor, at: datetime
) -> Membership:
    """Let somebody change school; person, hours and certificates stay what they are."""
    leave_school(person_id=person_id, school_id=from_id, ended_on=on, by=by, at=at)
    return join_school(person_id=person_id, school_id=to_id, starts_on=on, by=by, at=at)


@transaction.atomic
def join_school(
    *, person_id: int, school_id: int, starts_on: date, by: Actor, at: datetime, job: str = ""
) -> Membership:
    """Make a person a member of a school; other memberships go on."""
    policies.require_may_keep_school(by, school_id)
    member, _ = Membership.objects.get_or_create(
        person_id=person_id,
        school_id=school_id,
        ended_on=None,
        defaults={"starts_on": starts_on, "job": job},
    )
    audit("school_joined", by=by, at=at, thing="person", thing_id=person_id,
          changes={"school": [None, school_id]})  # fmt: skip
    return member


@transaction.atomic
def leave_school(
    *, person_id: int, school_id: int, ended_on: date, by: Actor, at: datetime
) -> None:
    """End a membership; hours and certificates stay with the person."""
    policies.require_may_keep_school(by, school_id)
    Membership.objects.filter(
        person_id=person_id, school_id=school_id, ended_on__isnull=True
    ).update(ended_on=ended_on)
    audit("school_left", by=by, at=at, thing="person", thing_id=person_id,
          changes={"school": [school_id, None]})  # fmt: skip
