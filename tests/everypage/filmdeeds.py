"""Letters about recordings: to a speaker, about a no, and before the end."""

from django.db import transaction

from events.backstage import post
from events.people import queries as people
from events.programme import commands as programme
from events.programme.models import Slot
from recordings.keeping import commands, letters
from recordings.library import queries, shortening
from tests.factories.world import SYSTEM
from tests.matrix.places import NOW, Place


def do(place: Place) -> None:
    row = queries.find(int(str(place.made["recording_id"])))
    assert row is not None
    talk = Slot(form="talk", minutes=10, title="Small steps", presenter=place.teacher)
    programme.set_running_order(row.part_id, [talk], by=SYSTEM, at=NOW)
    assert commands.ask_speakers(row.pk, by=SYSTEM, at=NOW) == 1
    shortening.note_warned(row.pk, by=SYSTEM, at=NOW)
    warned = queries.find(row.pk)
    assert warned is not None
    drafts = (
        letters.taken_back(row, people.address(place.teacher), said_at=NOW, at=NOW),
        letters.ending(warned, at=NOW),
    )  # fmt: skip
    with transaction.atomic():
        for draft in drafts:
            assert draft is not None
            post.queue(draft, at=NOW)
