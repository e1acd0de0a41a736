"""The operation on one's own credit for watching a recording."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from attendance.certificates import crediting
from attendance.certificates.crediting import Credit
from attendance.presence.intervals import MINUTE_MS
from attendance.presence.standing import Standing
from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import Id, Shape
from recordings.library import called
from recordings.library.answers import NAMED, Stretch, own, stretch
from recordings.watched import queries as watched

router = Operations(tags=["recordings"])


class EventMinutes(Shape):
    """Minutes of the clock of the whole event: counted, planned, needed, and lacking (rounded up)."""

    counted: int
    planned: int
    needed: int
    lacking: int


class WatchCreditShape(Shape):
    """What playing a recording has earned you and can still earn; nobody else is told.

    State: none (watching does not count here), elsewhere (it lies elsewhere, nothing is played here),
    unplaced (nobody has said when it was recorded), beyond (all that can be played would not be
    enough), short, close (somebody decides), enough.
    `speed_limit` is how many times faster than spoken still counts. What is played before `until`
    (UTC; null for no end) counts; `over` says that it has passed. `played` is what you played, and
    `missing` the first stretch that lacks, in seconds of the player; `minutes` is null where nothing
    counts. `certificate` is the number of yours, `questions` the page where answers earn as much:
    empty where there is none, for whoever can read or has given the answers, and once it is enough.
    """

    recording_id: int
    state: str
    speed_limit: float
    until: datetime | None
    over: bool
    played: list[Stretch]
    missing: Stretch | None
    minutes: EventMinutes | None
    certificate: str
    questions: str
    links: dict[str, str]


def _minutes(one: Standing | None) -> EventMinutes | None:
    if one is None:
        return None
    return EventMinutes(
        counted=one.verdict.counted_ms // MINUTE_MS, planned=one.asked, needed=one.needed,
        lacking=one.lacking,
    )  # fmt: skip


def _missing(credit: Credit) -> Stretch | None:
    missed = credit.standing.missed if credit.standing else None
    return stretch(missed) if missed else None


@router.read(f"{NAMED}/my-credit", WatchCreditShape, scope="recordings:read")
def get_watch_credit(request: HttpRequest, recording_id: Id) -> WatchCreditShape:
    """What watching a recording has earned you, what still lacks, until when and how fast it counts."""
    row = called.seen(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    credit = crediting.credit_for(by, row, at=at)
    return WatchCreditShape(
        recording_id=row.pk, state=credit.state, speed_limit=credit.speed, until=credit.until,
        over=credit.over, played=[stretch(one) for one in watched.seen(row, person_id=by.person_id)],
        missing=_missing(credit), minutes=_minutes(credit.standing), certificate=credit.number,
        questions=reverse("questions", args=[row.slug]) if credit.instead else "",
        links={"self": own(row.pk, "my-credit"), "recording": own(row.pk)},
    )  # fmt: skip
