"""What the API asks of events: filters of the list, and who can present."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from events.kernel.errors import BadInput
from events.kernel.fold import search_key
from events.kernel.words import gettext_noop
from events.networks import queries as networks
from events.programme import queries
from events.programme.models import Event, Part

Deed = Callable[..., Event]
Span = tuple[datetime | None, datetime | None]


class PresenterElsewhere(BadInput):
    """Who presents belongs to the schools the event is for, or presents already."""

    code = "presenter_elsewhere"
    sentence = gettext_noop("Choose presenters from the schools this event is for.")


def narrowed(
    rows: QuerySet[Event], *, text: str, kind: str | None, state: str | None, country: str | None,
    cluster_id: int | None, span: Span,
) -> QuerySet[Event]:  # fmt: skip
    """The rows that all filters let through; the span of starts is half-open."""
    wanted = {
        "kind__code": kind, "state": state, "country__code": country, "cluster_id": cluster_id,
        "starts_at__gte": span[0], "starts_at__lt": span[1],
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def require_presenters(
    event: Event, part: Part, person_ids: Sequence[int], *, at: datetime
) -> None:
    """Raise PresenterElsewhere for somebody who neither belongs to the audience nor presents."""
    if not person_ids:
        return
    here = {slot.presenter_id for slot in queries.running_order(part.pk)}
    if event.cluster_id is not None:
        people = networks.teachers_of_cluster(event.cluster_id, on=at.date())
    else:
        people = networks.teachers_of_country(event.country_id, on=at.date())
    wanted = set(person_ids) - here
    if people.filter(pk__in=wanted).count() != len(wanted):
        raise PresenterElsewhere(field="items")
