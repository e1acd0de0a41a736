"""Ask for the recording alone: no place, no pool; told when it is up, and free to come after all."""

from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.networks import queries as networks
from events.programme import states
from events.registration import commands, policies, queries
from events.registration.models import PersonalLink, RecordingWish

RECORDING = "recording"


class NotRecorded(DomainError):
    """Nobody announced a recording of the event."""

    code = "not_recorded"
    status = 409
    sentence = gettext_noop("No recording of this event is planned. Ask the organiser for one.")


@transaction.atomic
def ask(event_id: int, *, person_id: int, by: Actor, at: datetime) -> RecordingWish:
    """Somebody cannot come and is told when the recording is up; a place or a wait is given back.

    Asking again changes nothing. Raises Missing, NotAllowed, WrongState, RegistrationOver,
    NotRecorded.
    """
    event = commands.event_of(event_id)
    school = networks.school_at([person_id], on=at.date()).get(person_id)
    school_id = school.school_id if school else None
    policies.require_may_register(by, event, person_id, school_id)
    step(states.EVENT, event.state, "register")
    if at >= event.ends_at:
        raise commands.RegistrationOver
    if not event.recorded:
        raise NotRecorded
    commands.lock_pools([event_id])
    if queries.held_of(person_id, [event_id]):
        commands.cancel(event_id, person_id=person_id, by=by, at=at)
    PersonalLink.objects.filter(event=event, person_id=person_id, declined_at__isnull=False).update(
        declined_at=None
    )
    row, new = RecordingWish.objects.get_or_create(
        event=event, person_id=person_id, defaults={"school_id": school_id, "asked_at": at}
    )
    if not new and row.ended_at is None:
        return row
    row.school_id, row.asked_at, row.ended_at = school_id, at, None
    row.save()
    audit("recording_asked_for", by=by, at=at, thing="recording_wish", thing_id=row.pk)
    return row


@transaction.atomic
def forgo(event_id: int, *, person_id: int, by: Actor, at: datetime) -> None:
    """Somebody needs no mail about the recording; raises Missing where none was asked for."""
    event = commands.event_of(event_id)
    row = (
        RecordingWish.objects.select_for_update()
        .filter(event=event, person_id=person_id, ended_at=None)
        .first()
    )
    if row is None:
        raise Missing
    policies.require_may_register(by, event, person_id, row.school_id)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit("recording_forgone", by=by, at=at, thing="recording_wish", thing_id=row.pk)
