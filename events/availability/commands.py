"""Say yes to a calendar and take it back; ask calendars, and keep what they told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from events.availability import queries, rules
from events.availability.facts import BusyTimesDue
from events.availability.models import BusyConsent, BusyTime
from events.backstage import contributed
from events.backstage.commands import audit, record_all
from events.kernel.actors import Actor
from events.kernel.errors import Missing, NotAllowed
from events.kernel.spans import Span
from events.people.models import Person

NOTHING_KEPT: Mapping[str, None] = {"fetched_at": None, "since": None, "until": None}


@transaction.atomic
def agree(source_id: int, *, by: Actor, at: datetime) -> None:
    """The actor's own yes to one calendar; again it changes nothing. Raises Missing, NotAllowed."""
    person = _locked(by)
    offered = {one.source_id: one for one in contributed.busy_sources(person.pk, at=at)}
    if source_id not in offered:
        raise Missing
    if source_id in queries.given(person.pk):
        return
    _end(BusyConsent.objects.filter(person=person, source_id=source_id), at=at)
    row = BusyConsent.objects.create(
        person=person, source_id=source_id, source_name=offered[source_id].name[:120],
        version=rules.VERSION, given_at=at,
    )  # fmt: skip
    audit("busy_times_shared", by=by, at=at, thing="busy_consent", thing_id=row.pk,
          changes={"version": [None, row.version]})  # fmt: skip


@transaction.atomic
def withdraw(source_id: int, *, by: Actor, at: datetime) -> None:
    """Take the actor's own yes back: nothing is asked any more, what was kept is deleted."""
    person = _locked(by)
    rows = BusyConsent.objects.filter(person=person, source_id=source_id, withdrawn_at=None)
    for row_id in list(rows.values_list("pk", flat=True)):
        audit("busy_times_withdrawn", by=by, at=at, thing="busy_consent", thing_id=row_id)
    _end(rows, at=at)


def _locked(by: Actor) -> Person:
    person = Person.objects.select_for_update().filter(pk=by.person_id or 0).first()
    if person is None:
        raise NotAllowed
    return person


def _end(rows: QuerySet[BusyConsent], *, at: datetime) -> None:
    ids = list(rows.filter(withdrawn_at=None).select_for_update().values_list("pk", flat=True))
    BusyTime.objects.filter(consent_id__in=ids).delete()
    BusyConsent.objects.filter(pk__in=ids).update(
        withdrawn_at=at, wanted_at=None, asked_at=None, answered_at=None, **NOTHING_KEPT
    )


@transaction.atomic
def ask(people: QuerySet[Person], *, at: datetime) -> bool:
    """Somebody plans with these people: let calendars be asked that were not asked just now.

    Returns whether any is asked because of that.
    """
    rows = queries.in_force().filter(person_id__in=people.order_by().values("pk"))
    long_ago = at - rules.ASKED_AGAIN
    rows.filter(Q(wanted_at=None) | Q(wanted_at__lte=long_ago)).update(wanted_at=at)
    return _ask(rows.filter(Q(answered_at=None) | Q(answered_at__lte=long_ago)), at=at)


@transaction.atomic
def ask_again(*, at: datetime) -> None:
    """Every half day, for calendars that somebody planned with lately."""
    rows = queries.in_force().filter(wanted_at__gt=at - rules.REMEMBERED)
    _ask(rows.filter(answered_at__lte=at - rules.ROUND), at=at)


def _ask(rows: QuerySet[BusyConsent], *, at: datetime) -> bool:
    waiting = rows.filter(Q(asked_at=None) | Q(asked_at__lte=at - rules.PATIENCE))
    found = list(waiting.order_by("pk").values_list("pk", "source_id"))
    BusyConsent.objects.filter(pk__in=[pk for pk, _source in found]).update(asked_at=at)
    record_all([BusyTimesDue(one) for one in sorted({source for _, source in found})], at=at)
    return bool(found)


@transaction.atomic
def keep(
    told: Mapping[int, Sequence[tuple[datetime, datetime]] | None], *, within: Span, at: datetime
) -> None:
    """Keep what a calendar told, by the id of the yes; None takes away what was kept.

    A yes that was taken back meanwhile keeps nothing.
    """
    rows = queries.in_force().filter(pk__in=list(told)).select_for_update(of=("self",))
    for row in rows.order_by("pk"):
        BusyTime.objects.filter(consent=row).delete()
        spans = told[row.pk]
        row.answered_at = at
        known = spans is not None
        row.fetched_at = at if known else None
        row.since, row.until = (within.start, within.end) if known else (None, None)
        BusyTime.objects.bulk_create(
            BusyTime(consent=row, starts_at=one.start, ends_at=one.end)
            for one in rules.joined(spans or (), within)
        )
        row.save(update_fields=["answered_at", "fetched_at", "since", "until"])


@transaction.atomic
def note_silence(consent_ids: Iterable[int], *, at: datetime) -> None:
    """A calendar could not be reached: what it told before holds as long as it is fresh."""
    queries.in_force().filter(pk__in=list(consent_ids)).update(answered_at=at)


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """Delete times that have passed, and everything of answers that are too old to say anything."""
    BusyTime.objects.filter(ends_at__lte=at).delete()
    old = BusyConsent.objects.filter(fetched_at__lte=at - rules.KEPT)
    stale = BusyConsent.objects.filter(fetched_at__isnull=False).exclude(version=rules.VERSION)
    for rows in (old, stale, BusyConsent.objects.filter(person__is_active=False)):
        BusyTime.objects.filter(consent_id__in=rows.values("pk")).delete()
        BusyConsent.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
            **NOTHING_KEPT
        )
