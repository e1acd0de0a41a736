"""A recorded event whose recording lies at a simulated provider, for fetching it from there."""

import hashlib
import re
from datetime import timedelta

import requests
from django.core.cache import cache

from events.backstage import jobs, sweep
from integrations.accounts import commands as accounts
from integrations.harvest import tasks
from integrations.harvest.models import HeldRecording, RecordingFetch
from integrations.meet import ways
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.sync.models import MeetingRoom
from recordings.library.models import Recording
from tests.events.registration.mail import at as stands_at
from tests.factories.world import AT
from tests.integrations.harvest.stages import Meet, Stage, Teams

SECRET = "b" * 40
BEGAN = timedelta(minutes=4)


class Fetching:
    """What all three share: `media` is how the path of the file looks, in the diary and for faults."""

    media = ""

    def begin(self, **changes):
        super().begin(**{"recorded": True, **changes})

    def found(self, content, **span):
        """The recording is there, and we know of it."""
        self.leave(content)
        self.after(**(span or {"minutes": 16}))
        return HeldRecording.objects.filter(kind="video").latest("pk")

    def fetch(self, **span):
        """Let the chore and the jobs do what they want to do after so long."""
        self.now += timedelta(**(span or {"minutes": 1}))
        with stands_at(self.now):
            tasks.fetch_recordings(at=self.now)
            while jobs.run_due(at=self.now):
                sweep.drain(at=self.now)

    @property
    def fetching(self):
        return RecordingFetch.objects.get(held__kind="video")

    @property
    def recording(self):
        return Recording.objects.get()

    def asked(self):
        """From which byte on the file was asked for, each time."""
        wanted = [
            one.headers.get("range", "bytes=0-") for one in self.far.diary
            if re.search(self.media, one.path) and self.is_media(one)
        ]  # fmt: skip
        return [int(one.removeprefix("bytes=").rstrip("-")) for one in wanted]

    def is_media(self, _request):
        return True

    def fault(self, kind, **more):
        self.far.faults.switch_on(kind, self.media, **more)

    def click(self, held):
        with stands_at(self.now):
            self.client.force_login(self.world.coordinator)
            path = f"/attendance/{self.event.pk}/recordings/{held.pk}/"
            return self.client.post(path, {"once": f"click-{self.now.timestamp()}"})


class MeetRecorded(Fetching, Meet):
    provider, media = "google", "/files/f1"

    def leave(self, content):
        record = self.hold({"Ana": ("ana", (0, 150))})
        self.far.hand.record(record, content, file_id="f1")

    def swap(self, content):
        stored = self.far.world.files["f1"]
        stored.content = content
        stored.meta.update(size=str(len(content)), sha256Checksum=_sha(content))

    def remove(self):
        del self.far.world.files["f1"]

    def is_media(self, request):
        return request.query.get("alt") == "media"


class TeamsRecorded(Fetching, Teams):
    provider, media = "microsoft", "/recordings/recording-"

    def leave(self, content):
        self.hold({"Ana": ("", (0, 150))})
        self.name = self.far.hand.keep(self.ref, "recording", self.part.starts_at + BEGAN, content)

    def say(self, content, *, later=timedelta()):
        began = self.part.starts_at + BEGAN + later
        self.far.hand.keep(self.ref, "transcript", began, content)

    def swap(self, content):
        self.far.hand.meeting(self.ref).contents[self.name] = content

    def remove(self):
        self.far.hand.meeting(self.ref).contents.clear()


class RoomRecorded(Fetching, Stage):
    """At BigBlueButton, whose room two people entered and one recorded."""

    provider, media = "bigbluebutton", "video-0.m4v"

    def __init__(self, client, simulator):
        cache.clear()
        self.far, self.hand = simulator, Hand(simulator)
        simulator.post.send = lambda _notice: 200
        super().__init__(client)

    def connect(self):
        wish = accounts.Wish(
            provider="bigbluebutton", scope="person", scope_id=self.world.coordinator.pk,
            name="BBB", options={"address": self.far.url},
        )  # fmt: skip
        return accounts.connect(wish=wish, secrets={"secret": SECRET}, by=self.by, at=AT)

    def begin(self, **changes):
        super().begin(**changes)
        self.register(self.world.teachers[0])
        self.far.clock.hold(self.part.starts_at)

    def leave(self, content):
        person = self.world.teachers[0]
        with stands_at(self.part.starts_at):
            path = ways.onward(part_id=self.part.pk, person_id=person.pk, at=self.part.starts_at)
            address = self.client.get(path).url
        requests.get(address, allow_redirects=False, timeout=5)
        self.far.clock.move(minutes=150)
        self.hand.end(MeetingRoom.objects.get().key)
        self.hand.publish(MeetingRoom.objects.get().key, content=content)

    def swap(self, content):
        self.far.archive.files = dict.fromkeys(self.far.archive.files, content)

    def remove(self):
        self.far.archive.files.clear()


def _sha(content):
    return hashlib.sha256(content).hexdigest()
