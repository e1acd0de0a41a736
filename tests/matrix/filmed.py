"""Recordings at a place, of the event that has ended: one that is published with captions, one without
file, one that a service still keeps."""

from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow, HeldRecording
from recordings.arrivals import commands as arrivals
from recordings.captions import commands as captions
from recordings.library import commands as library
from recordings.library.commands import Arrival
from recordings.library.models import Source
from tests.factories.recordings import make_recording

VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome\n"


def record(place, at):
    """Put a published recording, its captions, and a file on its way into a place."""
    event = place.events["ended"]
    row = make_recording(event, minutes=60)
    track = captions.add_track(
        row.pk, language="en", content=VTT, origin="upload", by=place.by, at=at
    )
    empty = library.begin(
        event.parts.get().pk, title="Without a file", language="en",
        arrival=Arrival(Source.UPLOAD), by=place.by, at=at,
    )  # fmt: skip
    # Of somebody who runs nothing, so that no service is called.
    account = Account.objects.create(
        provider="google", scope="person", scope_id=place.teacher.pk, calendar="held",
        name="Meetings", state="fine", added_by=place.teacher, added_at=at,
    )  # fmt: skip
    harvest = HarvestRow.objects.create(
        part=event.parts.get(), account=account, ref="held", state="done", made_at=at,
        deadline_at=at, warn_at=at,
    )  # fmt: skip
    place.made["held_id"] = HeldRecording.objects.create(
        harvest=harvest, remote_id="held", kind="recording", state="ready", downloads=True,
        found_at=at, seen_at=at,
    ).pk  # fmt: skip
    upload = arrivals.begin_upload(empty.pk, length=10, file_name="film.mp4", by=place.by, at=at)
    place.made |= {
        "recording": row.slug, "recording_id": row.pk, "track_id": track.pk,
        "upload_id": upload.pk, "empty": empty.slug, "empty_id": empty.pk,
    }  # fmt: skip
