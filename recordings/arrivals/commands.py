"""Let files in, piece by piece or whole; take over what can be played, refuse what cannot."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from events.backstage import jobs
from events.backstage.commands import audit
from events.kernel import chance
from events.kernel.actors import Actor, system
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.words import gettext_noop
from events.programme import queries as programme
from recordings.arrivals import parcels
from recordings.arrivals import queries as expected
from recordings.arrivals.models import Upload
from recordings.library import commands as library
from recordings.library import queries, states
from recordings.library.models import Original, Recording
from recordings.media import probe, store
from recordings.media.running import TookTooLong

KIND = "recording_in"
# Nobody goes on with a file that was left alone for so long.
LEFT_ALONE = timedelta(days=3)
# Files that lie in the working folder.
HELD = (Upload.State.COMING, Upload.State.WHOLE)
GIGABYTE = 1024**3
SUFFIXES = frozenset(
    [
        *("mp4", "m4v", "mov", "webm", "mkv", "ogv", "avi", "ts", "wmv", "3gp"),
        *("m4a", "mka", "ogg", "oga", "opus", "mp3", "aac", "wav", "flac", "wma"),
    ]
)


class TooLarge(BadInput):
    """More bytes than one recording may have."""

    code = "recording_too_large"
    sentence = gettext_noop(
        "A recording may have %(most)s GB at most. Save it in a smaller size, then try again."
    )


class QuotaReached(DomainError):
    """The country keeps as many bytes as it may."""

    code = "quota_reached"
    status = 409
    sentence = gettext_noop(
        "The room for recordings of your country is full. Remove some, or ask the administrator."
    )


class HasFile(DomainError):
    """The recording has its file already."""

    code = "has_file"
    status = 409
    sentence = gettext_noop("This recording has its file already. Begin another one.")


class BeingLookedInto(DomainError):
    """A whole file is here; it becomes the recording's, or is refused."""

    code = "being_looked_into"
    status = 409
    sentence = gettext_noop(
        "A file is here and is being looked into. Wait a moment, then look again."
    )


class WrongOffset(DomainError):
    """The piece does not follow what is here (tus: 409)."""

    code = "wrong_offset"
    status = 409
    sentence = gettext_noop("This piece does not follow. Ask how far the file has come.")


class WrongFile(BadInput):
    """The name says that it is neither film nor sound."""

    code = "wrong_file"
    field = "file"
    sentence = gettext_noop("Choose a film or a sound, such as MP4, WebM or MP3.")


@transaction.atomic
def begin_upload(
    recording_id: int, *, length: int, file_name: str, by: Actor, at: datetime
) -> Upload:
    """Expect a file of so many bytes for a recording without one.

    One file at a time comes in for a recording: one on its way makes room for it. Raises TooLarge,
    QuotaReached, NoRoom, HasFile, BeingLookedInto, WrongFile, Missing or NotAllowed.
    """
    row = library.locked(recording_id, by=by)
    # First, so that it does not count beside what replaces it; a refusal below undoes it.
    for before in Upload.objects.filter(recording=row, state=Upload.State.COMING):
        _refuse(before, "replaced", at=at)
    require_fitting(row, length=length, file_name=file_name)
    return Upload.objects.create(
        id=chance.uuid(), recording=row, file_name=_name(file_name), length=length,
        by_id=by.person_id, created_at=at, moved_at=at,
    )  # fmt: skip


def require_fitting(row: Recording, *, length: int, file_name: str) -> None:
    """Whether a file of so many bytes may come in; raises what `begin_upload` does."""
    if row.link or queries.original_of(row) is not None or row.state == states.DELETED:
        raise HasFile
    if _suffix(file_name) not in SUFFIXES or length <= 0:
        raise WrongFile(field="file")
    if length > settings.RECORDING_MAX_BYTES:
        raise TooLarge(most=settings.RECORDING_MAX_BYTES // GIGABYTE, field="file")
    if Upload.objects.filter(recording=row, state=Upload.State.WHOLE).exists():
        raise BeingLookedInto
    if _kept_by_country(row.event_id) + length > settings.RECORDING_QUOTA_BYTES:
        raise QuotaReached
    parcels.require_room(length)


def _kept_by_country(event_id: int) -> int:
    """Bytes of originals and files on their way, of all events of the event's country."""
    events = programme.ids_of_same_country(event_id)
    kept = Original.objects.filter(removed_at=None, recording__event_id__in=events)
    coming = Upload.objects.filter(state__in=HELD, recording__event_id__in=events)
    sums = (kept.aggregate(n=Sum("size"))["n"], coming.aggregate(n=Sum("length"))["n"])
    return sum(one or 0 for one in sums)


def append(
    upload_id: UUID, read: Callable[[int], bytes], *, offset: int, most: int | None = None,
    checksum: tuple[str, str] = ("", ""), by: Actor, at: datetime,
) -> Upload:  # fmt: skip
    """Write a piece behind what is here; `checksum` is (algorithm, hex digest) of the piece.

    Raises WrongOffset, Busy, Torn, Missing or NotAllowed. What came before a line broke is kept.
    """
    row = expected.coming(upload_id, by=by)
    with parcels.alone(upload_id) as handle:
        row.refresh_from_db()
        if offset != row.offset or row.state != Upload.State.COMING:
            raise WrongOffset
        left = row.length - row.offset
        written = parcels.append(
            handle, read, offset=offset, most=left if most is None else min(most, left),
            algorithm=checksum[0], digest=checksum[1],
        )  # fmt: skip
        _note_written(row, written, by=by, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def _note_written(row: Upload, written: int, *, by: Actor, at: datetime) -> None:
    # Before the row of the upload, as `begin_upload` does: two files never get whole side by side.
    library.locked(row.recording_id, by=by)
    Upload.objects.filter(pk=row.pk).update(offset=F("offset") + written, moved_at=at)
    whole = Upload.objects.filter(pk=row.pk, offset=F("length"), state=Upload.State.COMING)
    if whole.update(state=Upload.State.WHOLE):
        _begin_taking(row, by=by, at=at)


def _begin_taking(row: Upload, *, by: Actor, at: datetime) -> None:
    jobs.start(KIND, key=str(row.pk), params={"upload_id": str(row.pk)}, by=by, at=at, total=None)


def receive_whole(
    recording_id: int, path: Path, *, file_name: str, by: Actor, at: datetime
) -> Upload:
    """Take a file that is here already, sent by a form or fetched from a service; it is moved.

    Raises what `begin_upload` does, and WrongOffset when another file was begun meanwhile.
    """
    row = begin_upload(recording_id, length=path.stat().st_size, file_name=file_name, by=by, at=at)
    with parcels.alone(row.pk):
        shutil.move(path, parcels.path_of(row.pk))
    with transaction.atomic():
        library.locked(recording_id, by=by)
        still = Upload.objects.filter(pk=row.pk, state=Upload.State.COMING)
        if not still.update(offset=F("length"), state=Upload.State.WHOLE):
            parcels.remove(row.pk)
            raise WrongOffset
        _begin_taking(row, by=by, at=at)
    row.refresh_from_db()
    return row


def give_up(upload_id: UUID, *, by: Actor, at: datetime) -> None:
    """Forget a file that is not wanted any more (tus: termination)."""
    row = expected.coming(upload_id, by=by)
    with parcels.alone(upload_id):
        _refuse(row, "given_up", at=at)


def take_in(upload_id: UUID, *, at: datetime, beat: Callable[[], None] = lambda: None) -> None:
    """Look into a whole file and make it the recording's original, or refuse it with a reason.

    May be repeated at any point: what is done already is found done. `beat` is called now and
    then, so that nobody else begins.
    """
    row = Upload.objects.filter(pk=upload_id, state=Upload.State.WHOLE).first()
    if row is None:
        return
    path = parcels.path_of(row.pk)
    try:
        facts = probe.look(path, beat=beat)
        digest, size = parcels.sha256(path, beat), path.stat().st_size
        recording = _free(row, digest=digest)
        key = (
            f"{store.folder_of(recording.pk, recording.revision)}/original.{_suffix(row.file_name)}"
        )
        store.take(key, path, beat=beat)
        if store.size(key) != size:
            message = f"{key}: {store.size(key)} bytes are stored of {size}"
            raise OSError(message)
        _note_taken(row, key=key, size=size, digest=digest, facts=facts.as_dict(), at=at)
    except (BadInput, TookTooLong, HasFile) as error:
        _refuse(row, error.code, at=at)
    except Missing:
        _refuse(row, "removed", at=at)
    parcels.remove(row.pk)


@transaction.atomic
def _free(row: Upload, *, digest: str) -> Recording:
    """The recording, which has no file but perhaps this very one; raises HasFile or Missing."""
    recording = library.locked(row.recording_id, by=system("recordings"))
    kept = Original.objects.filter(recording=recording, revision=recording.revision)
    if recording.revision > 1 or kept.exclude(sha256=digest).exists():
        raise HasFile
    return recording


@transaction.atomic
def _note_taken(
    row: Upload, *, key: str, size: int, digest: str, facts: dict[str, object], at: datetime
) -> None:
    by = system("recordings")
    library.note_original(
        row.recording_id, key=key, size=size, sha256=digest, facts=facts, by=by, at=at
    )
    Upload.objects.filter(pk=row.pk).update(state=Upload.State.TAKEN, moved_at=at)


@transaction.atomic
def end_all(recording_id: int, *, at: datetime) -> None:
    """Refuse whatever is on its way for a recording that is being removed."""
    for row in Upload.objects.filter(recording_id=recording_id, state__in=HELD):
        _refuse(row, "removed", at=at)


@transaction.atomic
def _refuse(row: Upload, code: str, *, at: datetime) -> None:
    mine = Upload.objects.filter(pk=row.pk, state__in=HELD)
    if not mine.update(state=Upload.State.REFUSED, refused=code, moved_at=at):
        return
    audit("upload_refused", by=system("recordings"), at=at, thing="recording",
          thing_id=row.recording_id, changes={"code": code})  # fmt: skip
    transaction.on_commit(lambda: parcels.remove(row.pk))


def forget_left_alone(*, at: datetime) -> None:
    """Forget files that nobody went on with, and what lies in the folder without a row.

    A whole file whose job failed is looked into again, for as long as that.
    """
    for row in Upload.objects.filter(state__in=HELD, moved_at__lt=at - LEFT_ALONE)[:100]:
        _refuse(row, "left_alone" if row.state == Upload.State.COMING else "not_taken", at=at)
    for row in Upload.objects.filter(state=Upload.State.WHOLE):
        job = jobs.latest(KIND, prefix=str(row.pk))
        if job is None or job.state not in {"waiting", "running"}:
            _begin_taking(row, by=system("recordings"), at=at)
    kept = {str(pk) for pk in Upload.objects.filter(state__in=HELD).values_list("pk", flat=True)}
    home = parcels.path_of(UUID(int=0)).parent
    oldest = (at - LEFT_ALONE).timestamp()
    for path in home.glob("*.part"):
        if path.stem not in kept and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _suffix(file_name: str) -> str:
    return PurePosixPath(file_name.replace("\\", "/")).suffix.lstrip(".").lower()


def _name(file_name: str) -> str:
    return PurePosixPath(file_name.replace("\\", "/")).name[-200:] or "recording"
