"""Reactions of this room."""

from datetime import datetime

from events.backstage import post
from events.backstage.reactions import Save
from events.consents import queries as consents
from events.consents.facts import ConsentTakenBack
from events.kernel.actors import system
from events.people import queries as people
from recordings.keeping import clearing, letters
from recordings.library import commands as library
from recordings.library import queries, states
from recordings.library.facts import RecordingRemoved
from recordings.library.models import Recording
from recordings.library.objections import is_meant
from recordings.library.speakers import speakers_of

BY = system("keeping")


def take_down(fact: ConsentTakenBack, *, at: datetime) -> None:
    """Withdraw what somebody no longer wants to be in, and tell who runs the event what to do.

    A draft stays one: it cannot be published while the no is open.
    """
    if (fact.purpose, fact.thing) != ("recording", "event"):
        return
    person = people.addresses([fact.person_id]).get(fact.person_id)
    if person is None:
        return
    for found in queries.of_event(fact.thing_id):
        # Whoever publishes holds the row until that is done: look at it only after.
        row = library.locked(found.pk, by=BY)
        if not _is_in(row, fact):
            continue
        if row.state == states.PUBLISHED:
            library.withdraw(row.pk, by=BY, at=at)
        if draft := letters.taken_back(row, person, said_at=_said_at(fact, at=at), at=at):
            post.queue(draft, at=at)


def _said_at(fact: ConsentTakenBack, *, at: datetime) -> datetime:
    """When the no was said; answers of one save have one moment, their facts are worked off apart."""
    asked = consents.recording_of(fact.thing_id, fact.about)
    said = consents.answer_of(asked, fact.person_id)
    return said.at if said else at


def _is_in(row: Recording, fact: ConsentTakenBack) -> bool:
    """Whether a person took part, or gives the talk; a talk that is not in the file is nothing."""
    if is_meant(row, fact.person_id, fact.about):
        return True
    return any(
        one.person_id == fact.person_id and fact.about in {"", one.title} and not one.settled
        for one in speakers_of(row)
    )


def clear(fact: RecordingRemoved, *, at: datetime) -> Save | None:
    """Remove the files of a deleted recording (outer: the storage may be elsewhere)."""
    clearing.clear(fact.recording_id, at=at)
    return None
