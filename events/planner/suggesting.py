"""Times for an event, from the plans of a cluster and of its people."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from events.availability.rules import Calendars
from events.kernel.spans import Span
from events.kernel.zones import wall
from events.kinds.models import Kind
from events.people.models import Person
from events.planner import rules
from events.planner.queries import TAKEN, Scope, parts_of, teachers
from events.programme import states
from events.registration.models import Registration

AHEAD = timedelta(weeks=rules.WEEKS + 3)


def suggestions(
    scope: Scope, kind: Kind, *, at: datetime, calendars: Calendars | None = None
) -> list[rules.Proposal]:
    """Times for an event of that kind, from the cluster's own past and plans, and from calendars."""
    ours = parts_of(scope).exclude(event__state=states.CANCELLED)
    last = ours.filter(order=1, event__kind=kind).order_by("-starts_at").first()
    pattern = (
        rules.Pattern(last.wall.weekday(), last.wall.time(), known=True)
        if last and last.wall.weekday() < rules.SCHOOL_DAYS
        else rules.usual(kind.mode, kind.minutes)
    )
    people = teachers(scope, at=at)
    engaged = _engaged(people, Span(at, at + AHEAD))
    busy = ours.filter(starts_at__gt=at, starts_at__lt=at + AHEAD).values_list(
        "starts_at", "ends_at", "event__title"
    )
    return rules.propose(
        pattern,
        rules.Setting(
            zone=scope.zone,
            minutes=kind.minutes,
            today=wall(at, scope.zone).date(),
            busy=[rules.Busy(Span(start, end), title) for start, end, title in busy],
            engaged=engaged,
            people=people.count() if engaged else 0,
            calendars=calendars,
        ),
    )


def _engaged(people: QuerySet[Person], within: Span) -> list[Span]:
    rows = Registration.objects.filter(
        person_id__in=people.order_by().values("pk"),
        state=TAKEN,
        event__state=states.PUBLISHED,
        event__starts_at__lt=within.end,
        event__ends_at__gt=within.start,
    ).values_list("event__starts_at", "event__ends_at")
    return [Span(start, end) for start, end in rows]
