"""Consent and time on the page of whoever looks after a recording; a note where something was cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from events.consents import queries as consents
from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from recordings.keeping import commands, scenes
from recordings.keeping.readers import who_runs
from recordings.keeping.scenes import Work
from recordings.library import policies, pupils, states, timeline
from recordings.library import queries as library
from recordings.library.models import Recording
from recordings.library.objections import objections_of, open_noes
from recordings.library.speakers import is_refused, speakers_of

if TYPE_CHECKING:
    from events.programme.models import Event

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


@dataclass(frozen=True)
class Follows:
    """What follows from somebody's own no: `down`, `held` (a draft), `none` yet, or `off` (camera).

    `told` where whoever runs the event reads a mail about it.
    """

    what: str
    told: bool


def after_a_no(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """What becomes of the recordings of an event in which the reader does not want to be."""
    person_id, event = actor.person_id, programme.event_for_work(ids["event_id"])
    asked = consents.recording_of(event.pk)
    if person_id is None or all(
        one.yes for one in consents.answers_to(asked, [person_id]).values()
    ):
        return None
    what = _becomes_of(event, person_id, at=at)
    told = who_runs(event, at=at) is not None
    return Panel("keeping/after_a_no.html", Follows(what, told)) if what else None


def _becomes_of(event: "Event", person_id: int, *, at: datetime) -> str:
    """See `Follows.what`; empty where nothing is to be said: what is there was looked after."""
    rows = library.of_event(event.pk)
    stopped = {row.state for row in rows if _is_open(row, person_id)}
    if stopped & {states.PUBLISHED, states.WITHDRAWN}:
        return "down"
    if stopped:
        return "held"
    if rows:
        return ""
    noes = consents.refusals(consents.recording_of(event.pk), since=event.starts_at)
    if any(one.person_id == person_id for one in noes):
        return "none"
    return "off" if event.recorded and at < event.ends_at else ""


def _is_open(row: Recording, person_id: int) -> bool:
    return any(one.person_id == person_id for one in open_noes(row))


@dataclass(frozen=True)
class LeftOut:
    """How many parts were left out, and whether speakers wished it of each of them."""

    number: int
    wished: bool


def left_out(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get both
    """That a part was left out, without anybody's name."""
    row = library.find(ids["recording_id"])
    if row is None or not row.cuts:
        return None
    return Panel("keeping/left_out.html", LeftOut(len(row.cuts), _wished(row)), order=5)


def _wished(row: Recording) -> bool:
    """Whether each part that was cut out has something of a talk its speaker said no to."""
    spans = [one.span for one in speakers_of(row) if one.cut and one.yes is False and one.span]
    return all(timeline.to_player(spans, [(start, end)]) for start, end in row.cuts)
