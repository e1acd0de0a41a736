"""The calendar port over Google Calendar."""

from datetime import UTC, datetime
from typing import Any

from integrations.ports import Changes, Conflict, CursorLost, Denied, Entry, Found, Gone, Temporary
from integrations.providers.google import payloads
from integrations.providers.google.service import Service

# Every write says that it knows conferences, else Google forgets them; and that nobody is written to.
WRITE = {"conferenceDataVersion": 1, "sendUpdates": "none"}
# A sync token is only good with the parameters of its first list; a cursor names them.
LIST: dict[str, Any] = {"singleEvents": True, "showDeleted": True, "maxResults": 1000}
FORM = "1:"
Event = dict[str, Any]


class GoogleCalendar:
    """One calendar of one account (`ports.Calendar`). An entry's key is its id there."""

    def __init__(self, service: Service, calendar: str) -> None:
        """Take the line and the calendar's id."""
        self.service = service
        self.where = {"calendarId": calendar}

    def put(self, entry: Entry, *, known: Found | None) -> Found:
        """Make the entry stand there as wished (see the port)."""
        if known is not None and not known.removed:
            event = self._change(entry, known)
        else:
            event = self._insert(entry)
        # Decided by what Google answered: what the caller knows need not say anything of it.
        wish = payloads.following(entry, event)
        return payloads.found(self._patch(wish, payloads.found(event)) if wish else event)

    def _change(self, entry: Entry, known: Found) -> Event:
        try:
            event = self._patch(payloads.change(entry), known)
        except Conflict:
            if payloads.found(self._get(known.remote_id)).removed:
                raise Gone("removed_there") from None
            raise
        if payloads.found(event).removed:
            raise Gone("removed_there")
        return event

    def _insert(self, entry: Entry) -> Event:
        try:
            return self._write("insert", body=payloads.insertion(entry))
        except Conflict:
            return self._bring_in_step(entry)
        except Gone as gone:
            raise Denied("calendar_missing", gone.said) from gone

    def _bring_in_step(self, entry: Entry) -> Event:
        """The id was used before: by an answer that was lost, or by an event that was removed."""
        seen = self.find(key=entry.key, remote_id="")
        if seen is None:
            raise Conflict("duplicate", "the id is taken and nothing is found under it")
        revived = {"status": "confirmed"} if seen.removed else {}
        return self._patch({**payloads.change(entry), **revived}, seen)

    def remove(self, *, remote_id: str) -> None:
        """Take the entry away; one that is not there is fine."""
        try:
            self.service.tell(
                lambda calls: calls.events().delete(
                    **self.where, eventId=remote_id, sendUpdates=WRITE["sendUpdates"]
                )
            )
        except Gone:
            return

    def find(self, *, key: str, remote_id: str) -> Found | None:
        """The entry by its id, else by our property."""
        try:
            found = payloads.found(self._get(remote_id or key))
        except Gone:
            found = None
        if found is not None and not found.removed:
            return found
        return self._by_property(key) or found

    def changes(self, cursor: str, *, since: datetime, until: datetime) -> Changes:
        """Changes since the cursor, or everything in the span; see the port."""
        if cursor and not cursor.startswith(FORM):
            raise CursorLost("cursor_lost", "a cursor of another form")
        place: dict[str, Any] = {"syncToken": cursor.removeprefix(FORM)}
        if not cursor:
            place = {"timeMin": _stamp(since), "timeMax": _stamp(until)}
        pages = self._pages({**LIST, **place})
        token = pages[-1].get("nextSyncToken")
        if token is None:
            raise Temporary("unreadable", "a list without a sync token")
        entries = [payloads.found(event) for page in pages for event in page.get("items", [])]
        return Changes(entries, FORM + token, whole=not cursor)

    def _pages(self, wish: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return list(
                self.service.pages(
                    lambda calls, **more: calls.events().list(**self.where, **wish, **more)
                )
            )
        except CursorLost:
            raise
        except Gone as gone:
            raise Denied("calendar_missing", gone.said) from gone

    def _by_property(self, key: str) -> Found | None:
        mark = f"{payloads.PROPERTY}={key}"
        pages = self._pages({"privateExtendedProperty": mark}) if key else []
        found = [payloads.found(event) for page in pages for event in page.get("items", [])]
        return next((one for one in found if one.key), None)

    def _get(self, remote_id: str) -> Event:
        where = {**self.where, "eventId": remote_id}
        return self.service.run(lambda calls: calls.events().get(**where))

    def _patch(self, body: Event, seen: Found) -> Event:
        return self._write("patch", etag=seen.etag, eventId=seen.remote_id, body=body)

    def _write(self, deed: str, *, etag: str = "", **more: Any) -> Event:
        wish = {**self.where, **WRITE, **more}
        return self.service.run(lambda calls: getattr(calls.events(), deed)(**wish), etag=etag)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
