"""What those who run an event or keep a school see beside it: who does not come, and colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.networks.models import School
from events.programme import policies as may
from events.programme import states
from events.programme.models import Event
from events.registration import queries
from events.registration.policies import KEEPERS


@dataclass(frozen=True)
class CannotCome:
    """Those who do not come; all of them are counted, the first are named."""

    number: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.names)


NAMED = 60


def cannot_come(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Names and number for whoever runs the event; nothing while nobody declined."""
    if not _runs(actor, ids["event_id"]):
        return None
    names = list(queries.declined(ids["event_id"]).values_list("name", flat=True))
    return _panel("registration/cannot_come.html", names, order=30)


def recording_only(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Who wants the recording alone, for whoever runs the event; nothing while nobody does."""
    if not _runs(actor, ids["event_id"]):
        return None
    rows = queries.wishes_of(ids["event_id"]).order_by("person__sort_key", "person_id")
    names = list(rows.values_list("person__name", flat=True))
    return _panel("registration/recording_only.html", names, order=31)


def _runs(actor: Actor, event_id: int) -> bool:
    if actor.person_id is None:
        return False
    event = Event.objects.filter(pk=event_id).first()
    return event is not None and may.may_run(actor, event)


def _panel(template: str, names: list[str], *, order: int) -> Panel | None:
    if not names:
        return None
    return Panel(template, CannotCome(len(names), tuple(names[:NAMED])), order=order)


def colleagues(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """The way to registering colleagues, for who keeps a school of the event."""
    if not actor.reach("schools", *KEEPERS):
        return None
    event = Event.objects.filter(pk=ids["event_id"], state=states.PUBLISHED).first()
    if event is None or at >= (event.registration_closes_at or event.ends_at):
        return None
    if not may.may_see(actor, event) or not _keeps_a_school_of(actor, event):
        return None
    address = reverse("colleagues", args=[event.slug])
    return Panel("registration/colleagues_link.html", address, order=30)


def _keeps_a_school_of(actor: Actor, event: Event) -> bool:
    kept = actor.reach("schools", *KEEPERS)
    if frozenset(event.visitors) & actor.reach("schools", *may.ESCORTS):
        return True
    if event.cluster_id is not None:
        return bool(kept) and event.cluster_id in actor.reach("clusters", *KEEPERS)
    return School.objects.filter(pk__in=kept, country_id=event.country_id).exists()
