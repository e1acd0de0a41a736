"""How long a recording is kept: a year after its event, or as whoever runs the event says.

One that comes in later is kept for a year from then on; drafts end as published ones do. No day
further away than ten years can be chosen: what is still wanted then is said anew.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from recordings.library import states
from recordings.library.models import Recording

if TYPE_CHECKING:
    from events.programme.models import Event

YEAR = timedelta(days=365)
WARNING = timedelta(days=30)
# Nothing is removed sooner after a warning, and no day nearer than this can be chosen.
NOTICE = timedelta(days=7)
LONGEST_YEARS = 10


def first_day(event: "Event", *, at: datetime) -> date:
    """The day from which a recording that comes in now is not kept, unless somebody chooses another."""
    return (max(event.ends_at, at) + YEAR).date()


def last_day(*, at: datetime) -> date:
    """The latest day that can be chosen now."""
    year = at.year + LONGEST_YEARS
    day = min(at.day, monthrange(year, at.month)[1])
    return date(year, at.month, day)


def to_warn(*, at: datetime) -> list[int]:
    """Recordings that go within thirty days and whose organiser has not been told."""
    rows = Recording.objects.exclude(state=states.DELETED)
    near = rows.filter(warned_at=None, kept_until__lte=(at + WARNING).date())
    return list(near.order_by("pk").values_list("pk", flat=True))


def over(*, at: datetime) -> list[int]:
    """Recordings whose day has come, a week after the warning at the earliest."""
    rows = Recording.objects.exclude(state=states.DELETED)
    ended = rows.filter(kept_until__lte=at.date(), warned_at__lte=at - NOTICE)
    return list(ended.order_by("pk").values_list("pk", flat=True))
