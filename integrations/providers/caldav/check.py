"""The self-test of a calendar: sign in, look, write an entry and take it away again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from integrations.ports import Denied, Entry, Finding, Trouble
from integrations.providers.caldav import questions
from integrations.providers.caldav.adapter import CalDavCalendar
from integrations.providers.caldav.busy import CalDavBusy
from integrations.providers.caldav.changes import TOKEN
from integrations.providers.caldav.collection import Collection

KIND = f"{questions.DAV}resourcetype"
LONG_AGO = datetime(2001, 1, 1, 12, tzinfo=UTC)


class CalDavCheck:
    """Tries what the product needs. `what`: calendar, write, changes, busy."""

    def __init__(self, collection: Collection, subject: str) -> None:
        """Take the collection to try."""
        self._collection = collection
        self._busy = CalDavBusy(collection, subject)

    def check(self) -> Sequence[Finding]:
        """One finding for each thing tried; nothing more is tried without a calendar."""
        calendar = _tried("calendar", self._look)
        return [calendar, *self._rest()] if calendar.went else [calendar]

    def _rest(self) -> Iterator[Finding]:
        yield _tried("write", self._write)
        yield _tried("changes", self._token)
        yield _tried("busy", self._ask_busy)

    def _look(self) -> None:
        answer = self._collection.list(questions.properties(KIND), method="PROPFIND", depth=0)
        kinds = [one.children(KIND) for one in answer.resources]
        if not any(f"{questions.CAL}calendar" in kind for kind in kinds):
            raise Denied("calendar_missing")

    def _write(self) -> None:
        """An entry in the year 2001, where nobody sees it, for as long as it takes to remove it."""
        calendar = CalDavCalendar(self._collection)
        key = token_hex(16)
        entry = Entry(
            key=key, uid=f"{key}@check.invalid", sequence=0, title="Kolega", text="", place="",
            starts_at=LONG_AGO, ends_at=LONG_AGO + timedelta(hours=1), zone="UTC",
        )  # fmt: skip
        try:
            calendar.put(entry, known=None)
        finally:
            calendar.remove(remote_id=f"{key}.ics")

    def _token(self) -> None:
        answer = self._collection.list(questions.properties(TOKEN), method="PROPFIND", depth=0)
        if not any(one.text(TOKEN) for one in answer.resources):
            raise Denied("changes_not_told")

    def _ask_busy(self) -> None:
        if not self._busy.is_offered(LONG_AGO):
            raise Denied("busy_not_told")


def _tried(what: str, deed: Callable[[], None]) -> Finding:
    try:
        deed()
    except Trouble as trouble:
        return Finding(what, went=False, code=trouble.code, said=trouble.said)
    return Finding(what, went=True)
