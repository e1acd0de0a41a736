"""Consent and time on the page of whoever looks after a recording; a note where something was cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from recordings.keeping import commands, scenes
from recordings.keeping.scenes import Work
from recordings.library import policies
from recordings.library import queries as library
from recordings.library.models import Recording
from recordings.library.speakers import speakers_of


@dataclass(frozen=True)
class Standing:
    """What stands in the way of a recording, and how long it is kept."""

    recording: Recording
    talks: int
    to_ask: int
    refused: int
    unannounced: bool
    work: Work


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Who agreed, what is being cut, until when it is kept."""
    row = library.find(ids["recording_id"])
    if row is None or not policies.may_manage(actor, row):
        return None
    people = speakers_of(row)
    values = Standing(
        row, len(people), sum(commands.is_open(one) for one in people),
        sum(one.yes is False and not one.settled for one in people),
        not row.event.recorded and row.asked_at is None, scenes.work(row),
    )  # fmt: skip
    return Panel("keeping/desk.html", values, order=20)


def left_out(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get both
    """That a part was left out, without anybody's name."""
    row = library.find(ids["recording_id"])
    if row is None or not row.cuts:
        return None
    return Panel("keeping/left_out.html", len(row.cuts), order=5)
