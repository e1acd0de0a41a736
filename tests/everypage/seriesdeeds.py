"""A series of four dates: taken, waited for, changed from the third on, called off."""

from collections.abc import Callable
from datetime import datetime, timedelta

from events.planner import series as desk
from events.planner.commands import Wish
from events.programme import revision, series
from events.programme.models import Part, Series
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from events.registration.series import commands as several
from tests.factories.world import wish
from tests.matrix.places import NOW, Place


def do(place: Place, work: Callable[[datetime], None]) -> None:
    plan = wish(
        place.world, title="Thursdays", starts=datetime(2026, 12, 17, 17), mode="room",
        join_url="", host_school_id=place.school.pk,
    )  # fmt: skip
    asked = Wish(plan, {"room": 1})
    row = desk.plan(asked, repeat=Repeat("weekly", number=4), publish=True, by=place.by, at=NOW)
    work(NOW + timedelta(minutes=1))
    for person in (place.teacher, place.other):
        several.register(
            row.pk, event_ids=[part.event_id for part in _dates(row)], person_id=person.pk,
            way="room", by=place.world.actor(person, NOW), at=NOW,
        )  # fmt: skip
    work(NOW + timedelta(minutes=2))
    third = _dates(row)[2]
    present = present_plan(third.event, third)
    later = type(present)(**{**vars(present), "starts": datetime(2026, 12, 31, 18)})
    revision.change(third.event_id, later, scope="following", by=place.by, at=NOW)
    work(NOW + timedelta(minutes=3))
    first = _dates(row)[0]
    series.cancel(first.event_id, scope="all", reason="Snow", by=place.by, at=NOW)


def _dates(row: Series) -> list[Part]:
    found = Part.objects.filter(event__series=row).select_related("event__kind")
    return list(found.order_by("recurrence_id"))
