"""Begin to fetch a recording from its service, and write down how far it has come."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from events.backstage import jobs
from events.backstage.commands import audit
from events.kernel import chance
from events.kernel.actors import Actor, system
from events.kernel.errors import DomainError, Missing
from events.kernel.words import gettext_noop
from events.programme import policies
from events.programme import queries as programme
from integrations.accounts import health
from integrations.accounts import rules as accounts
from integrations.harvest import rules
from integrations.harvest.models import HeldRecording, RecordingFetch
from integrations.ports import Denied, Opened
from recordings.library import commands as library
from recordings.library import queries as recordings
from recordings.library.commands import Arrival

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.backstage.models import Job
    from recordings.library.models import Recording

KIND = "recording_fetch"
BY = system("harvest")
State = RecordingFetch.State


class NotThere(DomainError):
    """The service holds nothing that could be fetched, or not yet."""

    code = "recording_not_there"
    status = 409
    sentence = gettext_noop("The video service has no file of this recording yet. Try again later.")


@transaction.atomic
def begin(
    held_id: int, *, event_id: int | None = None, by: Actor, at: datetime
) -> RecordingFetch:  # fmt: skip
    """Fetch a held file as a job, where told only one of an event; fetched already, it stays as it is.

    What was refused is tried again, going on with the bytes that are here. Raises Missing,
    NotAllowed or NotThere.
    """
    held = HeldRecording.objects.select_related("harvest__part__event").filter(pk=held_id).first()
    if held is None or event_id not in {None, held.harvest.part.event_id}:
        raise Missing
    event = programme.seen(held.harvest.part.event_id, by=by)
    policies.require_may_run(by, event)
    if not held.downloads or held.state not in rules.READY:
        raise NotThere
    row, made = RecordingFetch.objects.select_for_update().get_or_create(
        held=held,
        defaults={"id": chance.uuid(), "by_id": by.person_id, "begun_at": at, "moved_at": at,
                  "next_at": at},
    )  # fmt: skip
    if row.state == State.DONE:
        return row
    row.state, row.failures, row.torn = State.COMING, 0, 0
    carry_on(row, at=at)
    if made:
        audit("recording_fetch_begun", by=by, at=at, thing="event", thing_id=event.pk,
              changes={"provider": held.harvest.account.provider, "kind": held.kind})  # fmt: skip
    return row


def carry_on(row: RecordingFetch, *, at: datetime) -> "Job":
    """Let a job go on with it; should that end untold, it is looked after again."""
    row.next_at = at + rules.UNTOLD
    row.save()
    return jobs.start(
        KIND, key=str(row.pk), params={"fetch_id": str(row.pk)}, by=BY, at=at, total=row.size
    )


def for_step(fetch_id: uuid.UUID) -> RecordingFetch:
    """The row of one that is coming, with what its job needs; raises Missing when it is not."""
    row = _coming().filter(pk=fetch_id).first()
    if row is None:
        raise Missing
    return row


def _coming() -> "QuerySet[RecordingFetch]":
    rows = RecordingFetch.objects.filter(state=State.COMING)
    return rows.select_related("held__harvest__part__event", "held__harvest__account")


def locked(fetch_id: uuid.UUID) -> RecordingFetch:
    """The row of one that is coming, for a step of its job; raises Missing when it is not."""
    row = _coming().select_for_update(of=("self",)).filter(pk=fetch_id).first()
    if row is None:
        raise Missing
    return row


@transaction.atomic
def note_opened(fetch_id: uuid.UUID, opened: Opened, *, at: datetime) -> RecordingFetch:
    """What the service says of the file now; the recording it becomes is there from here on."""
    row = locked(fetch_id)
    row.loaded = min(opened.start, row.loaded)
    row.size, row.checksum = opened.size, opened.checksum[:160]
    row.revision, row.suffix = opened.revision[:200], opened.suffix[:8]
    if row.recording_id is None:
        row.recording = _recording_of(row, at=at)
    row.moved_at = at
    row.save()
    return row


def _recording_of(row: RecordingFetch, *, at: datetime) -> "Recording":
    """The recording of a file; the same file, also of another part's meeting, gives the same."""
    held, part = row.held, row.held.harvest.part
    provider = held.harvest.account.provider
    begins = provider in rules.BEGINS and held.started_at is not None
    arrival = Arrival.fetched(
        provider=provider, remote_id=held.remote_id,
        pieces=[(0, int(held.started_at.timestamp() * 1000))] if begins and held.started_at else [],
    )  # fmt: skip
    return library.begin(
        part.pk, title=part.event.title, language=part.event.language, arrival=arrival, by=BY, at=at
    )


def note_loaded(fetch_id: uuid.UUID, loaded: int, *, at: datetime) -> None:
    """So many bytes are safely on the disk."""
    RecordingFetch.objects.filter(pk=fetch_id, state=State.COMING).update(
        loaded=loaded, failures=0, last_error="", moved_at=at
    )


@transaction.atomic
def note_away(fetch_id: uuid.UUID, code: str, *, after: float | None = None, at: datetime) -> None:
    """The line broke or the service asked for a pause: go on later, behind what is here."""
    row = locked(fetch_id)
    asked = timedelta(seconds=after or 0)
    row.next_at = at + max(asked, rules.pause(row.failures))
    row.failures, row.last_error, row.moved_at = row.failures + 1, code[:40], at
    row.save()


@transaction.atomic
def note_torn(fetch_id: uuid.UUID, code: str, *, at: datetime) -> None:
    """What came is not what the service said: from the beginning, and three times at most."""
    row = locked(fetch_id)
    row.loaded, row.revision, row.torn = 0, "", row.torn + 1
    row.next_at, row.last_error, row.moved_at = at + rules.pause(row.torn), code[:40], at
    if row.torn >= rules.PATIENCE:
        row.state = State.REFUSED
    row.save()


@transaction.atomic
def note_refused(fetch_id: uuid.UUID, trouble: Denied, *, at: datetime) -> None:
    """The service refused: said on the board, and of the account where its credentials are why."""
    row = _end(fetch_id, State.REFUSED, trouble.code, at=at)
    if trouble.code in accounts.RECONNECT:
        health.note_trouble(row.held.harvest.account_id, trouble, at=at)


@transaction.atomic
def note_unfit(fetch_id: uuid.UUID, code: str, *, at: datetime) -> None:
    """It may not come in here, and a person has to do something about it."""
    _end(fetch_id, State.REFUSED, code, at=at)


@transaction.atomic
def note_gone(fetch_id: uuid.UUID, *, at: datetime) -> None:
    """It is no longer at its service."""
    _end(fetch_id, State.GONE, "gone", at=at)


@transaction.atomic
def note_done(fetch_id: uuid.UUID, recording_id: int, *, at: datetime) -> None:
    """Everything of it is in the library's hands."""
    row = _end(fetch_id, State.DONE, "", at=at)
    row.recording = recordings.find(recording_id)
    row.save(update_fields=["recording"])


def _end(
    fetch_id: uuid.UUID, state: RecordingFetch.State, code: str, *, at: datetime
) -> RecordingFetch:
    row = locked(fetch_id)
    row.state, row.last_error, row.moved_at = state, code[:40], at
    row.save()
    return row
