"""The calendar port over CalDAV: entries are files named by our key, changed only as last seen."""

from collections.abc import Sequence
from datetime import datetime

from integrations.ports import Changes, Conflict, Denied, Entry, Found, Gone, Temporary
from integrations.providers.caldav import changes, errors, payloads, questions
from integrations.providers.caldav.collection import Collection, File, strong
from integrations.providers.caldav.multistatus import Resource
from integrations.providers.caldav.web import Reply


class CalDavCalendar:
    """One calendar of an account; `integrations.ports.Calendar` says what each deed does."""

    def __init__(self, collection: Collection) -> None:
        """Take the collection that entries are written to."""
        self._collection = collection

    def put(self, entry: Entry, *, known: Found | None) -> Found:
        """Make the entry stand there as wished."""
        if known is None:
            return self._make(entry)
        standing = self._collection.get(known.remote_id)
        if standing is None:
            raise Gone("not_found")
        if known.etag and standing.etag != known.etag:
            raise Conflict("changed_there")
        return self._change(standing, entry)

    def remove(self, *, remote_id: str) -> None:
        """Take the entry away; one that is not there is fine."""
        self._collection.delete(remote_id)

    def find(self, *, key: str, remote_id: str) -> Found | None:
        """The entry by its file, else by the file named after our key."""
        names = [name for name in (remote_id, f"{key}.ics" if key else "") if name]
        for name in dict.fromkeys(names):
            standing = self._collection.get(name)
            if standing is not None:
                return payloads.found(name, standing.etag, _readable(standing.body))
        return None

    def changes(self, cursor: str, *, since: datetime, until: datetime) -> Changes:
        """What changed since the cursor, or all entries that touch the span."""
        if cursor:
            return changes.later(self._collection, cursor)
        return changes.first(self._collection, since=since, until=until)

    def _make(self, entry: Entry) -> Found:
        name, body = f"{entry.key}.ics", payloads.fresh(entry)
        reply = self._collection.put(name, body, {"If-None-Match": "*"})
        if errors.is_fine(reply):
            return self._written(name, body, reply)
        standing = self._standing(name, entry.uid) if errors.may_be_taken(reply) else None
        if standing is not None:
            return self._change(standing, entry)
        if reply.status in {errors.NOT_FOUND, errors.GONE}:
            raise Denied("calendar_missing")
        raise errors.trouble(reply)

    def _standing(self, name: str, uid: str) -> File | None:
        """The file under our name, else the one that holds our UID under another."""
        if standing := self._collection.get(name):
            return standing
        found = self._collection.list(questions.with_uid(payloads.clean(uid))).resources
        return _file(found) if found else None

    def _change(self, standing: File, entry: Entry) -> Found:
        body = payloads.merged(_readable(standing.body), entry)
        if body == standing.body:
            return payloads.found(standing.name, standing.etag, body)
        condition = {"If-Match": standing.etag} if standing.etag else {}
        reply = self._collection.put(standing.name, body, condition)
        if not errors.is_fine(reply):
            raise errors.trouble(reply)
        return self._written(standing.name, body, reply)

    def _written(self, name: str, body: bytes, reply: Reply) -> Found:
        """What stands there now. No ETag means that the server changed the file (RFC 4791 §5.3.4)."""
        if etag := strong(reply.headers.get("etag", "")):
            return payloads.found(name, etag, body)
        standing = self._collection.get(name)
        if standing is None:
            raise Temporary("not_kept")
        return payloads.found(name, standing.etag, standing.body)


def _file(found: Sequence[Resource]) -> File:
    first = found[0]
    body = first.text(questions.DATA).encode()
    return File(first.name, strong(first.text(questions.ETAG)), body)


def _readable(body: bytes) -> bytes:
    """The same file, if it is one. Raises Temporary: half a file is no answer."""
    try:
        payloads.event_of(payloads.read(body))
    except payloads.Unreadable as error:
        raise Temporary("unreadable", "calendar file") from error
    return body
