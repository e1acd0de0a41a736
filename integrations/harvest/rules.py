"""When a service is asked what is left of a meeting, and until when it can tell."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integrations.ports import Sitting

# After the end of a part; reports appear minutes to hours later.
LOOKS = (
    timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24),
    timedelta(hours=72), timedelta(days=7),
)  # fmt: skip
AFTERWARDS = timedelta(days=1)
# Recordings are ready hours to a day later, and a server may never say so.
RECORDING_LOOKS = (
    timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3), timedelta(hours=12),
    timedelta(hours=24), timedelta(hours=48),
)  # fmt: skip
# How long a service can tell: Meet 30 days, Teams one year; a recording's events often two weeks;
# Zoom's notices are kept here for 30 days.
KEPT = {
    "google": timedelta(days=30), "microsoft": timedelta(days=365),
    "bigbluebutton": timedelta(days=14), "zoom": timedelta(days=30),
}  # fmt: skip
ENTRIES = frozenset({"google", "microsoft"})
ROOMS = frozenset({"bigbluebutton"})
# Services whose meetings are known by the number in a pasted link.
PASTED = frozenset({"zoom"})
# Words of services for a recording.
READY, MAKING = frozenset({"published", "ready"}), frozenset({"pending", "processing", "processed"})
# Teams lets recordings expire after 120 days unless an administrator or owner says otherwise; trial
# and Zoom plans differ, Meet's lie in somebody's Drive.
RECORDING_KEPT = {"microsoft": timedelta(days=120)}
# Services whose start of a recording is the moment of its first byte; at BigBlueButton it is that of
# the meeting, out of which the video leaves what nobody marked.
BEGINS = frozenset({"google", "microsoft", "zoom"})
# A fetching whose job ended without a word goes on after this.
UNTOLD = timedelta(minutes=20)
EARLY = timedelta(hours=12)
LEAST_WARNING = timedelta(days=2)
# A look that failed without a stated pause is repeated after these seconds, then this long.
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 6 * 3600.0
PATIENCE = 3  # looks that failed before what was told by notices counts
REPORT_MISSING = "report_missing"


def next_look(ended_at: datetime, *, at: datetime) -> datetime | None:
    """The next of the planned looks after an instant; None after the last."""
    return next((ended_at + pause for pause in LOOKS if ended_at + pause > at), None)


def next_recording_look(ended_at: datetime, *, at: datetime) -> datetime | None:
    """The next of the looks for recordings after an instant; None after the last."""
    return next((ended_at + pause for pause in RECORDING_LOOKS if ended_at + pause > at), None)


def warn_at(ended_at: datetime, deadline: datetime) -> datetime:
    """When a loss is told beforehand: a quarter of the time before it, at least two days."""
    return deadline - max((deadline - ended_at) / 4, LEAST_WARNING)


def of_part(
    sittings: Sequence[Sitting], *, starts_at: datetime, ends_at: datetime
) -> Sequence[Sitting]:
    """The sittings that ran at some time of the part; rehearsals before and talks after do not."""
    return [
        one
        for one in sittings
        if one.started_at < ends_at and (one.ended_at is None or one.ended_at > starts_at)
    ]


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return timedelta(seconds=min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures, 20)))


def kept_until(provider: str, ended_at: datetime) -> datetime | None:
    """When a service may delete a recording by itself; None where only its owner does."""
    span = RECORDING_KEPT.get(provider)
    return ended_at + span if span else None
