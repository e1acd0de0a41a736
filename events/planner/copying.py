"""Copy the events of the last term into drafts of this one, shifted by whole weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from events.kernel.zones import instant, wall
from events.networks.models import Term
from events.planner import queries
from events.planner.queries import Scope
from events.programme import commands as programme
from events.programme import policies as may
from events.programme import queries as events
from events.programme import states
from events.programme.commands import Plan
from events.programme.models import Event, Part, Slot
from events.registration import commands as registration
from events.registration import queries as places

MOST = 100


class NothingToCopy(DomainError):
    """The last term held nothing that is not in this one already."""

    code = "nothing_to_copy"
    status = 409
    sentence = gettext_noop("There is nothing left to copy from the last term.")


@dataclass(frozen=True)
class Terms:
    """The present term (else the next one to come) of a country, and the one before it."""

    present: Term
    former: Term | None

    @property
    def weeks(self) -> int:
        """Whole weeks from the former term's first day to this one's, so weekdays stay."""
        if self.former is None:
            return 0
        return round((self.present.starts_on - self.former.starts_on).days / 7)


def terms_of(country_id: int, *, today: date) -> Terms | None:
    """The terms that a planner works in on a day; None where no term is known."""
    rows = list(Term.objects.filter(country_id=country_id).order_by("starts_on", "pk"))
    present = next((row for row in rows if row.ends_on >= today), None)
    if present is None:
        return None
    earlier = [row for row in rows if row.starts_on < present.starts_on]
    return Terms(present, earlier[-1] if earlier else None)


def within(scope: Scope, term: Term) -> QuerySet[Part]:
    """First parts of a scope that start within a term, by their wall clocks."""
    return queries.parts_of(scope).filter(of_term(term), order=1)


def of_term(term: Term) -> Q:
    """Parts whose wall clock lies within a term; both its days are included."""
    end = term.ends_on + timedelta(days=1)
    return Q(starts_wall__gte=term.starts_on.isoformat(), starts_wall__lt=end.isoformat())


def to_copy(scope: Scope, terms: Terms, *, by: Actor, at: datetime) -> Sequence[Part]:
    """Promised events of the former term that stand alone and have no twin in this one, by time.

    Dates of a series and events of several parts are left to their own pages, and so is what
    would already be over.
    """
    if terms.former is None:
        return []
    rows = within(scope, terms.former).filter(
        event_id__in=events.ids_visible_to(by),
        event__state__in=(states.PUBLISHED, states.CLOSED),
        event__series=None,
    )
    rows = rows.annotate(number=Count("event__parts", filter=Q(event__parts__cancelled_at=None)))
    there = set(within(scope, terms.present).values_list("event__title", "starts_wall"))
    found = rows.filter(number=1).select_related("event", "event__kind").order_by("starts_at", "pk")
    return [row for row in found if _is_wanted(row, terms, there, at=at)][:MOST]


def _is_wanted(row: Part, terms: Terms, there: Iterable[object], *, at: datetime) -> bool:
    start = row.wall + timedelta(weeks=terms.weeks)
    ahead = row.starts_at + timedelta(weeks=terms.weeks) > at + timedelta(hours=1)
    twin = (row.event.title, start.isoformat(timespec="minutes"))
    return ahead and start.date() <= terms.present.ends_on and twin not in there


@transaction.atomic
def copy_term(scope: Scope, *, today: date, by: Actor, at: datetime) -> int:
    """Make drafts of them, all or none; returns how many. Raises NothingToCopy, NotAllowed.

    Time of day, length, way, texts, host, places and the shape of the running order are copied;
    people, presenters and links to meetings are not.
    """
    may.require_may_plan(by, country_id=scope.country_id, cluster_id=scope.cluster_id)
    terms = terms_of(scope.country_id, today=today)
    rows: Sequence[Part] = to_copy(scope, terms, by=by, at=at) if terms else ()
    if terms is None or not rows:
        raise NothingToCopy
    hosts = {card.school_id for card in queries.hosts(scope, at=at)}
    for row in rows:
        _copy(row, terms.weeks, hosts, by=by, at=at)
    audit("term_copied", by=by, at=at, thing="term", thing_id=terms.present.pk,
          changes={"events": [None, len(rows)]})  # fmt: skip
    return len(rows)


def _copy(row: Part, weeks: int, hosts: set[int], *, by: Actor, at: datetime) -> Event:
    event = programme.plan(_shifted(row, weeks, hosts), by=by, at=at)
    limits = {one.way: one.capacity for one in places.places_of(row.event_id)}
    registration.set_places(event.pk, places=limits, by=by, at=at)
    part = events.parts_of(event.pk)[0]
    slots = [
        Slot(form=slot.form, minutes=slot.minutes, online=slot.online,
             title="" if slot.form == Slot.Form.TALK else slot.title)
        for slot in events.running_order(row.pk)
    ]  # fmt: skip
    programme.set_running_order(part.pk, slots, by=by, at=at)
    return event


def _shifted(row: Part, weeks: int, hosts: set[int]) -> Plan:
    plan = programme.present_plan(row.event, row)
    closes = plan.registration_closes_at
    if closes is not None:  # by the wall clock, which may change in between
        closes = instant(wall(closes, plan.zone) + timedelta(weeks=weeks), plan.zone)
    return replace(
        plan,
        starts=plan.starts + timedelta(weeks=weeks),
        registration_closes_at=closes,
        host_school_id=plan.host_school_id if plan.host_school_id in hosts else None,
        join_url="",
        dial_in="",
    )
