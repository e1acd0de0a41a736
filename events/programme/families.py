"""Families of events: tours, conferences, campaigns, courses, cascades.

A family in two calls: `found(FamilyWish(kind="course", title=…, country_id=…, language=…), by=…,
at=…)`, then `join(event_id, family_id, by=…, at=…)` for each event. What becomes of a family follows
its events, so it has no state of its own.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, Missing, NotAllowed
from events.kernel.words import gettext_noop
from events.programme import family_policies as may
from events.programme import policies
from events.programme.family_models import Family
from events.programme.locked import locked
from events.programme.plans import slug_for
from events.programme.refusals import TitleMissing


class FamilyKindUnknown(BadInput):
    """There are five kinds of families."""

    code = "family_kind_unknown"
    sentence = gettext_noop("Choose what the events are together: a tour, a course, …")


class OtherCountry(BadInput):
    """A family belongs to one country, as its events do."""

    code = "family_other_country"
    sentence = gettext_noop(
        "This event belongs to another country. Choose one of the same country."
    )


@dataclass(frozen=True)
class FamilyWish:
    """What is asked for a family; without `cluster_id` it is the whole country's."""

    kind: str
    title: str
    country_id: int
    language: str
    cluster_id: int | None = None
    programme_id: int | None = None
    summary: str = ""


@transaction.atomic
def found(wish: FamilyWish, *, by: Actor, at: datetime) -> Family:
    """Make a family without events; raises TitleMissing, FamilyKindUnknown, NotAllowed."""
    policies.require_may_plan(by, country_id=wish.country_id, cluster_id=wish.cluster_id)
    if by.person_id is None:
        raise NotAllowed
    title = " ".join(wish.title.split())
    if not title:
        raise TitleMissing(field="title")
    if wish.kind not in Family.Kind.values:
        raise FamilyKindUnknown(field="kind")
    values = {**vars(wish), "title": title, "organiser_id": by.person_id, "created_at": at}
    family = Family.objects.create(slug=slug_for(title), **values)
    audit("family_founded", by=by, at=at, thing="family", thing_id=family.pk)
    return family


@transaction.atomic
def join(event_id: int, family_id: int, *, by: Actor, at: datetime) -> None:
    """Put an event into a family; it leaves the one it was in. Raises OtherCountry, NotAllowed."""
    family = _family(family_id)
    may.require_may_run(by, family)
    event = locked(event_id, by=by)
    if event.country_id != family.country_id:
        raise OtherCountry(field="event")
    event.family_id, event.changed_at = family.pk, at
    event.save(update_fields=["family", "changed_at"])
    audit("family_joined", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"family": [None, family.pk]})  # fmt: skip


@transaction.atomic
def leave(event_id: int, family_id: int, *, by: Actor, at: datetime) -> None:
    """Take an event out of a family; nothing happens when it is not in it."""
    may.require_may_run(by, _family(family_id))
    event = locked(event_id, by=by)
    if event.family_id != family_id:
        return
    event.family_id, event.changed_at = None, at
    event.save(update_fields=["family", "changed_at"])
    audit("family_left", by=by, at=at, thing="event", thing_id=event.pk,
          changes={"family": [family_id, None]})  # fmt: skip


def _family(family_id: int) -> Family:
    family = Family.objects.filter(pk=family_id).first()
    if family is None:
        raise Missing
    return family
