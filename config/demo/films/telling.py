"""The demo's recordings as a job: each is made, put to its event, captioned and published.

They are made after the network is loaded, beside the running pages, by the worker for films. What
is made is found by its name, so a job that was killed goes on where it was.
"""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db import transaction

from config.demo.films import filming, talks
from config.demo.films.filming import Film
from config.demo.films.talks import Talk
from events.backstage import jobs
from events.backstage.holding import Hold, Stopped
from events.kernel import clock
from events.kernel.actors import system
from events.programme import queries as programme
from recordings.captions import chapters
from recordings.captions import commands as captions
from recordings.captions.chapters import Mark
from recordings.library import commands as library
from recordings.library import queries, speakers
from recordings.library.commands import Arrival
from recordings.media import probe, store

if TYPE_CHECKING:
    from events.backstage.models import Job
    from events.programme.models import Part
    from recordings.library.models import Recording, Source

KIND = "demo_films"
BY = system("demo")
PROVIDER = "demo"
ASKED = "Asked by mail on the day after"
A_YEAR = timedelta(days=366)
HELD = frozenset({"published", "closed"})
SPOKEN = frozenset({"webinar", "lecture", "conference", "course-module"})


def begin(*, at: datetime) -> "Job":
    """Let the worker for films make all of them."""
    return jobs.start(KIND, key="all", params={}, by=BY, at=at, total=len(talks.names()))


def step(job: "Job") -> bool:
    """Make the next film; True when all are there."""
    left = talks.names()[job.done :]
    if not left:
        return True
    try:
        tell(talks.read(left[0]), Hold(job))
    except Stopped:
        return False
    jobs.advance(job, by=1, total=len(talks.names()))
    return len(left) == 1


def tell(talk: Talk, hold: Hold) -> None:
    """Make one recording and publish it, unless that has been done or nothing has ended there."""
    now = clock.now()
    part = part_for(talk, at=now)
    if part is None:
        return
    row = library.begin(
        part.pk, title=talk.title, language=talk.language, arrival=_arrival(talk, part),
        by=BY, at=now,
    )  # fmt: skip
    if queries.original_of(row) is not None:
        return
    with store.working_folder() as folder:
        film = filming.make(talk, folder, beat=hold.beat)
        facts = probe.look(film.path)
        digest = hashlib.sha256(film.path.read_bytes()).hexdigest()
        key = f"{store.folder_of(row.pk, row.revision)}/original.mp4"
        size = film.path.stat().st_size
        store.put(key, film.path)
        with transaction.atomic():
            hold.check()
            library.describe(row.pk, title=talk.title, language=talk.language,
                             visibility=talk.visibility, by=BY, at=now)  # fmt: skip
            library.note_original(row.pk, key=key, size=size, sha256=digest,
                                  facts=facts.as_dict(), by=BY, at=now)  # fmt: skip
            _write(row.pk, talk, film, at=now)
            _ask(row, at=now)
            library.publish(row.pk, by=BY, at=now)


def _write(recording_id: int, talk: Talk, film: Film, *, at: datetime) -> None:
    """What is said, and a chapter for each slide."""
    captions.add_track(
        recording_id, language=talk.language, content=film.captions, origin="upload",
        file_name=f"{talk.name}.vtt", by=BY, at=at,
    )  # fmt: skip
    marks = [Mark(begin, title) for begin, title in film.slides]
    chapters.write(recording_id, marks, by=BY, at=at)


def _ask(row: "Recording", *, at: datetime) -> None:
    """Invented people agree: it was not announced, and whoever spoke there was asked."""
    row.refresh_from_db()  # its length says which talks are in it
    library.say_asked(row.pk, note=ASKED, by=BY, at=at)
    for one in speakers.speakers_of(row):
        if not one.settled:
            library.note_answer(row.pk, person_id=one.person_id, title=one.title, yes=True,
                                note=ASKED, by=BY, at=at)  # fmt: skip


def _arrival(talk: Talk, part: "Part") -> Arrival:
    begins = int(part.starts_at.timestamp() * 1000)
    return Arrival(cast("Source", "upload"), provider=PROVIDER, remote_id=talk.name, remote_revision="1",
                   pieces=[(0, begins)])  # fmt: skip


def part_for(talk: Talk, *, at: datetime) -> "Part | None":
    """The first part of the talk's event, else of the last webinar or lecture that ended there."""
    ids = list(programme.ids_between(at - A_YEAR, at))
    ended = [
        event
        for event in programme.events_for_work(ids).values()
        if event.country.code == talk.country and event.ends_at <= at and event.state in HELD
    ]
    ended.sort(key=lambda event: (event.starts_at, event.pk), reverse=True)
    named = [event for event in ended if event.title == talk.event]
    spoken = [event for event in ended if event.kind.code in SPOKEN]
    found = next(iter(named or spoken), None)
    return programme.parts_of(found.pk)[0] if found is not None else None
