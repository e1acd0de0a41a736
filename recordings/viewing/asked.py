"""What programs want of recordings, checked by the forms of the pages."""

from datetime import datetime
from typing import Annotated, Literal

from django.db import transaction
from pydantic import Field

from events.interface.formed import require_valid
from events.interface.shapes import BodyId, Flag, Instant, Line, Tongue, Wanted
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.kernel.lines import as_ms as since_1970
from events.programme import policies
from events.programme import queries as programme
from recordings.arrivals.forms import BeginForm, DescribeForm, Offer
from recordings.captions import chapters
from recordings.library import commands, elsewhere, languages, parents
from recordings.library.answers import SourceSeconds, ms
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Source, Visibility

POINTERS = {"part": "/part_id", "parents": "/parents_agreed"}


class RecordingWanted(Wanted):
    """A recording of a part: with a link to where it lies, else its file comes afterwards.

    `parents_agreed` is needed where pupils may be seen: every parent agreed in writing.
    """

    part_id: BodyId
    title: Line
    language: Tongue
    link: Annotated[str, Field(max_length=600, examples=["https://video.example.org/1"])] = ""
    parents_agreed: Flag = False


class RecordingChange(Wanted):
    """What changes; the rest stays. Only a recording that lies elsewhere has a link to change."""

    title: Line = ""
    link: Annotated[str, Field(max_length=600, examples=["https://video.example.org/2"])] = ""
    language: Tongue = ""
    visibility: Literal["cluster", "network", "public"] = "cluster"


class PieceWanted(Wanted):
    """From `source` seconds of the file as it arrived on, it was recorded at `at`."""

    source: SourceSeconds
    at: Instant


class PiecesWanted(Wanted):
    """When the file was recorded: one piece, or one more after each pause of the recorder."""

    items: Annotated[list[PieceWanted], Field(max_length=100)]


@transaction.atomic
def begin(wanted: RecordingWanted, *, by: Actor, at: datetime) -> Recording:
    """A new recording; raises Missing, NotAllowed, FieldsWrong or TitleMissing."""
    part = programme.find_part(wanted.part_id)
    if part is None:
        raise Missing
    event = programme.seen(part.event_id, by=by)
    policies.require_may_run(by, event)
    values = {
        "part": wanted.part_id, "title": wanted.title, "language": wanted.language,
        "link": wanted.link, "parents": wanted.parents_agreed,
    }  # fmt: skip
    form = BeginForm(values, offer=Offer.of(event))
    require_valid(form, POINTERS)
    link = form.cleaned_data["link"]
    arrival = Arrival(Source.LINK if link else Source.UPLOAD, link=link)
    made = commands.begin(
        wanted.part_id, title=wanted.title, language=wanted.language, arrival=arrival, by=by, at=at
    )
    if form.cleaned_data.get("parents"):
        parents.say_parents_agreed(made.pk, by=by, at=at)
    return made


def change(row: Recording, wanted: RecordingChange, *, by: Actor, at: datetime) -> None:
    """Title, language, link and who may watch; raises FieldsWrong, LiesHere, or as the command."""
    reach = Visibility.CLUSTER if row.link else row.visibility
    present = {"title": row.title, "language": row.language, "visibility": reach, "link": row.link}
    form = DescribeForm(
        present | wanted.model_dump(exclude_unset=True),
        languages=languages.first(row.language), elsewhere=bool(row.link),
    )  # fmt: skip
    require_valid(form, {})
    said = {name: form.cleaned_data[name] for name in present if name != "link"}
    if wanted.link:
        link = form.cleaned_data.get("link", wanted.link)
        elsewhere.lead_to(row.pk, link=link, by=by, at=at)
    commands.describe(row.pk, **said, by=by, at=at)


def place(row: Recording, wanted: PiecesWanted, *, by: Actor, at: datetime) -> None:
    """Say when the file was recorded; raises OutOfOrder."""
    pieces = [(ms(one.source), since_1970(one.at)) for one in wanted.items]
    chapters.place(row.pk, pieces, by=by, at=at)
