"""Facts of this room. Of calendars the fact is `integrations.sync.facts.NoticeCame`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MeetingNoticeCame:
    """A meeting server told something of an account's meeting: look what is left of it.

    `kind`: ended, report, recording or happened (joins and leaves). `key` is that of the room, or the
    provider's own id of the meeting. A handler of this room may read `queries.sittings_told` and call
    rooms further in with what it found; `receipt_id` is the row with the raw body, kept for 30 days.
    """

    account_id: int
    provider: str
    kind: str
    key: str
    receipt_id: int
