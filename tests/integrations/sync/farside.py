"""A calendar in memory behind the port, which keeps to the contract and fails when told to."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from types import SimpleNamespace

from integrations.ports import (
    Changes,
    Channel,
    Conflict,
    CursorLost,
    Entry,
    Found,
    Gone,
    Meeting,
    Temporary,
    Trouble,
)


@dataclass
class FarSide:
    """`troubles` are raised by the next calls whose name holds their word; `lost` after the deed."""

    entries: dict[str, Found] = field(default_factory=dict)
    log: list[tuple[int, str]] = field(default_factory=list)
    troubles: list[tuple[str, Trouble, bool]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    meeting: Meeting = field(default_factory=Meeting)
    channels: dict[str, Channel] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    renews: bool = False
    sick: set[str] = field(default_factory=set)
    forgotten: int = -1
    before: Callable[[str], None] = lambda _name: None
    numbers: count = field(default_factory=lambda: count(1))

    notices: bool = True

    def connected(self) -> SimpleNamespace:
        ports = {"calendar": self} | ({"push": self} if self.notices else {})
        return SimpleNamespace(**ports)

    def fail(self, name: str, trouble: Trouble, *, times: int = 1, after_deed: bool = False):
        self.troubles += [(name, trouble, after_deed)] * times

    def _begin(self, name: str) -> Trouble | None:
        self.calls.append(name)
        self.before(name)
        found = next((one for one in self.troubles if one[0] in name), None)
        if found is None:
            return None
        self.troubles.remove(found)
        if not found[2]:
            raise found[1]
        return found[1]

    def _write(self, found: Found) -> Found:
        number = next(self.numbers)
        kept = replace(found, etag=f"e{number}")
        self.entries[kept.remote_id] = kept
        self.log.append((number, kept.remote_id))
        return kept

    def put(self, entry: Entry, *, known: Found | None) -> Found:
        spoilt = self._begin("put")
        if entry.title in self.sick:
            raise Temporary("server_error")
        remote_id = known.remote_id if known is not None else f"r-{entry.key}"
        standing = self.entries.get(remote_id)
        if known is not None:
            if standing is None or standing.removed:
                raise Gone("not_found")
            if standing.etag != known.etag:
                raise Conflict("changed")
        met = self.meeting if entry.meets else Meeting()
        made = self._write(
            Found(remote_id, "", entry.key, entry.title, entry.place, entry.starts_at,
                  entry.ends_at, meeting=met)
        )  # fmt: skip
        if spoilt:
            raise spoilt
        return made

    def remove(self, *, remote_id: str) -> None:
        spoilt = self._begin("remove")
        standing = self.entries.get(remote_id)
        if standing is not None and not standing.removed:
            self._write(replace(standing, removed=True))
        if spoilt:
            raise spoilt

    def find(self, *, key: str, remote_id: str) -> Found | None:
        self._begin("find")
        found = self.entries.get(remote_id)
        if found is None or found.removed:
            found = next((one for one in self.standing() if one.key == key), None)
        return None if found is None or found.removed else found

    def changes(self, cursor: str, *, since: datetime, until: datetime) -> Changes:
        self._begin("changes")
        newest = str(self.log[-1][0] if self.log else 0)
        if not cursor:
            standing = [
                one for one in self.entries.values()
                if not one.removed and one.starts_at < until and one.ends_at > since
            ]  # fmt: skip
            return Changes(standing, newest, whole=True)
        if int(cursor) < self.forgotten:
            raise CursorLost("full_sync_required")
        ids = dict.fromkeys(one for number, one in self.log if number > int(cursor))
        return Changes([self._listed(self.entries[one]) for one in ids], newest, whole=False)

    @staticmethod
    def _listed(found: Found) -> Found:
        return Found(found.remote_id, removed=True) if found.removed else found

    def watch(self, *, channel_id: str, address: str, secret: str, until: datetime) -> Channel:
        self._begin("watch")
        self.channels[channel_id] = Channel(channel_id, f"resource-{channel_id}", until)
        return self.channels[channel_id]

    def renew(self, channel: Channel, *, until: datetime) -> Channel | None:
        self._begin("renew")
        return replace(channel, expires_at=until) if self.renews else None

    def stop(self, channel: Channel) -> None:
        self._begin("stop")
        self.stopped.append(channel.channel_id)

    # What people do in the provider's own pages.

    def move_there(self, remote_id: str, starts_at: datetime, ends_at: datetime) -> None:
        self._write(replace(self.entries[remote_id], starts_at=starts_at, ends_at=ends_at))

    def retitle_there(self, remote_id: str, title: str) -> None:
        self._write(replace(self.entries[remote_id], title=title))

    def remove_there(self, remote_id: str) -> None:
        self._write(replace(self.entries[remote_id], removed=True))

    def touch_there(self, remote_id: str) -> None:
        """A guest answers, somebody sets a colour: nothing of ours changes, the etag does."""
        self._write(self.entries[remote_id])

    def forget_cursors(self) -> None:
        self.forgotten = self.log[-1][0] + 1 if self.log else 1

    def standing(self) -> list[Found]:
        return [one for one in self.entries.values() if not one.removed]


BUSY = Temporary("rate_limit", after=77)
