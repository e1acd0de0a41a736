"""Bytes of recordings on a BigBlueButton server (`ports.Download`)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from xml.etree.ElementTree import Element

import requests
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError

from integrations.ports import Denied, Gone, Opened, Temporary, Wanted, streams
from integrations.providers.bigbluebutton import errors
from integrations.providers.bigbluebutton.client import CONNECT, WHOLE, Client, session

# Formats with one file, best first, and the name of that file below a page that ends with a slash.
FILES = {"video": "video-0.m4v", "podcast": "audio.ogg"}
SUFFIXES = frozenset({"m4v", "mp4", "webm", "ogg", "m4a", "mp3"})


class BigBlueButtonDownload:
    """The `video` or `podcast` of a recording; a `presentation` is a page without a file."""

    def __init__(self, client: Client) -> None:
        """Take the client that calls go through."""
        self.client = client

    @contextmanager
    def open(self, wanted: Wanted) -> Iterator[Opened]:
        """Open the file; the server is asked for its address, which may have changed."""
        address = self._address(wanted.remote_id)
        with session(private=self.client.server.private) as line:
            asked = streams.asking(offset=wanted.offset, revision=wanted.revision)
            with closing(_answer(line, address, asked)) as answer:
                suffix = address.partition("?")[0].rpartition(".")[2]
                yield streams.opened(answer, offset=wanted.offset, suffix=suffix)

    def _address(self, record_id: str) -> str:
        answer = self.client.call("getRecordings", {"recordID": record_id, "state": "any"})
        found = [
            item
            for item in answer.iterfind("recordings/recording")
            if item.findtext("recordID") == record_id
        ]
        if not found or found[0].findtext("state") == "deleted":
            raise Gone("not_found")
        address = file_of(found[0])
        if not address:
            raise Denied("no_file")
        return address


def file_of(item: Element) -> str:
    """The address of the one file of a recording; empty where there is none."""
    formats = {one.findtext("type", ""): one for one in item.iterfind("playback/format")}
    for kind, name in FILES.items():
        address = formats[kind].findtext("url", "").strip() if kind in formats else ""
        if address.endswith("/"):
            return address + name
        if address.rpartition(".")[2] in SUFFIXES:
            return address
    return ""


def _answer(line: requests.Session, address: str, asked: dict[str, str]) -> requests.Response:
    try:
        answer = line.get(address, headers=asked, timeout=(CONNECT, WHOLE), stream=True)
    except InvalidIPAddress as trouble:  # a RequestException, but no try helps
        code = "address_refused"
        raise Denied(code, "The address lies inside a private network.") from trouble
    except (requests.RequestException, HTTPError) as trouble:
        raise Temporary("unreachable", type(trouble).__name__) from trouble
    if answer.status_code in streams.GOOD:
        return answer
    answer.close()
    if answer.status_code in {404, 410}:
        raise Gone("not_found", str(answer.status_code))
    refused = errors.of_status(answer.status_code, answer.headers)
    raise refused or Temporary("server_error", str(answer.status_code))
