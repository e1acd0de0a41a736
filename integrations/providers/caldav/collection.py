"""One calendar collection: its files by name, its lists, its refusals as our troubles."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from integrations.ports import Denied, Gone
from integrations.providers.caldav import errors, multistatus
from integrations.providers.caldav.multistatus import Multi
from integrations.providers.caldav.questions import XML
from integrations.providers.caldav.web import Reply, Server

CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True)
class File:
    """A file as it stands. `etag` is strong: weak ones never meet an If-Match (RFC 9110 §13.1.1)."""

    name: str
    etag: str
    body: bytes


def strong(etag: str) -> str:
    """An ETag without the mark that a proxy may have put before it."""
    return etag.strip().removeprefix("W/")


class Collection:
    """The calendar at an address of a server."""

    def __init__(self, server: Server, calendar: str) -> None:
        """Take the calendar's address or path. Raises Denied("address_refused")."""
        if not calendar:
            raise Denied("calendar_missing")
        self.server = server
        self.url = server.at(calendar).rstrip("/") + "/"

    def path_of(self, name: str) -> str:
        """The path of a file, as lists of the server name it. Raises Denied for no plain name."""
        if name in {"", ".", ".."} or "/" in name:
            raise Denied("request_refused")
        return urlsplit(self.url).path + quote(name)

    def get(self, name: str) -> File | None:
        """A file; None where there is none."""
        reply = self.server.ask("GET", self.path_of(name))
        if reply.status in {errors.NOT_FOUND, errors.GONE}:
            return None
        if not errors.is_fine(reply):
            raise errors.trouble(reply)
        return File(name, strong(reply.headers.get("etag", "")), reply.body)

    def put(self, name: str, body: bytes, condition: Mapping[str, str]) -> Reply:
        """Write a file under a condition; the caller reads the answer."""
        return self.server.ask(
            "PUT", self.path_of(name), body=body, headers={**CALENDAR, **condition}
        )

    def delete(self, name: str) -> None:
        """Take a file away; one that is not there is fine."""
        reply = self.server.ask("DELETE", self.path_of(name))
        if not errors.is_fine(reply) and reply.status not in {errors.NOT_FOUND, errors.GONE}:
            raise errors.trouble(reply)

    def list(self, body: bytes, *, method: str = "REPORT", depth: int = 1) -> Multi:
        """Put a question to the calendar. Raises Denied("calendar_missing") where there is none."""
        headers = {**XML, "Depth": str(depth)}
        reply = self.server.ask(method, self.url, body=body, headers=headers)
        try:
            return multistatus.read(reply)
        except Gone as gone:
            if reply.status in {errors.NOT_FOUND, errors.GONE}:
                raise Denied("calendar_missing") from gone
            raise
