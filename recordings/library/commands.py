"""Begin, describe, publish, withdraw and remove recordings; note what has become of their files."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.text import slugify

from events.backstage.commands import audit, record
from events.consents import commands as consents
from events.consents.commands import NoteMissing
from events.consents.queries import recording_of, said_no
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.fold import plain_letters, search_key
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.programme import policies as programme_policies
from events.programme import queries as programme
from recordings.library import cuts, policies, pupils, queries, retention, standing, states
from recordings.library.facts import (
    OriginalArrived,
    RecordingPublished,
    RecordingRemoved,
    RecordingTimed,
    RecordingWithdrawn,
    RenditionReady,
)
from recordings.library.models import Original, Recording, Rendition, Source, Visibility
from recordings.library.objections import objections_of
from recordings.library.speakers import speakers_of


class TitleMissing(BadInput):
    """A recording is found by its title."""

    code = "title_missing"
    sentence = gettext_noop("Give the recording a title.")


class OutOfOrder(BadInput):
    """The moments at which it was recorded run backwards."""

    code = "out_of_order"
    sentence = gettext_noop("Each piece of the recording must begin after the one before.")


class NothingToShow(DomainError):
    """There is neither a file nor a link."""

    code = "nothing_to_show"
    status = 409
    sentence = gettext_noop("Add a file or a link first, then publish.")


class NotAnnounced(DomainError):
    """Nobody who took part knew that it would be recorded."""

    code = "recording_not_announced"
    status = 409
    sentence = gettext_noop(
        "Nobody knew that this would be recorded. Ask everybody who is seen or heard, "
        "then say so on the page of the speakers."
    )


class SpeakersOpen(DomainError):
    """Some speakers have not agreed, and their talks are in the file."""

    code = "speakers_open"
    status = 409
    sentence = gettext_noop("Ask these speakers first, or cut their talks out: %(names)s")


class OwnNo(DomainError):
    """Somebody's own no is not turned into a yes by somebody else."""

    code = "own_no"
    status = 409
    sentence = gettext_noop(
        "This person said no here. Only they can change it: send them the page of their answer."
    )


class ObjectionsOpen(DomainError):
    """Somebody who took part took their yes back, and nobody has decided about it."""

    code = "objections_open"
    status = 409
    sentence = gettext_noop(
        "These people no longer agree. Cut them out, then say that they are not in it: %(names)s"
    )


class BeingCut(DomainError):
    """Something is being taken out of the file."""

    code = "being_cut"
    status = 409
    sentence = gettext_noop("Something is being cut out. Wait until that is done, then try again.")


@dataclass(frozen=True)
class Arrival:
    """Where a recording comes from; of a link or a file at a provider only what is known."""

    source: Source
    link: str = ""
    provider: str = ""
    remote_id: str = ""
    remote_revision: str = ""
    pieces: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def fetched(
        cls, *, provider: str, remote_id: str, pieces: list[tuple[int, int]]
    ) -> "Arrival":  # fmt: skip
        """A file at a provider; one that changes over there stays the same recording here."""
        return cls(Source.HARVEST, provider=provider, remote_id=remote_id, pieces=pieces)


@transaction.atomic
def begin(
    part_id: int, *, title: str, language: str, arrival: Arrival, by: Actor, at: datetime
) -> Recording:
    """A recording of a part, as a draft without files; the same file of a provider gives the same.

    Raises Missing, NotAllowed or TitleMissing.
    """
    part = programme.find_part(part_id)
    if part is None:
        raise Missing
    event = programme.seen(part.event_id, by=by)
    programme_policies.require_may_run(by, event)
    if found := _come_before(arrival):
        return found
    wanted = " ".join(title.split())[:160]
    if not wanted:
        raise TitleMissing
    made = Recording.objects.create(
        event_id=part.event_id, part_id=part_id, title=wanted, search_key=search_key(wanted)[:400], language=language,
        slug=_slug_for(wanted), source=arrival.source, link=arrival.link,
        provider=arrival.provider, remote_id=arrival.remote_id,
        remote_revision=arrival.remote_revision, pieces=arrival.pieces, by_id=by.person_id,
        kept_until=retention.first_day(part.event, at=at), created_at=at, changed_at=at,
    )  # fmt: skip
    audit("recording_begun", by=by, at=at, thing="recording", thing_id=made.pk,
          changes={"event_id": part.event_id, "source": str(arrival.source)})  # fmt: skip
    return made


def _come_before(arrival: Arrival) -> Recording | None:
    if not arrival.remote_id:
        return None
    return Recording.objects.filter(
        provider=arrival.provider, remote_id=arrival.remote_id,
        remote_revision=arrival.remote_revision,
    ).first()  # fmt: skip


def _slug_for(title: str) -> str:
    base = slugify(plain_letters(title))[:60] or "recording"
    return f"{base}-{chance.hexadecimal(3)}"


@transaction.atomic
def describe(
    recording_id: int, *, title: str, language: str, visibility: str, by: Actor, at: datetime
) -> Recording:
    """Change title, language and who may watch; raises TitleMissing."""
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, "change")
    before = (row.title, row.language, row.visibility)
    row.title, row.language = " ".join(title.split())[:160], language
    row.visibility = Visibility(visibility)
    row.search_key = search_key(row.title)[:400]
    if not row.title:
        raise TitleMissing
    save(row, at=at)
    audit("recording_changed", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"before": list(before)})  # fmt: skip
    return row


@transaction.atomic
def set_pieces(
    recording_id: int, *, pieces: list[tuple[int, int]], by: Actor, at: datetime
) -> Recording:
    """Say when the source was recorded: (source time, instant) in ms, ascending; else OutOfOrder."""
    row = locked(recording_id, by=by)
    if any(one[0] >= two[0] or one[1] >= two[1] for one, two in pairwise(pieces)):
        raise OutOfOrder
    before, row.pieces = row.pieces, [list(piece) for piece in pieces]
    save(row, at=at)
    audit("recording_timed", by=by, at=at, thing="recording", thing_id=row.pk,
          changes={"before": before, "after": row.pieces})  # fmt: skip
    if row.pieces != before:
        record(RecordingTimed(recording_id=row.pk), at=at)
    return row


@transaction.atomic
def publish(recording_id: int, *, by: Actor, at: datetime) -> Recording:
    """Let people watch it, now or as soon as its first size is ready; raises NothingToShow."""
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, "publish")
    if not row.link and queries.original_of(row) is None:
        raise NothingToShow
    _require_agreed(row)
    row.published_at = at
    _come_up(row, at=at)
    save(row, at=at)
    audit("recording_published", by=by, at=at, thing="recording", thing_id=row.pk)
    return row


def _require_agreed(row: Recording) -> None:
    """Nobody is shown who did not agree.

    Raises BeingCut, ParentsOpen, NotAnnounced, SpeakersOpen or ObjectionsOpen.
    """
    if row.wanted or cuts.is_older_kept(row):
        raise BeingCut
    pupils.require_parents(row)
    if not row.event.recorded and row.asked_at is None:
        raise NotAnnounced
    open_ones = [one.name for one in speakers_of(row) if not one.settled]
    if open_ones:
        raise SpeakersOpen(names=", ".join(dict.fromkeys(open_ones)))
    if against := [one.name for one in objections_of(row)]:
        raise ObjectionsOpen(names=", ".join(dict.fromkeys(against)))


@transaction.atomic
def say_asked(recording_id: int, *, note: str, by: Actor, at: datetime) -> Recording:
    """Say that everybody seen or heard was asked, of a recording nobody announced; with how.

    Raises NoteMissing.
    """
    row = locked(recording_id, by=by)
    if not note.strip():
        raise NoteMissing(field="note")
    row.asked_at, row.asked_note = at, note.strip()[:300]
    save(row, at=at)
    audit("recording_asked", by=by, at=at, thing="recording", thing_id=row.pk)
    return row


@transaction.atomic
def note_answer(
    recording_id: int, *, person_id: int, title: str, yes: bool, note: str, by: Actor, at: datetime
) -> None:
    """Note what a speaker said about a talk by word of mouth.

    Nobody notes a yes over a no of the person's own. Raises NoteMissing, OwnNo or Missing.
    """
    row = locked(recording_id, by=by)
    if (person_id, title) not in {(one.person_id, one.title) for one in speakers_of(row)}:
        raise Missing
    asked = recording_of(row.event_id, title)
    if yes and said_no(asked, person_id):
        raise OwnNo
    consents.answer(
        asked, person_id=person_id, yes=yes, where="noted", note=note,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def unpublish(recording_id: int, *, by: Actor, at: datetime) -> Recording:
    """Nobody but whoever runs the event can watch it any more; it can be published again."""
    return _end(recording_id, "unpublish", by=by, at=at)


@transaction.atomic
def withdraw(recording_id: int, *, by: Actor, at: datetime) -> Recording:
    """Take it down at once, because somebody in it no longer agrees; a cut must come first now."""
    return _end(recording_id, "withdraw", by=by, at=at)


def _end(recording_id: int, deed: str, *, by: Actor, at: datetime) -> Recording:
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, deed)
    row.published_at, row.up_at = None, None
    save(row, at=at)
    audit(f"recording_{deed}", by=by, at=at, thing="recording", thing_id=row.pk)
    record(RecordingWithdrawn(recording_id=row.pk), at=at)
    return row


@transaction.atomic
def note_original(
    recording_id: int, *, key: str, size: int, sha256: str, facts: dict[str, object],
    by: Actor, at: datetime,
) -> Original:  # fmt: skip
    """The file of the present revision is stored under `key`, looked into and whole.

    The same content again changes nothing.
    """
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, "change")
    made, new = Original.objects.get_or_create(
        recording=row, revision=row.revision,
        defaults={"key": key, "size": size, "sha256": sha256, "facts": facts, "arrived_at": at},
    )  # fmt: skip
    if new:
        row.duration_ms = int(str(facts["duration_ms"]))
        save(row, at=at)
        audit("original_arrived", by=by, at=at, thing="recording", thing_id=row.pk,
              changes={"sha256": sha256, "size": size})  # fmt: skip
        record(OriginalArrived(recording_id=row.pk, revision=row.revision), at=at)
    return made


@transaction.atomic
def note_rendition(made: Rendition, *, by: Actor, at: datetime) -> None:
    """One size is ready, its files stored; the first of a published recording brings it up.

    A size of a file that was cut meanwhile is not taken.
    """
    row = locked(made.recording_id, by=by)
    if made.revision != row.revision:
        return
    made.made_at = at
    Rendition.objects.filter(recording=row, revision=made.revision, name=made.name).delete()
    made.save(force_insert=True)
    if row.state == states.PUBLISHED:
        _come_up(row, at=at)
        save(row, at=at)
    record(RenditionReady(recording_id=row.pk, revision=made.revision, name=made.name), at=at)


@transaction.atomic
def note_poster(recording_id: int, *, revision: int, size: int, by: Actor, at: datetime) -> None:  # noqa: ARG001  commands are called with at
    """The picture of a revision is stored as `poster.jpg`, with so many bytes."""
    row = locked(recording_id, by=by)
    Original.objects.filter(recording=row, revision=revision).update(poster=size)


@transaction.atomic
def note_captioned(recording_id: int, *, captioned: bool, by: Actor, at: datetime) -> None:
    """Whether there are captions; without them a recording stays within its cluster."""
    row = locked(recording_id, by=by)
    row.captioned = captioned
    save(row, at=at)


@transaction.atomic
def note_removed(recording_id: int, *, by: Actor, at: datetime) -> None:
    """The recording is deleted: nobody watches it any more, and its files are cleared away.

    Rows stay, so that what was watched keeps its meaning.
    """
    row = locked(recording_id, by=by)
    row.state = step(states.RECORDING, row.state, "remove")
    row.deleted_at, row.published_at, row.up_at, row.wanted = at, None, None, []
    save(row, at=at)
    Rendition.objects.filter(recording=row).delete()
    audit("recording_removed", by=by, at=at, thing="recording", thing_id=row.pk)
    record(RecordingWithdrawn(recording_id=row.pk), at=at)
    record(RecordingRemoved(recording_id=row.pk), at=at)


def locked(recording_id: int, *, by: Actor) -> Recording:
    """The recording for the actor's deed, locked; raises Missing or NotAllowed."""
    row = Recording.objects.select_for_update().filter(pk=recording_id).first()
    if row is None or row.state == states.DELETED:
        raise Missing
    policies.require_may_manage(by, row)
    return row


def _come_up(row: Recording, *, at: datetime) -> None:
    if row.up_at is None and (row.link or queries.shown(row).renditions):
        row.up_at = at
        record(RecordingPublished(recording_id=row.pk), at=at)


def save(row: Recording, *, at: datetime) -> None:
    """Write a recording that was locked, and let everybody know how it stands."""
    row.changed_at = at
    row.save()
    standing.tell(row)
