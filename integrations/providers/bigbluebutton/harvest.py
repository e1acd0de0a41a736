"""What BigBlueButton holds of a meeting: who is in just now, and recordings.

A server keeps no list of past meetings. Who was there comes once by its report (`reports`), else by
its hooks (`happenings`); both are told to us and cannot be asked for.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from integrations.ports import Attendee, Gone, RecordingFile, Sitting
from integrations.providers.bigbluebutton.client import Client
from integrations.providers.bigbluebutton.download import file_of
from integrations.providers.bigbluebutton.reports import NOT_OURS
from integrations.providers.bigbluebutton.times import of_millis

PAGE = 100  # the most that a server gives at once (since 2.6)
PAGES = 50
BEST = ("video", "screenshare", "presentation", "podcast")


class Harvest:
    """Questions about what is left of a meeting."""

    def __init__(self, client: Client) -> None:
        """Take the client that calls go through."""
        self.client = client

    def sittings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[Sitting]:
        """The session that goes on, if it began in the span; when people came is not said."""
        try:
            found = self.client.call("getMeetingInfo", {"meetingID": ref})
        except Gone:
            return []
        started = of_millis(found.findtext("startTime")) or of_millis(found.findtext("createTime"))
        if started is None or not since <= started < until:
            return []
        return [
            Sitting(
                record_id=found.findtext("internalMeetingID", ""), started_at=started,
                ended_at=of_millis(found.findtext("endTime")),
                people=[_present(item) for item in found.iterfind("attendees/attendee")],
            )
        ]  # fmt: skip

    def recordings(self, ref: str, *, since: datetime, until: datetime) -> Sequence[RecordingFile]:
        """The recordings of a meeting that began in the span, each in its best form.

        Always asked for by meeting: a server with hundreds of recordings gives up on all of them.
        """
        files = [_file(item) for item in self._pages(ref)]
        return [
            file for file in files if file.started_at is None or since <= file.started_at < until
        ]

    def _pages(self, ref: str) -> Iterator[Element]:
        """All recordings; servers before 2.6 know no pages and give everything every time."""
        seen: set[str] = set()
        for page in range(PAGES):
            values = {
                "meetingID": ref, "state": "any", "offset": str(page * PAGE), "limit": str(PAGE),
            }  # fmt: skip
            try:
                answer = self.client.call("getRecordings", values)
            except Gone:
                return
            found = list(answer.iterfind("recordings/recording"))
            fresh = [item for item in found if item.findtext("recordID", "") not in seen]
            seen.update(item.findtext("recordID", "") for item in fresh)
            yield from fresh
            if not fresh or len(found) != PAGE:
                return


def _present(item: Element) -> Attendee:
    ours = item.findtext("userID", "")
    return Attendee(
        name=item.findtext("fullName", ""), spans=[],
        ours="" if ours.startswith(NOT_OURS) else ours, host=item.findtext("role") == "MODERATOR",
    )  # fmt: skip


def _file(item: Element) -> RecordingFile:
    formats = {each.findtext("type", ""): each for each in item.iterfind("playback/format")}
    best = next((formats[kind] for kind in BEST if kind in formats), None)
    size = best.findtext("size", "") if best is not None else ""
    return RecordingFile(
        remote_id=item.findtext("recordID", ""), kind="video",
        state=item.findtext("state", "") or "published",
        started_at=of_millis(item.findtext("startTime")),
        ended_at=of_millis(item.findtext("endTime")),
        url=best.findtext("url", "").strip() if best is not None else "",
        size=int(size) if size.isascii() and size.isdecimal() else None,
        downloads=bool(file_of(item)),
    )  # fmt: skip
