"""Recordings in the network of `filled`: one in each state that an operation can work on."""

from datetime import datetime, timedelta

from events.programme import commands as programme
from events.programme.models import Event, Slot
from events.programme.queries import parts_of
from integrations.harvest.models import HarvestRow, HeldRecording
from recordings.arrivals import commands as arrivals
from recordings.captions import chapters
from recordings.captions import commands as captions
from recordings.library import commands as library
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Source
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM

VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome\n\n00:04.000 --> 00:06.000\nSmall steps\n"


def record(ids: dict[str, object], teacher: object, *, at: datetime) -> dict[str, object]:
    """Make them of the events `closed` and `held`; the names of what was made, with their ids."""
    closed, held = (Event.objects.get(pk=ids[name]) for name in ("closed", "held"))
    film, talks = make_recording(closed), _with_talks(held, teacher)
    captions.add_track(film.pk, language="en", content=VTT, origin="upload", by=SYSTEM, at=at)
    chapters.write(film.pk, [chapters.Mark(0, "Welcome")], by=SYSTEM, at=at)
    withdrawn = make_recording(closed, title="Taken down")
    library.withdraw(withdrawn.pk, by=SYSTEM, at=at)
    empty = library.begin(
        parts_of(held.pk)[0].pk, title="Without a file", language="en",
        arrival=Arrival(Source.UPLOAD), by=SYSTEM, at=at,
    )  # fmt: skip
    upload = arrivals.begin_upload(empty.pk, length=10, file_name="talks.mp4", by=SYSTEM, at=at)
    return {
        "film": film.pk, "talks_film": talks.pk, "withdrawn_film": withdrawn.pk,
        "fresh_film": make_recording(closed, title="Not yet", publish=False).pk,
        "empty_film": empty.pk, "upload": str(upload.pk), "held_part": parts_of(held.pk)[0].pk,
        "held_film": _at_its_service(held, ids["connection"], at=at).pk,
    }  # fmt: skip


def _with_talks(event: Event, teacher: object) -> Recording:
    talk = Slot(form="talk", minutes=7, title="Small steps", presenter=teacher)
    programme.set_running_order(parts_of(event.pk)[0].pk, [talk], by=SYSTEM, at=AT)
    return make_recording(event, title="Talks", publish=False)


def _at_its_service(event: Event, account: object, *, at: datetime) -> HeldRecording:
    row = HarvestRow.objects.create(
        part=parts_of(event.pk)[0], account_id=account, ref="spaces/abc", state="done",
        deadline_at=at + timedelta(days=20), warn_at=at + timedelta(days=18), made_at=at,
    )  # fmt: skip
    return HeldRecording.objects.create(
        harvest=row, remote_id="recordings/1", kind="video", state="ready", downloads=True,
        found_at=at, seen_at=at,
    )  # fmt: skip
