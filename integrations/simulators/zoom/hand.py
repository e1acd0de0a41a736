"""What people do at the simulated Zoom, and the signed notices that it sends about it."""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime

import requests

from integrations.simulators.zoom.server import Zoom
from integrations.simulators.zoom.world import Guest, Held, stamp

SECONDS = 5


class Hand:
    """A person at Zoom.

    Notices wait in `notices` until they are delivered; a test doubles, drops or turns round what is
    in it.
    """

    def __init__(self, zoom: Zoom, *, address: str = "", token: str = "") -> None:
        """Take the server, the address its app tells, and the secret token of the app."""
        self.zoom, self.address, self.token = zoom, address, token
        self.notices: list[bytes] = []

    def hold(
        self, number: str, guests: Sequence[Guest], *, started: datetime, ended: datetime,
        uuid: str = "", reports: bool = True,
    ) -> Held:  # fmt: skip
        """Hold a session of a meeting; `reports`: it can be asked for afterwards."""
        made = uuid or f"{hashlib.sha1(f'{number}{started}'.encode()).hexdigest()[:22]}=="  # noqa: S324  an id
        held = Held(number, made, started, ended, guests)
        if reports:
            self.zoom.world.held.append(held)
        for guest in guests:
            self._tell_of(held, guest)
        self.tell("meeting.ended", held, ended, end_time=stamp(ended))
        return held

    def record(self, held: Held, *, file_id: str = "file-1") -> None:
        """The cloud recording of a session is ready."""
        held.files.append({
            "id": file_id, "meeting_id": held.uuid, "file_type": "MP4", "file_extension": "MP4",
            "recording_type": "shared_screen_with_speaker_view", "status": "completed",
            "file_size": 1_000_000, "recording_start": stamp(held.started),
            "recording_end": stamp(held.ended), "play_url": f"{self.zoom.url}/rec/play/{file_id}",
            "download_url": f"{self.zoom.url}/rec/download/{file_id}",
        })  # fmt: skip
        self.tell("recording.completed", held, held.ended, recording_files=held.files)

    def tell(self, name: str, held: Held, at: datetime, **more: object) -> None:
        """Write a notice down."""
        thing = {"id": held.number, "uuid": held.uuid, "start_time": stamp(held.started), **more}
        body = {
            "event": name, "event_ts": int(at.timestamp() * 1000),
            "payload": {"account_id": "simulated-account", "object": thing},
        }  # fmt: skip
        # Spaces as nobody's writer puts them: what is signed are the bytes, not what they mean.
        self.notices.append(json.dumps(body, separators=(" ,", ":  ")).encode())

    def deliver(
        self, at: datetime, *, rewritten: Callable[[bytes], bytes] = lambda body: body
    ) -> list[int]:
        """Post what waits, in order, signed at an instant; gives the statuses of the answers.

        `rewritten` is done to a body on its way, after it was signed.
        """
        waiting, self.notices = self.notices, []
        return [self._post(body, at, rewritten) for body in waiting]

    def _post(self, body: bytes, at: datetime, rewritten: Callable[[bytes], bytes]) -> int:
        seconds = str(int(at.timestamp()))
        signed = hmac.new(
            self.token.encode(), f"v0:{seconds}:".encode() + body, hashlib.sha256
        ).hexdigest()
        headers = {
            "Content-Type": "application/json", "x-zm-request-timestamp": seconds,
            "x-zm-signature": f"v0={signed}",
        }  # fmt: skip
        answer = requests.post(
            self.address, data=rewritten(body), headers=headers, timeout=SECONDS,
            allow_redirects=False,
        )  # fmt: skip
        return answer.status_code

    def _tell_of(self, held: Held, guest: Guest) -> None:
        for number, (start, end) in enumerate(guest.waited):
            self._person("meeting.participant_joined_waiting_room", held, guest, f"w{number}",
                         start, join_time=stamp(start))  # fmt: skip
            self._person("meeting.participant_left_waiting_room", held, guest, f"w{number}", end,
                         leave_time=stamp(end))  # fmt: skip
        for number, (start, end) in enumerate(guest.spans):
            self._person("meeting.participant_joined", held, guest, str(number), start,
                         join_time=stamp(start))  # fmt: skip
            self._person("meeting.participant_left", held, guest, str(number), end,
                         leave_time=stamp(end))  # fmt: skip

    def _person(
        self, name: str, held: Held, guest: Guest, number: str, at: datetime, **times: str
    ) -> None:
        who = {
            "user_id": number, "user_name": guest.name, "email": guest.email, "id": guest.person,
            "participant_user_id": guest.person, "registrant_id": guest.registrant,
            "participant_uuid": f"{guest.name}-{number}", **times,
        }  # fmt: skip
        self.tell(name, held, at, participant=who)
