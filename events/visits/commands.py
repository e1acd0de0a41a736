"""Plan a visit, choose who comes, keep the host's checklist.

A whole visit in one call: `plan_visit(plan, visiting={school_id: 3, other_id: None},
days=(PartWish(...),), publish=True, by=..., at=...)`. `plan.host_school_id` is the host; use
`audience="schools"` to invite nobody but the host school and the schools that come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.networks.models import School
from events.people.models import Person
from events.programme import commands as programme
from events.programme import parts, states
from events.programme.locked import locked
from events.programme.models import Event, VisitingSchool
from events.programme.parts import PartWish
from events.programme.plans import Plan
from events.registration import commands as registration
from events.registration import quotas
from events.visits import policies
from events.visits.facts import VisitorsChanged
from events.visits.models import CheckItem

DUE_BEFORE = {
    CheckItem.Code.ROOM: 14,
    CheckItem.Code.ACCESS: 14,
    CheckItem.Code.PHOTOS: 14,
    CheckItem.Code.WIFI: 7,
    CheckItem.Code.LUNCH: 3,
}


class HostVisitsItself(BadInput):
    """The host is not one of its guests."""

    code = "host_visits_itself"
    sentence = gettext_noop("The host school is there anyway. Choose other schools.")


class SchoolInUse(DomainError):
    """People of a school have places already."""

    code = "visiting_school_in_use"
    status = 409
    sentence = gettext_noop(
        "%(taken)s people of %(school)s are registered. Keep the school, with at least as many places."
    )


@transaction.atomic
def plan_visit(
    wish: Plan, *, visiting: Mapping[int, int | None], days: Sequence[PartWish] = (),
    places: Mapping[str, int | None] | None = None, publish: bool = False, by: Actor, at: datetime,
) -> Event:  # fmt: skip
    """Plan an event with its host, visiting schools and further days; all of it or nothing.

    `visiting` maps school ids to how many people may come (None: no limit).
    """
    event = programme.plan(wish, by=by, at=at)
    for day in days:
        parts.add(event.pk, day, by=by, at=at)
    registration.set_places(event.pk, places=places or {}, by=by, at=at)
    set_schools(event.pk, visiting, by=by, at=at)
    return programme.publish(event.pk, by=by, at=at) if publish else Event.objects.get(pk=event.pk)


@transaction.atomic
def set_schools(
    event_id: int, wanted: Mapping[int, int | None], *, by: Actor, at: datetime
) -> None:
    """Choose the schools that come and how many people each may send (None: no limit).

    What is not named no longer comes. Schools new to a published visit are told. Raises
    HostVisitsItself, SchoolInUse, Missing for a school there is not.
    """
    event = locked(event_id, by=by)
    step(states.EVENT, event.state, "change")
    before = dict(VisitingSchool.objects.filter(event=event).values_list("school_id", "places"))
    _require_schools(event, before, wanted)
    _write(event, wanted, at=at)
    fill_checklist(event)
    audit("visiting_schools_set", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"schools": [sorted(before), sorted(wanted)]})  # fmt: skip
    if before != dict(wanted):
        record(VisitorsChanged(event_id=event.pk), at=at)


def _require_schools(
    event: Event, before: Mapping[int, int | None], wanted: Mapping[int, int | None]
) -> None:
    if event.host_school_id in wanted:
        raise HostVisitsItself
    if School.objects.filter(pk__in=wanted, closed_at__isnull=True).count() != len(wanted):
        raise Missing
    for school_id in before:
        _require_enough(event.pk, school_id, wanted)


def _write(event: Event, wanted: Mapping[int, int | None], *, at: datetime) -> None:
    VisitingSchool.objects.filter(event=event).exclude(school_id__in=wanted).delete()
    for school_id, number in wanted.items():
        VisitingSchool.objects.update_or_create(
            event=event, school_id=school_id, defaults={"places": number}
        )
    event.visitors, event.changed_at = sorted(wanted), at
    event.save(update_fields=["visitors", "changed_at"])


def _require_enough(event_id: int, school_id: int, wanted: Mapping[int, int | None]) -> None:
    found = quotas.quota_of(event_id, school_id)
    number = wanted.get(school_id, 0)
    if found is not None and number is not None and number < found.taken:
        raise SchoolInUse(school=found.school, taken=found.taken)


def fill_checklist(event: Event) -> None:
    """Give the host the usual things to see to, each with a day; what is there stays."""
    first = event.starts_at.date()
    for code, days in DUE_BEFORE.items():
        CheckItem.objects.get_or_create(
            event=event, code=code, defaults={"due_on": first - timedelta(days=days)}
        )


@dataclass(frozen=True)
class Ticked:
    """What the host says about one thing."""

    done: bool
    note: str = ""
    due_on: date | None = None
    owner_id: int | None = None


@transaction.atomic
def save_checklist(
    event_id: int, answers: Mapping[str, Ticked], *, by: Actor, at: datetime
) -> None:
    """Keep what the host ticked, noted and handed to whom; unknown things are left out.

    Raises Missing, NotAllowed.
    """
    event = Event.objects.select_for_update().filter(pk=event_id).first()
    if event is None:
        raise Missing
    policies.require_may_host(by, event)
    fill_checklist(event)
    owners = _active({one.owner_id for one in answers.values()})
    for item in CheckItem.objects.filter(event=event, code__in=answers):
        _tick(item, answers[item.code], owners, by=by, at=at)
    done = sorted(code for code, one in answers.items() if one.done)
    audit("checklist_saved", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"done": [None, done]})  # fmt: skip


def _active(person_ids: Iterable[int | None]) -> set[int]:
    wanted = [pk for pk in person_ids if pk]
    return set(Person.objects.filter(is_active=True, pk__in=wanted).values_list("pk", flat=True))


def _tick(item: CheckItem, said: Ticked, owners: set[int], *, by: Actor, at: datetime) -> None:
    item.note, item.due_on = " ".join(said.note.split())[:300], said.due_on
    item.owner_id = said.owner_id if said.owner_id in owners else None
    if not said.done:
        item.done_at = item.done_by_id = None
    elif item.done_at is None and by.person_id is not None:
        item.done_at, item.done_by_id = at, by.person_id
    item.save()
