"""Bytes of recordings in Drive (`ports.Download`)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import requests

from integrations.ports import Denied, Gone, Opened, Temporary, Wanted, streams
from integrations.providers.google import errors
from integrations.providers.google.service import Service

DRIVE = "https://www.googleapis.com/drive/v3/"
FIELDS = "id,size,mimeType,sha256Checksum,md5Checksum,headRevisionId,trashed"
TIMEOUT = (5.0, 15.0)
SUFFIXES = {"video/mp4": "mp4", "video/webm": "webm", "audio/mp4": "m4a", "audio/mpeg": "mp3"}


class GoogleDownload:
    """Files that Meet left in Drive; `remote_id` is the file's id. Documents have no bytes."""

    def __init__(self, drive: Service) -> None:
        """Take the line to Drive."""
        self.drive = drive

    @contextmanager
    def open(self, wanted: Wanted) -> Iterator[Opened]:
        """Open a file; its checksum names its revision, and what is here of another is not used."""
        meta = self._meta(wanted.remote_id)
        checksum, size = checksum_of(meta), int(meta["size"])
        revision = str(checksum or meta.get("headRevisionId", ""))
        offset = wanted.offset if revision == wanted.revision and wanted.offset <= size else 0
        with closing(self._media(wanted.remote_id, offset)) as answer:
            yield streams.opened(
                answer, offset=offset, suffix=SUFFIXES[meta["mimeType"]], size=size,
                revision=revision, checksum=checksum,
            )  # fmt: skip

    def _meta(self, file_id: str) -> dict[str, Any]:
        meta = self.drive.run(
            lambda calls: calls.files().get(fileId=file_id, fields=FIELDS, supportsAllDrives=True)
        )
        if meta.get("trashed"):
            raise Gone("gone", "trashed")
        if "size" not in meta or meta.get("mimeType") not in SUFFIXES:
            raise Denied("no_file", str(meta.get("mimeType", ""))[:80])
        return meta

    def _media(self, file_id: str, offset: int) -> requests.Response:
        """The answer that brings the bytes; google-api-python-client would keep whole pieces in memory."""
        answer = self._ask(file_id, offset)
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            answer.close()
            self.drive.line.renew()
            answer = self._ask(file_id, offset)
        if answer.status_code in streams.GOOD:
            return answer
        with closing(answer):
            said = answer.raw.read(10_000)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        raise errors.trouble(errors.read(answer.status_code, said, headers))

    def _ask(self, file_id: str, offset: int) -> requests.Response:
        self.drive.sign_in()
        base = self.drive.identity.options.get("drive_endpoint", DRIVE)
        address = f"{base.rstrip('/')}/files/{quote(file_id, safe='')}"
        token = {"Authorization": f"Bearer {self.drive.line.credentials.token}"}
        try:
            return requests.get(
                address, params={"alt": "media", "supportsAllDrives": "true"}, stream=True,
                headers={**streams.asking(offset=offset, revision=""), **token},
                timeout=TIMEOUT, allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException as away:
            raise Temporary("unreachable", type(away).__name__) from away


def checksum_of(meta: dict[str, Any]) -> str:
    """The strongest checksum that Drive tells, as `algorithm:hex`; empty without one."""
    for name, word in (("sha256Checksum", "sha256"), ("md5Checksum", "md5")):
        if meta.get(name):
            return f"{word}:{meta[name]}"
    return ""
