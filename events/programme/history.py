"""What happened to an event, in words, for those who run it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.backstage.models import AuditEntry
from events.people import queries as people

LONGEST = 50
DEEDS: Mapping[str, Promise] = {
    "event_planned": _("Planned"),
    "event_changed": _("Changed"),
    "event_published": _("Published"),
    "event_unpublished": _("Taken back to draft"),
    "event_cancelled": _("Cancelled"),
    "event_closed": _("Closed"),
    "event_reopened": _("Opened again"),
    "running_order_set": _("Running order changed"),
    "places_set": _("Places set"),
    "link_attached": _("Video link made"),
    "part_added": _("Part added"),
    "part_changed": _("Part changed"),
    "part_removed": _("Part taken away"),
    "visiting_schools_set": _("Visiting schools chosen"),
    "checklist_saved": _("Checklist of the host saved"),
    "family_joined": _("Put into a family of events"),
    "family_left": _("Taken out of a family of events"),
}
FIELDS: Mapping[str, Promise] = {
    "title": _("title"),
    "starts": _("time"),
    "zone": _("time zone"),
    "minutes": _("length"),
    "mode": _("way to join"),
    "venue_id": _("place"),
    "join_url": _("video link"),
    "dial_in": _("phone line"),
}
# Deeds that change what the form of an event holds.
IN_THE_FORM = ("event_changed", "places_set", "part_changed", "link_attached")


@dataclass(frozen=True)
class Line:
    """One deed: when, who, what, and which fields it changed."""

    at: datetime
    who: str
    what: str | Promise
    fields: list[Promise]


def of_event(event_id: int) -> list[Line]:
    """The last deeds on an event, newest first; deeds of ours carry no name."""
    rows = list(
        AuditEntry.objects.filter(thing="event", thing_id=event_id).order_by("-pk")[:LONGEST]
    )
    return _lines(rows)


def version(event_id: int) -> int:
    """A number that rises when something changes that the form of an event holds."""
    newest = _in_the_form(event_id).values_list("pk", flat=True).last()
    return newest or 0


def since(event_id: int, version: int) -> list[Line]:
    """The deeds of that kind after a version, oldest first."""
    return _lines(list(_in_the_form(event_id).filter(pk__gt=version)[:LONGEST]))


def _in_the_form(event_id: int) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(thing="event", thing_id=event_id, action__in=IN_THE_FORM)
    return rows.order_by("pk")


def _lines(rows: Sequence[AuditEntry]) -> list[Line]:
    names = people.cards([row.actor_id for row in rows if row.actor_id])
    return [_line(row, names) for row in rows]


def _line(row: AuditEntry, names: Mapping[int, people.Card]) -> Line:
    card = names.get(row.actor_id or 0)
    changed = [FIELDS[name] for name in row.changes if name in FIELDS]
    what = DEEDS.get(row.action) or row.action.replace("_", " ")
    return Line(row.at, card.name if card else "", what, changed)
