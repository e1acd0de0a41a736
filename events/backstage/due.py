"""What has become due: timers, chores, and facts nobody has been told of."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.module_loading import import_string

from events.backstage import reactions
from events.backstage.models import FactRow, Schedule, Timer, Work

FAN_LOCK = 0x6B6F6C65  # any constant: serialises handing facts out


WAITS = """
SELECT EXISTS (SELECT 1 FROM events_timer WHERE due_at <= %s)
    OR EXISTS (SELECT 1 FROM events_factrow WHERE fanned_at IS NULL)
"""


def waits(*, at: datetime) -> bool:
    """Whether a timer is due or a fact has not been handed out: one cheap look."""
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [at])
        return bool(cursor.fetchone()[0])


def busy_lanes(prefix: str) -> set[str]:
    """The lanes whose names begin so and in which work waits or runs."""
    rows = Work.objects.filter(lane__startswith=prefix, state__in=["ready", "leased"])
    return set(rows.order_by().values_list("lane", flat=True).distinct())


def fire_timers(*, at: datetime) -> None:
    """Turn due timers into facts, the earliest first."""
    with transaction.atomic():
        due = list(
            Timer.objects.select_for_update(skip_locked=True)
            .filter(due_at__lte=at)
            .order_by("due_at", "pk")[:200]
        )
        FactRow.objects.bulk_create(
            FactRow(kind=timer.kind, body=timer.body, at=timer.due_at) for timer in due
        )
        Timer.objects.filter(pk__in=[timer.pk for timer in due]).delete()


def fan_out(*, at: datetime, limit: int = 500) -> None:
    """Make one work row for each reaction to each new fact; one sweep at a time does this."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FAN_LOCK])
        if not cursor.fetchone()[0]:
            return
        rows = list(FactRow.objects.filter(fanned_at__isnull=True).order_by("id")[:limit])
        works = [work for row in rows for work in _works(row)]
        Work.objects.bulk_create(works, ignore_conflicts=True)
        FactRow.objects.filter(pk__in=[row.pk for row in rows]).update(fanned_at=at)


def _works(row: FactRow) -> list[Work]:
    found = []
    for react in reactions.reactions().get(row.kind, ()):
        lane = react.lane(reactions.revive(react, row.body)) if react.lane else ""
        due = row.at + timedelta(seconds=react.hold)
        found.append(Work(fact=row, handler=react.handler, lane=lane, due_at=due))
    return found


def run_chores(*, at: datetime) -> None:
    """Run regular chores whose time has come; missed ticks collapse into one."""
    for chore in reactions.chores():
        Schedule.objects.get_or_create(name=chore.name, defaults={"next_due": at})
        mine = Schedule.objects.filter(name=chore.name, next_due__lte=at).update(
            next_due=at + timedelta(seconds=chore.seconds)
        )
        if mine:
            import_string(chore.task)(at=at)
