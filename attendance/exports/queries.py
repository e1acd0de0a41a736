"""Questions about batches."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attendance.exports import dictionary, files
from attendance.exports.models import Batch, BatchFile, BatchLine
from events.kernel.actors import Actor, Role
from events.kernel.errors import DomainError, Missing
from events.kernel.words import gettext_noop

if TYPE_CHECKING:
    from django.db.models import QuerySet

ARCHIVE, MANIFEST = "batch.zip", "manifest.json"


@dataclass(frozen=True)
class File:
    """One file of a batch; the archive's size is known only once it is made."""

    name: str
    bytes: int | None
    sha256: str


def visible_to(actor: Actor) -> list[Batch]:
    """Batches of the countries whose ministry the actor serves, newest first."""
    countries = actor.reach("countries", Role.MINISTRY_OFFICER)
    rows = Batch.objects.filter(country_id__in=countries).select_related("term", "country", "by")
    return list(rows.order_by("-as_of", "-pk"))


def batches_of(actor: Actor) -> "QuerySet[Batch]":
    """The same for a list in pieces."""
    countries = actor.reach("countries", Role.MINISTRY_OFFICER)
    rows = Batch.objects.filter(country_id__in=countries)
    return rows.select_related("term", "country")


def seen(batch_id: int, *, by: Actor) -> Batch:
    """A batch the actor may open; else Missing."""
    row = Batch.objects.select_related("term", "country", "by").filter(pk=batch_id).first()
    if row is None or row.country_id not in by.reach("countries", Role.MINISTRY_OFFICER):
        raise Missing
    return row


class BatchDiffers(DomainError):
    """What would be served is not what was frozen; data: `name`."""

    code = "batch_differs"
    status = 409
    sentence = gettext_noop(
        "%(name)s comes out different from what was exported, so it is not served. Tell the helpdesk."
    )


def contents_of(batch: Batch) -> dict[str, bytes]:
    """The batch's files, made again from its frozen lines; always the same bytes."""
    return {name: make() for name, make in _makers(batch).items()}


def lines_of(batch: Batch) -> tuple[list[files.Line], list[files.Line]]:
    """The frozen lines of a batch, and those that were not ready."""
    rows = BatchLine.objects.filter(batch=batch).order_by("certificate_id")
    ready: list[files.Line] = []
    other: list[files.Line] = []
    for is_ready, body in rows.values_list("ready", "body"):
        (ready if is_ready else other).append(body)
    return ready, other


def _makers(batch: Batch) -> dict[str, Callable[[], bytes]]:
    ready, other = lines_of(batch)
    version = batch.manifest.get("dictionary", dictionary.VERSION)
    sheets = {
        "lines": (dictionary.NAMES, ready),
        "not ready": (dictionary.OTHER_NAMES, other),
    }
    return {
        "lines.csv": lambda: files.as_csv(dictionary.NAMES, ready),
        "not-ready.csv": lambda: files.as_csv(dictionary.OTHER_NAMES, other),
        "lines.xlsx": lambda: files.as_xlsx(sheets, at=batch.as_of),
        "dictionary.csv": lambda: files.dictionary_csv(version),
    }


def archive_of(batch: Batch) -> bytes:
    """The whole batch as one archive with its manifest."""
    manifest = files.manifest_bytes(batch.manifest)
    return files.as_zip({**contents_of(batch), MANIFEST: manifest})


def files_of(batch: Batch) -> list[File]:
    """What a frozen batch holds, the archive first."""
    inside = [File(**item) for item in batch.manifest.get("files", [])]
    manifest = files.manifest_bytes(batch.manifest)
    own = File(MANIFEST, len(manifest), hashlib.sha256(manifest).hexdigest())
    return [File(ARCHIVE, None, batch.sha256), *inside, own]


def checked(batch: Batch, name: str) -> bytes:
    """One file as it was kept, held against its digest; raises Missing and BatchDiffers.

    The digest of the manifest itself is held by that of the archive. A batch that was frozen
    before files were kept is made again from its lines.
    """
    kept = {item.name: item.sha256 for item in files_of(batch)}
    if batch.state != Batch.State.READY or name not in kept:
        raise Missing
    archive = _kept_archive(batch)
    if name in {ARCHIVE, MANIFEST} and hashlib.sha256(archive).hexdigest() != batch.sha256:
        raise BatchDiffers(name=name)
    content = archive if name == ARCHIVE else files.from_zip(archive, name)
    if content is None or hashlib.sha256(content).hexdigest() != kept[name]:
        raise BatchDiffers(name=name)
    return content


def _kept_archive(batch: Batch) -> bytes:
    row = BatchFile.objects.filter(batch=batch).first()
    return bytes(row.content) if row else archive_of(batch)


def about(batch: Batch, lines: int, other: int) -> dict[str, Any]:
    """What the manifest says of the batch."""
    return {
        "country": batch.country.code, "term": batch.term.name, "batch": batch.order,
        "as_of": _stamp(batch.as_of), "lines": lines, "lines_not_ready": other,
    }  # fmt: skip


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
