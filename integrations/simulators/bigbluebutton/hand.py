"""A hand on the server: what people and its own machinery do, as no client can ask for."""

from integrations.simulators.bigbluebutton import notices
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.bigbluebutton.things import Recording


class Hand:
    """Deeds on a simulated server. Each takes its turn with the requests."""

    def __init__(self, server: BigBlueButton) -> None:
        """Take the server."""
        self.server = server

    def join(self, key: str, *, user_id: str, name: str, role: str = "VIEWER") -> str:
        """Somebody enters; gives the id of their browser in this session."""
        with self.server.turn:
            meeting = self.server.rooms.meetings[key]
            values = {"meetingID": key, "fullName": name, "role": role, "userID": user_id}
            _, seat, _ = self.server.rooms.join(values, home=self.server.url)
            self.server.tell("user-joined", meeting, seat)
            return seat.internal

    def leave(self, key: str, *, user_id: str) -> None:
        """Somebody leaves with every browser they have open."""
        with self.server.turn:
            meeting = self.server.rooms.meetings[key]
            for seat in meeting.present:
                if seat.user_id == user_id:
                    seat.left = self.server.clock.millis()
                    self.server.tell("user-left", meeting, seat)

    def end(self, key: str) -> None:
        """A moderator ends the meeting for everybody."""
        with self.server.turn:
            self.server.close(self.server.rooms.meetings[key])

    def report(self, key: str, *, legacy: bool = False) -> None:
        """The report of the last ended meeting is written and sent; `legacy` in the older times."""
        with self.server.turn:
            self.server.send(notices.report(
                self.server.past[key], secret=self.server.secret, at=self.server.clock.millis(),
                legacy=legacy,
            ))  # fmt: skip

    def publish(
        self, key: str, kinds: tuple[str, ...] = ("presentation", "video"), content: bytes = b""
    ) -> Recording:
        """The recording of the last ended meeting is ready; `content` is the file of its video."""
        with self.server.turn:
            found = [item for item in self.server.archive.recordings if item.meeting.key == key][-1]
            found.state = "published"
            address = f"{self.server.url}/playback"
            found.formats = {kind: f"{address}/{kind}/{found.meeting.internal}/" for kind in kinds}
            if content:
                place = f"/playback/video/{found.meeting.internal}/video-0.m4v"
                self.server.archive.files[place] = content
            self.server.send(notices.recording(found.meeting, secret=self.server.secret))
            return found
