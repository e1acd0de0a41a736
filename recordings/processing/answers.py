"""How the making of sizes is told to programs."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from events.backstage import jobs
from events.interface.shapes import Shape
from recordings.library import queries
from recordings.library.answers import own
from recordings.library.models import Recording
from recordings.processing import failures, orders
from recordings.processing.commands import KIND

if TYPE_CHECKING:
    from events.backstage.models import Job

NOTHING = "nothing"
# One that waits after an error is tried again by itself; until then it says what is wrong.
TROUBLED = frozenset({"failed", "waiting"})


class MakingShape(Shape):
    """How far the sizes of a recording are. State: nothing, waiting, running, done, failed, cancelled.

    `percent` is 0 to 100 of the present file; `wrong` says in words what stands in the way, also while
    it is tried again. `sizes` are the names of those that are ready.
    """

    state: str
    percent: int
    wrong: str
    sizes: list[str]
    links: dict[str, str]


def state_of(row: Recording) -> str:
    """The state of the job of the present file, by code; nothing where there was none."""
    job = _job(row)
    return str(job.state) if job else NOTHING


def making(row: Recording) -> MakingShape:
    """How far the sizes of the present file are."""
    job = _job(row)
    code = job.last_error if job is not None and job.state in TROUBLED else ""
    return MakingShape(
        state=str(job.state) if job else NOTHING, percent=job.done if job else 0,
        wrong=gettext(failures.sentence_of(code)) if code else "",
        sizes=[one.name for one in queries.shown(row).renditions],
        links={"self": own(row.pk, "making"), "recording": own(row.pk)},
    )  # fmt: skip


def _job(row: Recording) -> "Job | None":
    return jobs.latest(KIND, prefix=orders.key_of(row.pk, row.revision))
