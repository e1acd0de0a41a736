"""What the first-run pages do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from events.backstage import installation, post
from events.backstage.commands import audit
from events.backstage.models import Installation
from events.kernel.actors import Actor, Role, system
from events.kernel.errors import BadInput, DomainError
from events.kernel.fold import search_key
from events.kernel.words import gettext_noop
from events.networks import commands as networks
from events.networks import communities, policies
from events.networks.models import Cluster, ClusterSchool, Country
from events.networks.setup import letters, steps
from events.people import commands as people
from events.people import queries as known
from events.people import signin
from events.people.models import Grant, Person

INVITED_FOR = timedelta(days=7)
BY_SETUP = system("setup")


class AlreadySetUp(DomainError):
    """Somebody else became administrator first."""

    code = "already_set_up"
    sentence = gettext_noop("There is an administrator already. Sign in.")


class OwnRole(BadInput):
    """Roles are given by somebody else."""

    code = "own_role"
    sentence = gettext_noop("Nobody gives a role to themselves. Enter somebody else.")


@transaction.atomic
def make_administrator(
    *, name: str, email: str, password: str, language: str, at: datetime
) -> Person:
    """Add the first person with the role of administrator and load what every installation starts with.

    Raises AlreadySetUp when there is one; of two at once, one wins.
    """
    _installation()
    if known.anybody_is(Role.ADMINISTRATOR):
        raise AlreadySetUp
    person = people.add_person(name=name, email=email, language=language, by=BY_SETUP, at=at)
    person.set_password(password)
    person.save(update_fields=["password"])
    people.grant(
        person_id=person.pk, role=Role.ADMINISTRATOR, scope=Grant.Scope.WORLD, by=BY_SETUP, at=at
    )
    load_first_run()
    _reach("service")
    return person


def load_first_run() -> None:
    """Call everything `config/wiring.py` lists under FIRST_RUN; each may be called again."""
    wiring = import_module(settings.KOLEGA_WIRING)
    for path in getattr(wiring, "FIRST_RUN", ()):
        load: Callable[[], object] = import_string(path)
        load()


def _installation() -> Installation:
    Installation.objects.get_or_create(lock=True)
    return Installation.objects.select_for_update().get(lock=True)


def _reach(step: str) -> None:
    row = _installation()
    if steps.ORDER.index(step) > steps.ORDER.index(row.step):
        row.step = step
        row.save(update_fields=["step"])


@transaction.atomic
def save_service(
    *, languages: list[str], sender_address: str, zone: str, by: Actor, at: datetime
) -> None:
    """Keep languages offered, sender address and time zone of the service."""
    policies.require_may_run(by)
    row = _installation()
    row.languages, row.sender_address, row.zone = languages, sender_address, zone
    row.save(update_fields=["languages", "sender_address", "zone"])
    transaction.on_commit(lambda: installation.remember_languages(at=at), robust=True)
    audit("service_saved", by=by, at=at, thing="installation", thing_id=1)
    _reach("country")


def send_test(*, to: Person, by: Actor, at: datetime) -> str:
    """Hand a test mail to the mail server now; returns "" or why it was not taken."""
    policies.require_may_run(by)
    return post.hand_over(letters.test(known.address(to), at=at), at=at)


@dataclass(frozen=True)
class FirstTerm:
    """The term a country starts with; both days included."""

    name: str
    starts_on: date
    ends_on: date


@transaction.atomic
def save_country(
    *, code: str, name: str, ministry: str, zone: str, language: str, english: str,
    term: FirstTerm, by: Actor, at: datetime,
) -> Country:  # fmt: skip
    """Add or change a country with a term; Croatia brings its communities of practice."""
    names = {"en": english} | ({language: name} if name and language != "en" else {})
    country = networks.add_country(
        code=code, names=names, ministry=ministry, zone=zone, language=language, by=by, at=at
    )
    networks.add_term(country_id=country.pk, **vars(term), by=by, at=at)
    communities.load()
    _reach("schools")
    return country


def schools_are_there() -> None:
    """Go on to the clusters."""
    with transaction.atomic():
        _reach("clusters")


@transaction.atomic
def make_cluster(
    *, country_id: int, name: str, theme: str, origin: str, mentor_id: int, mentee_ids: list[int],
    by: Actor, at: datetime,
) -> Cluster:  # fmt: skip
    """Add a cluster with its seats. Raises MenteesMissing without a mentee school."""
    others = [pk for pk in dict.fromkeys(mentee_ids) if pk != mentor_id]
    if not others:
        raise networks.MenteesMissing(field="mentees")
    cluster = networks.add_cluster(
        country_id=country_id, name=name, theme=theme, origin=origin, by=by, at=at
    )
    for school_id in (mentor_id, *others):
        part = ClusterSchool.Part.MENTOR if school_id == mentor_id else ClusterSchool.Part.MENTEE
        networks.seat_school(
            cluster_id=cluster.pk, school_id=school_id, part=part, starts_on=at.date(), by=by, at=at
        )
    _reach("coordinators")
    return cluster


@transaction.atomic
def invite_coordinator(
    *, cluster_id: int, name: str, email: str, by: Actor, at: datetime
) -> Person:
    """Make somebody coordinator of a cluster and member of its mentor school, and write to them.

    Somebody with that address and name is taken, else added. Raises NotAllowed.
    """
    cluster = Cluster.objects.select_related("country").get(pk=cluster_id)
    policies.require_may_keep_cluster(by, cluster.country_id, cluster_id)
    same = [one for one in known.sharing(email) if one.search_key == search_key(name)[:250]]
    if by.person_id in {one.pk for one in same}:
        raise OwnRole(field="email")
    person = same[0] if same else people.add_person(
        name=name, email=email, language=cluster.country.language, zone=cluster.country.zone,
        by=by, at=at,
    )  # fmt: skip
    people.grant(
        person_id=person.pk, role=Role.CLUSTER_COORDINATOR, scope=Grant.Scope.CLUSTER,
        scope_id=cluster_id, by=by, at=at,
    )  # fmt: skip
    mentor = cluster.seats.filter(part=ClusterSchool.Part.MENTOR, ended_on__isnull=True).first()
    if mentor is not None:
        networks.join_school(
            person_id=person.pk, school_id=mentor.school_id, starts_on=at.date(), by=by, at=at
        )
    _write(person, cluster, by=by, at=at)
    _reach(steps.LAST)
    return person


@dataclass(frozen=True)
class Invited:
    """Whether all were invited; else the number of the refused one, from 0, and why."""

    number: int = 0
    refusal: DomainError | None = None


def invite_all(wanted: list[tuple[int, str, str]], *, by: Actor, at: datetime) -> Invited:
    """Invite (cluster id, name, address) one after the other, all or nobody."""
    done = 0
    try:
        with transaction.atomic():
            for cluster_id, name, email in wanted:
                invite_coordinator(cluster_id=cluster_id, name=name, email=email, by=by, at=at)
                done += 1
    except DomainError as error:
        return Invited(done, error)
    return Invited()


@transaction.atomic
def invite_again(*, person_id: int, cluster_id: int, by: Actor, at: datetime) -> None:
    """Send somebody who was invited a new link."""
    cluster = Cluster.objects.get(pk=cluster_id)
    policies.require_may_keep_cluster(by, cluster.country_id, cluster_id)
    _write(Person.objects.get(pk=person_id), cluster, by=by, at=at)


def _write(person: Person, cluster: Cluster, *, by: Actor, at: datetime) -> None:
    """A link to sign in that works for a week, once; earlier ones end."""
    ticket = signin.ask(person.email, next_path="/", at=at, life=INVITED_FOR)
    post.queue(letters.invitation(known.address(person), cluster, ticket, by=by), at=at)


@transaction.atomic
def open_service(*, by: Actor, at: datetime) -> None:
    """End the first run: from now on the administrator's role asks for a second step everywhere."""
    policies.require_may_run(by)
    row = _installation()
    if row.opened_at is None:
        row.opened_at = at
        row.save(update_fields=["opened_at"])
        audit("service_opened", by=by, at=at, thing="installation", thing_id=1)
