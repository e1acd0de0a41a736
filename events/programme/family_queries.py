"""What a family holds, for one reader."""

from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import family_policies as may
from events.programme import queries, states
from events.programme.family_models import Family
from events.programme.models import Event, Part


def seen_by_slug(slug: str, *, by: Actor) -> Family:
    """A family the actor may know of; else Missing."""
    rows = may.visible_to(by).select_related("country", "cluster", "organiser")
    family = rows.filter(slug=slug).first()
    if family is None:
        raise Missing
    return family


def seen(family_id: int, *, by: Actor) -> Family:
    """The same by id."""
    family = may.visible_to(by).filter(pk=family_id).first()
    if family is None:
        raise Missing
    return family


def parts_of(family_id: int, *, by: Actor) -> list[Part]:
    """The first part of each event of a family that the actor may know of, soonest first."""
    rows = Part.objects.filter(
        order=1, event__family_id=family_id, event_id__in=queries.ids_visible_to(by)
    )
    rows = rows.select_related(
        "event", "event__kind", "event__cluster", "event__host_school", "venue"
    )
    return list(rows.order_by("starts_at", "pk"))


def counted_ids(family_id: int, *, by: Actor) -> list[int]:
    """Ids of the events that count: promised or held, and known to the actor."""
    rows = queries.visible_to(by).filter(
        family_id=family_id, state__in=(states.PUBLISHED, states.CLOSED)
    )
    return list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))


def phase(parts: list[Part], *, at: datetime) -> str:
    """`empty`, `planned` (drafts only), `coming`, `running` or `over`, from the events alone."""
    events = [part.event for part in parts if part.event.state != states.CANCELLED]
    promised = [event for event in events if event.state != states.DRAFT]
    if not promised:
        return "planned" if events else "empty"
    if all(event.ends_at <= at for event in promised):
        return "over"
    return "running" if any(event.starts_at <= at for event in promised) else "coming"


def joinable(family: Family, *, by: Actor) -> list[Event]:
    """Events of the same country the actor runs that are in no family, soonest first."""
    rows = queries.run_by(by).filter(family=None, country_id=family.country_id)
    return list(rows.exclude(state=states.CANCELLED).order_by("-starts_at", "pk")[:100])


def is_course(family_id: int) -> bool:
    """Whether the events of a family are modules of a course."""
    return Family.objects.filter(pk=family_id, kind=Family.Kind.COURSE).exists()
