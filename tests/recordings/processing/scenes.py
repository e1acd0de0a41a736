"""A recording with a real file, and a worker that makes its sizes."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import av
from django.conf import settings

from events.backstage import jobs, sweep
from events.backstage.models import Job
from events.kernel import clock
from recordings.library import commands
from recordings.library.commands import Arrival
from recordings.library.models import Rendition, Source
from recordings.media import probe, store
from tests.factories.recordings import sha256
from tests.factories.world import AT, SYSTEM


def arrive(event, path, *, title="Small steps, recorded"):
    """A recording whose file has just arrived."""
    part = event.parts.first()
    made = commands.begin(
        part.pk, title=title, language="en", by=SYSTEM, at=AT, arrival=Arrival(Source.UPLOAD)
    )
    key = f"{store.folder_of(made.pk, 1)}/original{path.suffix}"
    store.put(key, path)
    commands.note_original(
        made.pk, key=key, size=path.stat().st_size, sha256=sha256(path), by=SYSTEM, at=AT,
        facts=probe.look(path).as_dict(),
    )  # fmt: skip
    commands.say_asked(made.pk, note="Asked by mail", by=SYSTEM, at=AT)
    commands.publish(made.pk, by=SYSTEM, at=AT)
    return made


def work(*, at=None):
    """Everything that is due, with all jobs."""
    sweep.drain(at=at or clock.now())
    jobs.run_due(at=at or clock.now(), long=True)


def job_of(recording):
    return Job.objects.filter(kind="recording", key__startswith=f"{recording.pk}:").latest(
        "created_at"
    )


def renditions(recording):
    return {row.name: row for row in Rendition.objects.filter(recording=recording)}


def files_of(recording):
    """Names of all stored files of the first revision."""
    return {key.rpartition("/")[2] for key in store.keys_under(store.folder_of(recording.pk, 1))}


def path_of(recording, name):
    return store.storage().path(f"{store.folder_of(recording.pk, 1)}/{name}")


def working():
    """What jobs left in the folder of files on their way; parts of uploads wait beside them."""
    home = Path(settings.RECORDINGS_WORK)
    return (
        sorted(one.name for one in home.iterdir() if one.name != "uploads") if home.is_dir() else []
    )


def key_frames(path):
    """The seconds at which key frames stand."""
    with av.open(str(path)) as medium:
        stream = medium.streams.video[0]
        return [
            round(float(packet.pts * packet.time_base), 2)
            for packet in medium.demux(stream)
            if packet.is_keyframe and packet.pts is not None
        ]


def steps(path):
    """The seconds from one picture to the next, each length once."""
    with av.open(str(path)) as medium:
        stream = medium.streams.video[0]
        shown = sorted(
            packet.pts * packet.time_base
            for packet in medium.demux(stream)
            if packet.pts is not None
        )
    return {round(float(two - one), 2) for one, two in pairwise(shown)}


def transcoders():
    """Ids of transcoders that run for this test's data folder."""
    told = subprocess.run(
        ["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    mine = re.compile(rf"^\s*(\d+) .*{re.escape(str(settings.RECORDINGS_WORK))}", re.MULTILINE)
    return [int(pid) for pid in mine.findall(told)]
