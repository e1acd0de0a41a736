"""Who took part and took their yes back after it was recorded, and nobody has decided about it yet."""

from dataclasses import dataclass

from events.consents import queries as consents
from events.people import queries as people
from events.programme import queries as programme
from events.registration import queries as registration
from recordings.library.models import Recording
from recordings.library.speakers import TALK, is_absent, is_refused, speakers_of


@dataclass(frozen=True)
class Objection:
    """A no of somebody who may be seen or heard; `title` where it is about a piece, else empty."""

    person_id: int
    name: str
    title: str
    consent_id: int


def objections_of(recording: Recording) -> list[Objection]:
    """Noes said since the part began that are open, talks of speakers apart; to pieces also earlier ones.

    One ends by a yes, or when whoever runs the event says that nothing of that person is in it.
    """
    part = programme.find_part(recording.part_id)
    if part is None:
        return []
    asked = consents.recording_of(recording.event_id)
    told = [
        one for one in consents.refusals(asked, since=part.starts_at)
        if not is_absent(recording, one.person_id, one.about, one.pk)
        and is_meant(recording, one.person_id, one.about)
    ]  # fmt: skip
    names = people.addresses([one.person_id for one in told])
    return [Objection(one.person_id, names[one.person_id].name, one.about, one.pk) for one in told]


def open_noes(recording: Recording) -> list[Objection]:
    """Every no that nobody has decided about: to talks of speakers in the file, then the others."""
    talks = [
        Objection(one.person_id, one.name, one.title, one.consent_id)
        for one in speakers_of(recording) if is_refused(one)
    ]  # fmt: skip
    return [*talks, *objections_of(recording)]


def is_meant(recording: Recording, person_id: int, about: str) -> bool:
    """Whether a no reaches a recording beside the talks that `speakers_of` lists.

    One about the whole does where the person took part; one about a piece where that is a piece of
    this part, or bears a title by now that nobody can tell it by.
    """
    if not about:
        return registration.has_ever_joined(recording.event_id, person_id)
    orders = programme.running_orders(recording.event_id)
    here = {
        (slot.presenter_id, slot.title)
        for slot in orders.get(recording.part_id, ())
        if slot.form != TALK
    }
    known = {(slot.presenter_id, slot.title) for row in orders.values() for slot in row}
    return (person_id, about) in here or (person_id, about) not in known
