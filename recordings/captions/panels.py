"""What is said, beside the player; what is missing, on the lists of who runs the event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.contributions import Panel
from events.programme import queries as programme
from recordings.captions import queries
from recordings.captions.models import Track
from recordings.captions.queries import Said, Section
from recordings.library import policies, states
from recordings.library import queries as library
from recordings.library.models import Recording

SHOWN = 12
MOST = 20


@dataclass(frozen=True)
class Transcript:
    """The first lines of what is said, and in which languages there is more."""

    recording: Recording
    track: Track | None
    tracks: list[Track]
    said: list[Said]
    total: int
    manages: bool


@dataclass(frozen=True)
class Chapters:
    """The chapters of the shown file."""

    recording: Recording
    sections: list[Section]


@dataclass(frozen=True)
class Missing:
    """Recordings of events the reader runs that not everybody can follow."""

    rows: list[Recording]


def transcript(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """The beginning of the transcript; without captions, that it is not accessible yet."""
    row = library.find(ids["recording_id"])
    if row is None or row.link:
        return None
    tracks = queries.tracks_of(row)
    said = queries.said_in(row, tracks[0]) if tracks else []
    values = Transcript(
        row, tracks[0] if tracks else None, tracks, said[:SHOWN], len(said),
        policies.may_manage(actor, row),
    )  # fmt: skip
    return Panel("captions/transcript.html", values, order=60)


def sections(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """The chapters; none when there are none."""
    row = library.find(ids["recording_id"])
    found = queries.sections_of(row) if row is not None else []
    return (
        Panel("captions/sections.html", Chapters(row, found), order=20) if row and found else None
    )


def uncaptioned(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """To do: recordings without captions, of the events the reader runs."""
    rows = Recording.objects.filter(
        event_id__in=programme.run_by(actor).order_by().values_list("pk", flat=True),
        captioned=False, link="", up_at__isnull=False, state=states.PUBLISHED,
    ).order_by("-pk")[:MOST]  # fmt: skip
    found = list(rows)
    return Panel("captions/missing.html", Missing(found), order=40) if found else None


def desk(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:  # noqa: ARG001  panels get at
    """Captions and chapters on the page of whoever looks after the recording."""
    row = library.find(ids["recording_id"])
    if row is None or row.link or not policies.may_manage(actor, row):
        return None
    tracks = queries.tracks_of(row)
    values = Transcript(row, None, tracks, [], len(queries.sections_of(row)), manages=True)
    return Panel("captions/desk.html", values, order=40)
