"""Take an import back: what nothing refers to yet goes, the rest stays and says why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing
from events.kernel.words import gettext_noop
from events.networks import policies
from events.networks.models import Membership, RosterImport, RosterMade, School
from events.people.models import Grant, Identifier, Person

Thing = RosterMade.Thing
BATCH = 1_000

REASONS = {
    "signed_in": gettext_noop("This person has signed in."),
    "grant": gettext_noop("This person has a role."),
    "registration": gettext_noop("This person is registered for an event."),
    "membership": gettext_noop("There are members of another list or school."),
    "clusterschool": gettext_noop("This school has a seat in a cluster."),
    "letter": gettext_noop("We have written to this person."),
    "event": gettext_noop("An event refers to it."),
    "rosterimport": gettext_noop("Another list was imported into this school."),
    "other": gettext_noop("Something recorded since then refers to it."),
}
NOT_ADDED = gettext_noop("This row could not be added: its school has been added meanwhile.")


class NotFinished(DomainError):
    """A large import is still being added."""

    code = "roster_not_finished"
    sentence = gettext_noop("This import is still running. Wait until it is finished.")


@dataclass(frozen=True)
class Undone:
    """How much was taken back, and what stays with the reason."""

    removed: int
    left: list[dict[str, object]]


@transaction.atomic
def undo(*, roster_id: int, by: Actor, at: datetime) -> Undone:
    """Take an import back; a second time changes nothing. Raises Missing, NotFinished, NotAllowed."""
    roster = RosterImport.objects.select_for_update().filter(pk=roster_id).first()
    if roster is None or not may_undo(by, roster):
        raise Missing
    if roster.finished_at is None:
        raise NotFinished
    if roster.undone_at is not None:
        return Undone(0, roster.left)
    _end_memberships(_made(roster, Thing.MEMBERSHIP), on=at)
    gone, left = _remove_people(_made(roster, Thing.PERSON))
    more_gone, more_left = _remove_schools(_made(roster, Thing.SCHOOL))
    roster.undone_at, roster.left = at, left + more_left
    roster.save(update_fields=["undone_at", "left"])
    audit("roster_undone", by=by, at=at, thing="roster", thing_id=roster.pk,
          changes={"removed": [None, gone + more_gone]})  # fmt: skip
    return Undone(gone + more_gone, roster.left)


def may_undo(by: Actor, roster: RosterImport) -> bool:
    """Whoever imported it, and the country's keepers."""
    mine = by.person_id is not None and by.person_id == roster.by_id
    return mine or policies.may_keep_country(by, roster.country_id)


def _made(roster: RosterImport, thing: RosterMade.Thing) -> list[int]:
    return list(roster.made.filter(thing=thing).values_list("thing_id", flat=True))


def _end_memberships(ids: list[int], *, on: datetime) -> None:
    """Days already spent at a school stay on record; a membership of today never was."""
    rows = Membership.objects.filter(pk__in=ids, ended_on__isnull=True)
    rows.filter(starts_on__gte=on.date()).delete()
    rows.update(ended_on=on.date())


def _remove_people(ids: list[int]) -> tuple[int, list[dict[str, object]]]:
    locked = list(Person.objects.select_for_update().filter(pk__in=ids))
    reasons = _references(Person, ids, besides=(Identifier,))
    reasons |= {
        one.pk: "signed_in" for one in locked if one.last_login or one.has_usable_password()
    }
    free = [one.pk for one in locked if one.pk not in reasons]
    Identifier.objects.filter(person_id__in=free).delete()
    Person.objects.filter(pk__in=free).delete()
    return len(free), _left(Thing.PERSON, reasons)


def _remove_schools(ids: list[int]) -> tuple[int, list[dict[str, object]]]:
    locked = list(
        School.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True)
    )
    reasons = _references(School, ids)
    granted = Grant.objects.filter(scope=Grant.Scope.SCHOOL, scope_id__in=ids)
    reasons |= dict.fromkeys(granted.values_list("scope_id", flat=True), "grant")
    free = [pk for pk in locked if pk not in reasons]
    School.objects.filter(pk__in=free).delete()
    return len(free), _left(Thing.SCHOOL, reasons)


def _references(
    model: type[models.Model], ids: list[int], *, besides: tuple[type[models.Model], ...] = ()
) -> dict[int, str]:
    """Which of the rows any table of any app points to, and which table that is."""
    found: dict[int, str] = {}
    for relation in model._meta.related_objects:  # noqa: SLF001  Django documents it as public
        table = relation.related_model
        if table in besides or relation.many_to_many:
            continue
        name = relation.field.name
        for start in range(0, len(ids), BATCH):
            rows = table._default_manager.filter(**{f"{name}__in": ids[start : start + BATCH]})  # noqa: SLF001  as above
            found |= dict.fromkeys(rows.values_list(name, flat=True), table.__name__.lower())
    return found


def _left(thing: RosterMade.Thing, reasons: dict[int, str]) -> list[dict[str, object]]:
    return [
        {"thing": str(thing), "id": pk, "code": code if code in REASONS else "other"}
        for pk, code in sorted(reasons.items())
    ]
