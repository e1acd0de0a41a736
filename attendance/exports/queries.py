"""Questions about batches."""

from datetime import datetime
from typing import Any

from attendance.exports import dictionary, files
from attendance.exports.models import Batch, BatchLine
from events.kernel.actors import Actor, Role
from events.kernel.errors import Missing


def visible_to(actor: Actor) -> list[Batch]:
    """Batches of the countries whose ministry the actor serves, newest first."""
    countries = actor.reach("countries", Role.MINISTRY_OFFICER)
    rows = Batch.objects.filter(country_id__in=countries).select_related("term", "country", "by")
    return list(rows.order_by("-as_of", "-pk"))


def seen(batch_id: int, *, by: Actor) -> Batch:
    """A batch the actor may open; else Missing."""
    row = Batch.objects.select_related("term", "country", "by").filter(pk=batch_id).first()
    if row is None or row.country_id not in by.reach("countries", Role.MINISTRY_OFFICER):
        raise Missing
    return row


def contents_of(batch: Batch) -> dict[str, bytes]:
    """The batch's files, made again from its frozen lines; always the same bytes."""
    rows = BatchLine.objects.filter(batch=batch).order_by("certificate_id")
    ready: list[files.Line] = []
    other: list[files.Line] = []
    for row in rows:
        (ready if row.ready else other).append(row.body)
    sheets = {
        "lines": (dictionary.NAMES, ready),
        "not ready": (dictionary.OTHER_NAMES, other),
    }
    return {
        "lines.csv": files.as_csv(dictionary.NAMES, ready),
        "not-ready.csv": files.as_csv(dictionary.OTHER_NAMES, other),
        "lines.xlsx": files.as_xlsx(sheets, at=batch.as_of),
        "dictionary.csv": files.dictionary_csv(),
    }


def archive_of(batch: Batch) -> bytes:
    """The whole batch as one archive with its manifest."""
    manifest = files.manifest_bytes(batch.manifest)
    return files.as_zip({**contents_of(batch), "manifest.json": manifest})


def about(batch: Batch, lines: int, other: int) -> dict[str, Any]:
    """What the manifest says of the batch."""
    return {
        "country": batch.country.code, "term": batch.term.name, "batch": batch.order,
        "as_of": _stamp(batch.as_of), "lines": lines, "lines_not_ready": other,
    }  # fmt: skip


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
