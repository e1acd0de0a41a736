"""Register the people of a school from a pasted list, by a colleague who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from events.kernel.actors import Actor
from events.kernel.errors import NotAllowed
from events.networks import joining
from events.networks import queries as networks
from events.networks.joining import Joining
from events.networks.models import Membership, School
from events.networks.queries import current
from events.networks.rosters.pasted import read_pasted
from events.networks.rosters.problems import RowProblem
from events.people import many
from events.people.many import Newcomer
from events.people.models import Person
from events.programme.models import Event
from events.programme.policies import ESCORTS
from events.registration import links, queries, quotas, together
from events.registration.matching import Line, Member, Pasted, Taken, key_of, match
from events.registration.models import Registration
from events.registration.policies import KEEPERS


@dataclass(frozen=True)
class Preview:
    """What a pasted list would do."""

    lines: list[Line]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class Done:
    """What was done: ids of the people registered, in the order of the list."""

    registered: tuple[int, ...]
    waiting: tuple[int, ...]
    added: tuple[int, ...]


def schools_kept(event: Event, *, by: Actor, at: datetime) -> list[School]:
    """Schools the event is for whose people the actor may register.

    A visiting school's own leader may too, and whoever looks after it.
    """
    kept = by.reach("schools", *KEEPERS) & queries.school_ids_of(event, on=at)
    kept |= by.reach("schools", *ESCORTS) & frozenset(event.visitors)
    return list(School.objects.filter(pk__in=kept).order_by("sort_key", "pk"))


def preview(text: str, *, school: School, at: datetime) -> Preview:
    """Read a pasted list and find its people; raises TableRefused. Nothing is written."""
    read = read_pasted(text, staff=True, country=school.country.code)
    pasted = [
        Pasted(number, row.name, row.email.lower()) for number, row in enumerate(read.rows, start=1)
    ]
    known = _members(school.pk, {row.email for row in pasted} - {""}, at=at)
    found = match(pasted, [*known, *_namesakes(school.pk, pasted, known, at=at)])
    return Preview(found, read.problems)


def _members(school_id: int, emails: set[str], *, at: datetime) -> list[Member]:
    """The school's people; and whoever has one of the addresses, wherever they teach."""
    own = set(
        Membership.objects.filter(current(at.date()), school_id=school_id).values_list(
            "person_id", flat=True
        )
    )
    rows = Person.objects.filter(Q(pk__in=own) | Q(email__in=emails), is_active=True)
    return [
        Member(row.pk, row.name, row.email, own=row.pk in own)
        for row in rows.order_by("sort_key", "pk")
    ]


def _namesakes(
    school_id: int, pasted: Sequence[Pasted], known: Sequence[Member], *, at: datetime
) -> list[Member]:
    """People of the very names of the list who teach at other schools of the school's clusters."""
    on = at.date()
    clusters = networks.clusters_of_schools(frozenset({school_id}), on=on)
    near = networks.schools_of_clusters(clusters, on=on) - {school_id}
    wanted, there = {key_of(item.name) for item in pasted}, {member.person_id for member in known}
    rows = Membership.objects.filter(current(on), school_id__in=near, person__is_active=True)
    found = rows.exclude(person_id__in=there).select_related("person", "school")
    members = {
        row.person_id: Member(row.person_id, row.person.name, "", own=False, school=row.school.name)
        for row in found.order_by("person__sort_key", "person_id")
        if row.school and key_of(row.person.name) in wanted
    }
    return list(members.values())


@transaction.atomic
def register_colleagues(
    event: Event, taken: Sequence[Taken], *, school: School, way: str, by: Actor, at: datetime
) -> Done:
    """Add who is new to the school and register everybody; all of it, or nothing.

    Raises NotAllowed for a school the actor does not look after, and what `register` raises.
    """
    if school.pk not in {row.pk for row in schools_kept(event, by=by, at=at)}:
        raise NotAllowed
    new = iter(_add([item.pasted for item in taken if item.person_id is None], school, by, at))
    ids = [item.person_id or next(new) for item in taken]
    joining.join_schools(
        [Joining(person_id, school.pk) for person_id in dict.fromkeys(ids)],
        starts_on=at.date(), by=by, at=at,
    )  # fmt: skip
    quotas.require_room_for(event.pk, school.pk, ids)
    rows = together.register_all(event.pk, person_ids=ids, way=way, by=by, at=at)
    for person_id in ids:
        links.link_for(event_id=event.pk, person_id=person_id, at=at)
    added = {item.pasted.number for item in taken if item.person_id is None}
    return Done(
        tuple(row.person_id for row in rows if row.state == Registration.State.REGISTERED),
        tuple(row.person_id for row in rows if row.state == Registration.State.WAITING),
        tuple(pk for pk, item in zip(ids, taken, strict=True) if item.pasted.number in added),
    )


def _add(pasted: list[Pasted], school: School, by: Actor, at: datetime) -> list[int]:
    language = school.languages[0] if school.languages else school.country.language
    new = [Newcomer(row.name, row.email, language, school.country.zone) for row in pasted]
    return [person.pk for person in many.add_people(new, by=by, at=at)]
