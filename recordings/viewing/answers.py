"""Recordings as programs see them. Lengths are seconds, sizes bytes, bandwidths bits per second."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from events.interface.shapes import Shape, link
from recordings.arrivals import queries as arrivals
from recordings.captions import answers as said
from recordings.captions import queries as captions
from recordings.captions.answers import ChapterShape, TrackShape
from recordings.library.answers import own, seconds
from recordings.library.deadline import last_day
from recordings.library.models import Recording, Rendition
from recordings.library.objections import open_noes
from recordings.processing.answers import state_of
from recordings.viewing import catalogue
from recordings.viewing.catalogue import Card


class SizeShape(Shape):
    """A size that is ready: bytes to stream and to download, bits per second at most and on average.

    Width and height are pixels, 0 for sound alone.
    """

    name: str
    stream_bytes: int
    download_bytes: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    width: int
    height: int


class PieceShape(Shape):
    """From `source` seconds of the file as it arrived on, it was recorded at `at`."""

    source: float
    at: datetime


class OpenNoShape(Shape):
    """A no over which nobody has decided; `title` of the talk or piece, empty for all of it."""

    consent_id: int
    person_id: int
    name: str
    title: str


class CareShape(Shape):
    """What only those see who look after a recording.

    `making` is the state of the making of sizes, `arrival` that of the file sent last (empty for
    none). `asked_at`: when somebody said that all were asked although it was not announced.
    `parents_agreed_at`: when somebody said so of the parents of all pupils who are seen or heard.
    `open_noes`: while there is one, it cannot be published.
    """

    making: str
    arrival: str
    asked_at: datetime | None
    parents_agreed_at: datetime | None
    kept_until: date
    pieces: list[PieceShape]
    open_noes: list[OpenNoShape]


class RecordingShape(Shape):
    """A recording of a part of an event. State: draft, published, withdrawn.

    `up_at` says since when it can be watched. Visibility: cluster, network, public; without captions
    nobody outside the cluster sees it. `seconds` is the length of what is shown. A recording with a
    `link` lies elsewhere and has no sizes here. `captions` are codes of languages.
    """

    id: int
    slug: str
    event_id: int
    part_id: int
    kind: str
    title: str
    language: str
    source: str
    link: str
    state: str
    visibility: str
    seconds: float
    captions: list[str]
    sizes: list[SizeShape]
    created_at: datetime
    published_at: datetime | None
    up_at: datetime | None
    page: str
    links: dict[str, str]


class RecordingDetails(RecordingShape):
    """One recording with its chapters and captions; `care` is null for whoever may only watch.

    `counts_until`: the last day on which playing earns credit, in the zone of the event; null: always.
    """

    counts_until: date | None

    chapters: list[ChapterShape]
    tracks: list[TrackShape]
    care: CareShape | None


def recordings(rows: Sequence[Recording]) -> list[RecordingShape]:
    """Recordings of a list, in four queries for any number."""
    return [RecordingShape(**_values(card)) for card in catalogue.cards(list(rows))]


def details(row: Recording, *, managed: bool) -> RecordingDetails:
    """One recording as it is answered."""
    return RecordingDetails(
        **_values(catalogue.cards([row])[0]),
        counts_until=last_day(row),
        chapters=[said.chapter(one) for one in captions.sections_of(row)],
        tracks=[said.track(row, one) for one in captions.tracks_of(row)],
        care=_care(row) if managed else None,
    )


def _values(card: Card) -> dict[str, Any]:
    row = card.recording
    return {
        "id": row.pk, "slug": row.slug, "event_id": row.event_id, "part_id": row.part_id,
        "kind": card.event.kind.code, "title": row.title, "language": row.language,
        "source": row.source, "link": row.link, "state": row.state, "visibility": row.visibility,
        "seconds": seconds(row.length_ms), "captions": list(card.captions),
        "sizes": [_size(one) for one in card.renditions], "created_at": row.created_at,
        "published_at": row.published_at, "up_at": row.up_at,
        "page": reverse("recording", args=[row.slug]), "links": _links(row),
    }  # fmt: skip


def _links(row: Recording) -> dict[str, str]:
    return {
        "self": own(row.pk), "chapters": own(row.pk, "chapters"),
        "credit": own(row.pk, "my-credit"), "event": link("events", row.event_id),
    }  # fmt: skip


def _size(row: Rendition) -> SizeShape:
    return SizeShape(
        name=row.name, stream_bytes=row.stream_bytes, download_bytes=row.download_bytes,
        bandwidth=row.peak, average_bandwidth=row.average, codecs=row.codecs, width=row.width,
        height=row.height,
    )  # fmt: skip


def _care(row: Recording) -> CareShape:
    last = arrivals.last_of(row.pk)
    return CareShape(
        making=state_of(row), arrival=last[0].state if last else "", asked_at=row.asked_at,
        parents_agreed_at=row.parents_at, kept_until=row.kept_until,
        pieces=[
            PieceShape(source=seconds(source), at=datetime.fromtimestamp(at / 1000, UTC))
            for source, at in row.pieces
        ],
        open_noes=[
            OpenNoShape(
                consent_id=one.consent_id, person_id=one.person_id, name=one.name, title=one.title
            )
            for one in open_noes(row)
        ],
    )  # fmt: skip
