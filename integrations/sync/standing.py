"""How the entries of an account stand over there as far as we know: for whoever has to play it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from events.programme import queries as programme
from integrations.sync import queries, states
from integrations.sync.models import Link, Question


@dataclass(frozen=True)
class Standing:
    """One entry: its identity, and title, place and times (UTC) as they were last found there."""

    key: str
    remote_id: str
    etag: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    join_url: str


def entries(account_id: int) -> list[Standing]:
    """The entries that stand in an account's calendar, oldest link first.

    An open question tells how the entry stands there; one about a removal, that it does not.
    """
    rows = list(Link.objects.filter(account_id=account_id, pushed_at__isnull=False).order_by("pk"))
    asked = queries.open_questions(row.pk for row in rows)
    found = (_entry(row, asked.get(row.pk)) for row in rows if row.state != states.REMOVED)
    return [one for one in found if one is not None]


def _entry(link: Link, asked: Question | None) -> Standing | None:
    title, place, starts, ends = (
        link.seen_title, link.seen_place, link.seen_starts_at, link.seen_ends_at
    )  # fmt: skip
    if asked is not None:
        title, place = asked.found_title, asked.found_place
        starts, ends = asked.found_starts_at, asked.found_ends_at
    if starts is None or ends is None or not link.remote_id:
        return None
    zone = programme.part_for_work(link.part_id).zone
    etag = link.etag if asked is None else asked.found_etag
    return Standing(link.key, link.remote_id, etag, title, place, starts, ends, zone, link.join_url)


def places(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The event and the time zone of each entry of ours, by key."""
    rows = Link.objects.filter(key__in=list(keys)).select_related("part")
    return {row.key: (row.part.event_id, row.part.zone) for row in rows}


def part_of_meeting(join_url: str) -> int | None:
    """The part that a meeting was made for, by its link; None for any other link."""
    rows = Link.objects.filter(join_url=join_url).exclude(state=states.REMOVED)
    return rows.values_list("part_id", flat=True).first() if join_url else None
