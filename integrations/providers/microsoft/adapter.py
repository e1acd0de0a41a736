"""The calendar of one mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from integrations.ports import (
    Changes,
    Conflict,
    CursorLost,
    Denied,
    Entry,
    Found,
    Gone,
    Meeting,
    Temporary,
)
from integrations.providers.microsoft import errors, payloads
from integrations.providers.microsoft.wire import Graph, Json, name

# A delta link is bound to its window, which is taken a little wider than asked for: what counts are
# whole seconds, and the span may be asked for again a few hours later.
MARGIN = timedelta(days=1)
REVIVALS = 10


class MicrosoftCalendar:
    """Implements `ports.Calendar` for a mailbox, named by object id or address."""

    def __init__(self, graph: Graph, mailbox: str) -> None:
        """Take the wire and whose calendar it is."""
        self.graph = graph
        self.home = f"/users/{name(mailbox)}"

    def put(self, entry: Entry, *, known: Found | None) -> Found:
        """Make the entry stand there; see `ports.Calendar`."""
        if known is not None:
            return self._change(entry, known)
        seen = self._by_key(entry.key)
        return self._make(entry) if seen is None else self._brought(entry, seen)

    def remove(self, *, remote_id: str) -> None:
        """Take the entry away. Nobody was invited, so nobody is told."""
        try:
            self.graph.call("DELETE", self._path(remote_id))
        except Gone:
            return

    def find(self, *, key: str, remote_id: str) -> Found | None:
        """The entry by its id, else by the property that holds our key."""
        if remote_id:
            try:
                return self._read(remote_id)
            except Gone:
                pass
        return self._by_key(key) if key else None

    def changes(self, cursor: str, *, since: datetime, until: datetime) -> Changes:
        """Changes since a cursor; see `ports.Calendar`.

        A cursor holds the window of its round and Graph's own link. Raises `CursorLost` also when
        the span asked for has left that window.
        """
        if cursor:
            window, _, link = cursor.partition(" ")
            _check_window(window, since=since, until=until)
            return self._round(link, None, window)
        starts_at, ends_at = _utc(since - MARGIN), _utc(until + MARGIN)
        asked = {"startDateTime": starts_at, "endDateTime": ends_at}
        path = f"{self.home}/calendarView/delta"
        return self._round(path, asked, f"{starts_at}/{ends_at}")

    def _round(self, path: str, asked: dict[str, str] | None, window: str) -> Changes:
        last: dict[str, Json] = {}
        link = ""
        with _standing(CursorLost):
            for page in self.graph.pages(path, params=asked):
                # The same event may come twice in a round: what comes last is right.
                last |= {str(row.get("id")): row for row in page["value"]}
                link = str(page.get("@odata.deltaLink") or "")
        if not link:
            raise Temporary("garbled", "no delta link")
        return Changes(list(self._seen(last)), f"{window} {link}", whole=asked is not None)

    def _seen(self, rows: dict[str, Json]) -> Iterator[Found]:
        """Rows as entries. One that only left the window is told as removed: look it up."""
        for row in rows.values():
            found = payloads.found(row)
            if not found.removed:
                yield found
                continue
            try:
                yield self._read(found.remote_id)
            except Gone:
                yield found

    def _path(self, remote_id: str) -> str:
        return f"{self.home}/events/{name(remote_id)}"

    def _read(self, remote_id: str) -> Found:
        asked = {"$expand": payloads.EXPAND}
        return payloads.found(self.graph.call("GET", self._path(remote_id), params=asked).body)

    def _by_key(self, key: str) -> Found | None:
        """Our event; the oldest, if somebody made a copy of it in Outlook."""
        try:
            asked = {"$filter": payloads.with_key(key), "$expand": payloads.EXPAND}
        except ValueError:
            return None
        with _standing():
            rows = list(self.graph.rows(f"{self.home}/events", params=asked))
        rows.sort(key=lambda row: str(row.get("createdDateTime") or ""))
        return payloads.found(rows[0]) if rows else None

    def _make(self, entry: Entry) -> Found:
        """A new event. A transactionId that was used for something removed gives way to the next."""
        for attempt in range(REVIVALS):
            body = payloads.new(entry, attempt=attempt)
            try:
                with _standing():
                    made = self.graph.call("POST", f"{self.home}/events", body=body).body
            except Conflict as conflict:
                if conflict.said != errors.USED_BEFORE:
                    raise
                seen = self._by_key(entry.key)
                if seen is not None:
                    return self._brought(entry, seen)
            else:
                return self._brought(entry, _met(entry, payloads.found(made)))
        raise Denied("request_refused", errors.USED_BEFORE)

    def _brought(self, entry: Entry, seen: Found) -> Found:
        """The newest wish, where an earlier call made the event already."""
        if payloads.as_wished(entry, seen) or seen.meeting.state == "failed":
            return replace(seen, key=entry.key)
        return self._change(entry, seen)

    def _change(self, entry: Entry, known: Found) -> Found:
        body = payloads.change(entry, known=known.meeting)
        path = self._path(known.remote_id)
        said = self.graph.call("PATCH", path, body=body, etag=known.etag).body
        return replace(_met(entry, payloads.found(said)), key=entry.key)


@contextmanager
def _standing(*expected: type[Gone]) -> Iterator[None]:
    """A whole list that is said to be gone comes back: a missing mailbox has a code of its own."""
    try:
        yield
    except Gone as gone:
        if isinstance(gone, expected):
            raise
        raise Temporary("unexpected", gone.said) from gone


def _met(entry: Entry, found: Found) -> Found:
    """A meeting that was asked for and not even begun is not coming."""
    if entry.meets and found.meeting.state == "none":
        return replace(found, meeting=Meeting("failed"))
    return found


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _check_window(window: str, *, since: datetime, until: datetime) -> None:
    try:
        first, last = (datetime.fromisoformat(text) for text in window.split("/"))
    except ValueError as failed:
        raise CursorLost("cursor_lost", "unreadable") from failed
    if since < first or until > last:
        raise CursorLost("cursor_lost", "window")
