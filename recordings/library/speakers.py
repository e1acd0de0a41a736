"""Who speaks in a recording, what each said about being recorded, and where in the file it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from events.consents import queries as consents
from events.kernel.lines import as_ms
from events.programme import queries as programme
from recordings.library import timeline
from recordings.library.models import Recording

TALK = "talk"


@dataclass(frozen=True)
class Speaker:
    """A talk of somebody: what was said about recording it, and its span of source time.

    `yes` is None while nothing was said; `span` None where the talk was not recorded, or where it
    is `unknown` what was, as of a link to somewhere else.
    """

    person_id: int
    name: str
    title: str
    yes: bool | None
    span: timeline.Pair | None
    cut: bool
    absent: bool = False
    unknown: bool = False
    consent_id: int = 0

    @property
    def settled(self) -> bool:
        """Whether the talk may be shown, or is not in the file."""
        missing = self.span is None and not self.unknown
        return bool(self.yes) or missing or self.cut or self.absent


def is_refused(one: Speaker) -> bool:
    """Whether somebody said no to a talk that is in the file."""
    return one.yes is False and not one.settled


def speakers_of(recording: Recording) -> list[Speaker]:
    """The talks of the part's running order that somebody gives, in their order."""
    part = programme.find_part(recording.part_id)
    if part is None:
        return []
    found, begins = [], part.starts_at
    pieces, left = pieces_of(recording, part.starts_at), recording.left
    order = programme.running_order(part.pk)
    answers = consents.answers_to(
        consents.recording_of(recording.event_id),
        {slot.presenter_id for slot in order if slot.presenter_id},
    )
    for slot in order:
        ends = begins + timedelta(minutes=slot.minutes)
        if slot.presenter is not None and slot.form == TALK:
            spans = timeline.from_event(
                [(as_ms(begins), as_ms(ends))], pieces, recording.duration_ms
            )
            whole = (spans[0][0], spans[-1][1]) if spans else None
            asked = consents.recording_of(recording.event_id, slot.title)
            said = consents.deciding_of(answers, asked, slot.presenter.pk)
            found.append(Speaker(
                slot.presenter.pk, slot.presenter.name, slot.title,
                said.yes if said else None, whole,
                cut=whole is not None and not timeline.to_player([whole], left),
                absent=is_absent(
                    recording, slot.presenter.pk, slot.title, said.pk if said else 0
                ),
                unknown=not recording.duration_ms, consent_id=said.pk if said else 0,
            ))  # fmt: skip
        begins = ends
    return found


def is_absent(recording: Recording, person_id: int, title: str, consent_id: int) -> bool:
    """Whether somebody looked after that answer was given, and found nothing of it in the file."""
    return any(
        (person_id, title) == (one, about) and consent_id <= known
        for one, about, known in recording.absent
    )


def pieces_of(recording: Recording, starts_at: datetime) -> list[timeline.Piece]:
    """When the source was recorded; from the planned start on while nobody has said."""
    known = [(int(one), int(two)) for one, two in recording.pieces]
    return known or [(0, as_ms(starts_at))]
