"""Recordings on pages of rooms further in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.backstage import jobs
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from recordings.library import queries, timeline
from recordings.library.models import Recording
from recordings.processing import orders
from recordings.processing.commands import KIND
from recordings.viewing import catalogue, scenes
from recordings.watched import queries as watched

LOOKED_AT, SHOWN = 12, 3


@dataclass(frozen=True)
class Recorded:
    """The recordings of an event that the reader can open, with how each stands."""

    lines: list[tuple[Recording, str]]


def of_event(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """What can be watched later of an event; whoever runs it also sees what is not up yet."""
    rows = queries.visible_to(actor, at=at).filter(event_id=ids["event_id"]).order_by("pk")
    lines = [(row, _standing(row, at=at)) for row in rows]
    return Panel("viewing/of_event.html", Recorded(lines), order=20) if lines else None


def _standing(row: Recording, *, at: datetime) -> str:
    return "up" if row.watchable(at) else row.state


@dataclass(frozen=True)
class Making:
    """How far the sizes of a recording are, in percent; `failed` when nothing more comes by itself."""

    percent: int
    failed: bool
    ready: int


def making(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get actor and at
    """The job that makes the sizes, while it runs or when it failed."""
    row = queries.find(ids["recording_id"])
    if row is None or row.link:
        return None
    job = jobs.latest(KIND, prefix=orders.key_of(row.pk, row.revision))
    if job is None or job.state == job.State.DONE:
        return None
    failed = job.state in {job.State.FAILED, job.State.CANCELLED}
    values = Making(job.done, failed, len(queries.shown(row).renditions))
    return Panel("viewing/making.html", values, order=10)


@dataclass(frozen=True)
class Begun:
    """A recording the reader has begun, and where (ms of the shown files)."""

    recording: Recording
    pos_ms: int


def continuing(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get ids
    """The recordings the reader watched last and has not finished; private to the reader."""
    if actor.person_id is None:
        return None
    places = dict(watched.positions(actor.person_id, limit=LOOKED_AT))
    found = catalogue.up(actor, at=at).in_bulk(list(places)) if places else {}
    begun = [
        Begun(row, pos)
        for pk, source in places.items()
        if (row := found.get(pk)) and scenes.is_between(pos := _shown_at(row, source), row)
    ]
    return Panel("viewing/continuing.html", begun[:SHOWN], order=30) if begun else None


def _shown_at(row: Recording, source_ms: int) -> int:
    spans = timeline.to_player([(source_ms, source_ms + 1)], row.left)
    return spans[0][0] if spans else 0
