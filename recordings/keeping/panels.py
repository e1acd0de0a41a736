"""Consent and time on the page of whoever looks after a recording; a note where something was cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from events.consents import queries as consents
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from recordings.keeping import commands, scenes
from recordings.keeping.scenes import Work
from recordings.library import policies, pupils, states
from recordings.library import queries as library
from recordings.library.models import Recording
from recordings.library.objections import objections_of
from recordings.library.speakers import is_refused, speakers_of

MOST = 20


@dataclass(frozen=True)
class Standing:
    """What stands in the way of a recording, and how long it is kept."""

    recording: Recording
    talks: int
    to_ask: int
    refused: int
    objections: int
    unannounced: bool
    parents: bool
    work: Work


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Who agreed, what is being cut, until when it is kept."""
    row = library.find(ids["recording_id"])
    if row is None or not policies.may_manage(actor, row):
        return None
    people = speakers_of(row)
    values = Standing(
        row, len(people), sum(commands.is_open(one) for one in people),
        sum(is_refused(one) for one in people), len(objections_of(row)),
        not row.event.recorded and row.asked_at is None,
        row.parents_at is None and pupils.may_be_seen(row.event), scenes.work(row),
    )  # fmt: skip
    return Panel("keeping/desk.html", values, order=20)


@dataclass(frozen=True)
class Undecided:
    """Recordings that cannot be published because somebody said no."""

    rows: list[Recording]


def undecided(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get both
    """To do: drafts and withdrawn recordings over which a no is open, of events the reader runs."""
    rows = Recording.objects.filter(
        event_id__in=programme.run_by(actor).order_by().values_list("pk", flat=True),
        state__in=[states.DRAFT, states.WITHDRAWN],
    ).filter(event_id__in=consents.refused_things("recording", "event"))  # fmt: skip
    still = (
        row for row in rows.order_by("-pk")
        if any(is_refused(one) for one in speakers_of(row)) or objections_of(row)
    )  # fmt: skip
    found = list(islice(still, MOST))
    return Panel("keeping/undecided.html", Undecided(found), order=30) if found else None


def left_out(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get both
    """That a part was left out, without anybody's name."""
    row = library.find(ids["recording_id"])
    if row is None or not row.cuts:
        return None
    return Panel("keeping/left_out.html", len(row.cuts), order=5)
