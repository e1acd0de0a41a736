"""What is left of a Meet meeting (`ports.Harvest`): every page, every session."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from integrations.ports import Attendee, Denied, Gone, RecordingFile, Sitting
from integrations.providers.google.download import checksum_of
from integrations.providers.google.service import Service

KINDS = ("signedinUser", "anonymousUser", "phoneUser")
PAGE = {"conferenceRecords": 100, "participants": 250, "recordings": 100, "transcripts": 100}
# A file is ready, pending while Meet makes it, or gone when Drive no longer has it.
STATES = {"FILE_GENERATED": "ready"}
FIELDS = "id,size,sha256Checksum,md5Checksum,trashed"


class GoogleHarvest:
    """Sessions and recordings of meetings. `ref` is a meeting code or the name of a space."""

    def __init__(self, meet: Service, drive: Service) -> None:
        """Take the lines to Meet and to Drive."""
        self.meet = meet
        self.drive = drive
        self.sees_drive = True

    def sittings(self, ref: str, *, since: datetime, until: datetime) -> list[Sitting]:
        """Every conference of the meeting that began in [since, until), the earliest first.

        Spans are the joins as Meet tells them, one per join or device, not united. A join that has
        not ended while the conference runs is left out; ask again when `ended_at` is set.
        """
        records = self._records(ref, since, until)
        return [self._sitting(record) for record in records]

    def recordings(self, ref: str, *, since: datetime, until: datetime) -> list[RecordingFile]:
        """Recordings and transcripts; `remote_id` is the Drive file once there is one."""
        return [
            self._file(kind, one)
            for record in self._records(ref, since, until)
            for kind in ("recordings", "transcripts")
            for one in self._below(record["name"], kind)
        ]

    def _records(self, ref: str, since: datetime, until: datetime) -> list[dict[str, Any]]:
        wish = (
            f'{self._which(ref)} AND start_time >= "{_stamp(since)}"'
            f' AND start_time <= "{_stamp(until)}"'
        )
        pages = self.meet.pages(
            lambda calls, **more: calls.conferenceRecords().list(
                filter=wish, pageSize=PAGE["conferenceRecords"], **more
            )
        )
        found = [record for page in pages for record in page.get("conferenceRecords", [])]
        began = [one for one in found if since <= _instant(one["startTime"]) < until]
        return sorted(began, key=lambda record: _instant(record["startTime"]))

    def _which(self, ref: str) -> str:
        """The filter for a meeting: by space, because a meeting code may be given to another one."""
        name = ref if ref.startswith("spaces/") else f"spaces/{ref}"
        try:
            space = self.meet.run(lambda calls: calls.spaces().get(name=name))
        except Gone:
            field = "space.name" if ref.startswith("spaces/") else "space.meeting_code"
            return f'{field} = "{ref}"'
        return f'space.name = "{space["name"]}"'

    def _sitting(self, record: Mapping[str, Any]) -> Sitting:
        ended = _maybe(record, "endTime")
        return Sitting(
            record_id=record["name"],
            started_at=_instant(record["startTime"]),
            ended_at=ended,
            people=[
                self._person(one, ended) for one in self._below(record["name"], "participants")
            ],
            expires_at=_maybe(record, "expireTime"),
        )

    def _person(self, one: Mapping[str, Any], ended: datetime | None) -> Attendee:
        who: Mapping[str, str] = next((one[kind] for kind in KINDS if kind in one), {})
        spans = [
            (_instant(session["startTime"]), _maybe(session, "endTime") or ended)
            for session in self._sessions(one["name"])
        ]
        return Attendee(
            name=who.get("displayName", ""),
            spans=[(start, end) for start, end in spans if end is not None],
            # Meet tells no e-mail, only the account's id.
            remote_person=who.get("user", ""),
        )

    def _sessions(self, participant: str) -> Iterator[dict[str, Any]]:
        def make(calls: Any, **more: Any) -> Any:
            people = calls.conferenceRecords().participants()
            return people.participantSessions().list(parent=participant, pageSize=250, **more)

        for page in self.meet.pages(make):
            yield from page.get("participantSessions", [])

    def _below(self, record: str, kind: str) -> Iterator[dict[str, Any]]:
        def make(calls: Any, **more: Any) -> Any:
            lists = getattr(calls.conferenceRecords(), kind)()
            return lists.list(parent=record, pageSize=PAGE[kind], **more)

        for page in self.meet.pages(make):
            yield from page.get(kind, [])

    def _file(self, kind: str, one: Mapping[str, Any]) -> RecordingFile:
        place = one.get("driveDestination") or one.get("docsDestination") or {}
        file_id = place.get("file") or place.get("document") or ""
        state = STATES.get(one.get("state", ""), "pending")
        meta: dict[str, Any] = {}
        if file_id and self.sees_drive:
            state, meta = self._in_drive(file_id, state)
        return RecordingFile(
            remote_id=file_id or one["name"], kind="video" if kind == "recordings" else "transcript",
            state=state, started_at=_maybe(one, "startTime"), ended_at=_maybe(one, "endTime"),
            url=place.get("exportUri", ""), size=int(meta["size"]) if "size" in meta else None,
            checksum=checksum_of(meta), downloads="size" in meta,
        )  # fmt: skip

    def _in_drive(self, file_id: str, state: str) -> tuple[str, dict[str, Any]]:
        """State and metadata of a file; without the right to look, what Meet said stands."""
        try:
            meta = self.drive.run(
                lambda calls: calls.files().get(
                    fileId=file_id, fields=FIELDS, supportsAllDrives=True
                )
            )
        except Gone:
            return "gone", {}
        except Denied:
            self.sees_drive = False
            return state, {}
        return "gone" if meta.get("trashed") else state, meta


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _maybe(record: Mapping[str, Any], name: str) -> datetime | None:
    return _instant(record[name]) if record.get(name) else None
