"""A player that says what it played, as the script on the page does."""

import json
from datetime import timedelta

from events.kernel.actors import Actor
from recordings.watched import sessions
from recordings.watched.models import Watched

SECOND = timedelta(seconds=1)


class Player:
    """One page of one person: opened at an instant, beats carry what is asked for."""

    def __init__(self, client, recording, person, at):
        self.client, self.recording, self.person = client, recording, person
        self.opening = sessions.opening(recording, by=Actor(person_id=person.pk), at=at)
        self.seq = 0

    def body(self, *, wall, ranges, **more):
        """The JSON of the next beat: seconds of playing, ranges in seconds of the file."""
        self.seq += 1
        return {
            "sid": self.opening.sid, "seq": self.seq, "wall_ms": int(wall * 1000),
            "visible_ms": 0, "rate": 1.0,
            "pos": round(ranges[-1][1] * 10) if ranges else 0,
            "ranges": [[round(one * 10), round(two * 10)] for one, two in ranges], **more,
        }  # fmt: skip

    def send(self, body, **headers):
        return self.client.post(
            self.opening.address, json.dumps(body), content_type="application/json", headers=headers
        )

    def beat(self, **said):
        return self.send(self.body(**said))


def seconds(recording, person):
    """What is covered, in seconds."""
    row = Watched.objects.filter(recording=recording, person=person).first()
    return [] if row is None else [(one / 1000, two / 1000) for one, two in row.ranges]
