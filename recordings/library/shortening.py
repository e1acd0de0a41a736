"""Take spans out of a recording, say that nothing is in it, and how long it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from events.backstage.commands import audit, record
from events.consents.commands import NoteMissing
from events.kernel.actors import Actor
from events.kernel.errors import BadInput
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from recordings.library import queries, retention, states, timeline
from recordings.library.commands import BeingCut, NothingToShow, locked, save
from recordings.library.facts import OriginalArrived, RecordingWithdrawn
from recordings.library.models import Original, Recording, Rendition
from recordings.library.objections import open_noes

LEAST_MS = 1000


class NothingMarked(BadInput):
    """No span lies inside the recording."""

    code = "nothing_marked"
    sentence = gettext_noop("Mark at least one second of the recording, as from and to.")


class PastTheEnd(BadInput):
    """A span ends when the recording is long over: most likely a slip, and a cut is for good."""

    code = "past_the_end"
    sentence = gettext_noop("The recording is only %(length)s long. End there at the latest.")


class NothingLeft(BadInput):
    """The spans cover all of it."""

    code = "nothing_left"
    sentence = gettext_noop("Nothing would be left. Remove the whole recording instead.")


class TooSoon(BadInput):
    """The day is nearer than a week."""

    code = "too_soon"
    field = "until"
    sentence = gettext_noop("Choose a day at least a week from now, or remove it at once.")


class TooLate(BadInput):
    """The day is further away than anything is kept."""

    code = "too_late"
    field = "until"
    sentence = gettext_noop("Choose a day within the next ten years.")


@dataclass(frozen=True)
class Made:
    """A file that is stored and was looked into: its key, bytes, digest and what is in it."""

    key: str
    size: int
    sha256: str
    facts: dict[str, object]


@transaction.atomic
def want_cut(
    recording_id: int, spans: Sequence[timeline.Pair], *, by: Actor, at: datetime
) -> Recording:
    """Say which spans of player time shall go; whoever calls sees that a job takes them out.

    A published recording is taken down at once. Raises NothingToShow where there is no file,
    PastTheEnd, NothingMarked or NothingLeft.
    """
    row = locked(recording_id, by=by)
    if queries.original_of(row) is None:
        raise NothingToShow
    if max((end for _start, end in spans), default=0) > row.length_ms + LEAST_MS:
        raise PastTheEnd(length=timeline.written(row.length_ms))
    wanted = timeline.merged(timeline.to_source(spans, row.left))
    if sum(end - start for start, end in wanted) < LEAST_MS:
        raise NothingMarked
    if sum(end - start for start, end in timeline.to_player(wanted, row.left)) > (
        row.length_ms - LEAST_MS
    ):
        raise NothingLeft
    if row.state == states.PUBLISHED:
        row.state = step(states.RECORDING, row.state, "unpublish")
        row.published_at, row.up_at = None, None
        record(RecordingWithdrawn(recording_id=row.pk), at=at)
    row.wanted = [list(span) for span in wanted]
    save(row, at=at)
    audit("recording_cut_wanted", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"spans": row.wanted, "revision": row.revision})  # fmt: skip
    return row


@transaction.atomic
def take_cut(recording_id: int, made: Made, *, spans: Sequence[timeline.Pair], revision: int,
             by: Actor, at: datetime) -> bool:  # fmt: skip
    """Show the file made without `spans` (source time) in the place of that of `revision`.

    The recording becomes a draft to be published again. False, and nothing changed, when something
    else is wanted by now. The length of the source and what was watched of it stay as they are.
    """
    row = locked(recording_id, by=by)
    wanted = [list(span) for span in spans]
    if row.revision != revision or not wanted or row.wanted != wanted:
        return False
    whole = timeline.merged([*((int(one), int(two)) for one, two in row.cuts), *spans])
    row.cuts, row.wanted = [list(span) for span in whole], []
    row.revision += 1
    if row.state == states.WITHDRAWN:
        row.state = step(states.RECORDING, row.state, "restore")
    Original.objects.create(
        recording=row, revision=row.revision, key=made.key, size=made.size, sha256=made.sha256,
        facts=made.facts, arrived_at=at,
    )  # fmt: skip
    Rendition.objects.filter(recording=row, revision__lt=row.revision).delete()
    save(row, at=at)
    audit("recording_cut", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"spans": wanted, "revision": row.revision, "sha256": made.sha256})  # fmt: skip
    record(OriginalArrived(recording_id=row.pk, revision=row.revision), at=at)
    return True


@transaction.atomic
def note_cleared(original_id: int, *, by: Actor, at: datetime) -> None:
    """The files of a revision that is shown no more are gone; its row stays as evidence."""
    row = Original.objects.select_for_update().get(pk=original_id)
    row.removed_at = row.removed_at or at
    row.save(update_fields=["removed_at"])
    audit("original_removed", by=by, at=at, thing="recording", thing_id=row.recording_id,
          changes={"revision": row.revision, "sha256": row.sha256})  # fmt: skip


@transaction.atomic
def restore(recording_id: int, *, note: str, known: int, by: Actor, at: datetime) -> Recording:
    """Say that nothing is in it of those who said no, and why; it becomes a draft again.

    `known` is the newest answer that was looked after: a no that came later stays open.
    Raises NoteMissing, or BeingCut.
    """
    row = locked(recording_id, by=by)
    if not note.strip():
        raise NoteMissing(field="note")
    if row.wanted:
        raise BeingCut
    deed = "restore" if row.state == states.WITHDRAWN else "change"
    row.state = step(states.RECORDING, row.state, deed)
    refused = [
        [one.person_id, one.title, one.consent_id]
        for one in open_noes(row) if one.consent_id <= known
    ]  # fmt: skip
    row.absent = [*row.absent, *refused]
    save(row, at=at)
    audit("recording_restored", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"note": note.strip()[:300], "absent": refused})  # fmt: skip
    return row


@transaction.atomic
def keep_until(recording_id: int, *, until: date, by: Actor, at: datetime) -> Recording:
    """Choose the day on which it is removed, from a week to ten years ahead.

    Raises TooSoon or TooLate.
    """
    row = locked(recording_id, by=by)
    if until < (at + retention.NOTICE).date():
        raise TooSoon(field="until")
    if until > retention.last_day(at=at):
        raise TooLate(field="until")
    before, row.kept_until, row.warned_at = row.kept_until, until, None
    save(row, at=at)
    audit("recording_kept", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"kept_until": [str(before), str(until)]})  # fmt: skip
    return row


@transaction.atomic
def note_warned(recording_id: int, *, by: Actor, at: datetime) -> None:
    """The organiser was told that it will be removed."""
    row = locked(recording_id, by=by)
    row.warned_at = at
    save(row, at=at)
