"""Until when playing a recording earns credit."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from events.backstage.commands import audit, record
from events.kernel import zones
from events.kernel.actors import Actor
from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.programme import queries as programme
from events.templatetags.moments import plain_day
from recordings.library.commands import locked, save
from recordings.library.facts import CreditDeadlineMoved
from recordings.library.models import Recording

DAY = timedelta(days=1)


class DayOver(BadInput):
    """The last day lies behind us, and people were told another one."""

    code = "day_over"
    field = "counts_until"
    sentence = gettext_noop("Choose today or a later day, or leave it empty for no deadline.")


class RemovedBefore(BadInput):
    """The recording is removed before that day, so nobody could play it."""

    code = "removed_before"
    field = "counts_until"
    sentence = gettext_noop(
        "The recording is removed on %(day)s. Choose that day or an earlier one, "
        "or keep the recording longer first."
    )


@transaction.atomic
def count_until(recording_id: int, *, until: date | None, by: Actor, at: datetime) -> Recording:
    """Choose the last day on which playing counts, in the zone of the event; None for no deadline.

    What counted already stays; what was played after an earlier deadline counts when this one is
    later. The same day again changes nothing. Raises DayOver or RemovedBefore.
    """
    row = locked(recording_id, by=by)
    if until == last_day(row):
        return row
    zone = programme.outline(row.event_id).zone
    if until is not None and until < zones.wall(at, zone).date():
        raise DayOver(field="counts_until")
    if until is not None and until > row.kept_until:
        raise RemovedBefore(field="counts_until", day=plain_day(row.kept_until))
    before = row.credit_until
    row.credit_until = zones.instant(datetime.combine(until + DAY, time()), zone) if until else None
    save(row, at=at)
    audit("recording_deadline", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"credit_until": [str(before or ""), str(row.credit_until or "")]})  # fmt: skip
    record(CreditDeadlineMoved(recording_id=row.pk), at=at)
    return row


def last_day(row: Recording) -> date | None:
    """The last day on which playing counts, in the zone of the event; None without a deadline."""
    if row.credit_until is None:
        return None
    return day_before(row.credit_until, programme.outline(row.event_id).zone)


def day_before(until: datetime, zone: str) -> date:
    """The last day that is over, in a zone, at the instant `until`, which itself is too late."""
    return zones.wall(until - timedelta(milliseconds=1), zone).date()
