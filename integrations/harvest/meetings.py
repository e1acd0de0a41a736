"""Which meetings of a part we can ask about, by the provider's own name."""

from typing import TYPE_CHECKING

from events.programme import queries as programme
from integrations.accounts import queries as accounts
from integrations.accounts.models import Account
from integrations.harvest import rules
from integrations.pasted import finding
from integrations.sync import queries as links
from integrations.sync import rooms, states

if TYPE_CHECKING:
    from events.programme.models import Part

Named = tuple[Account, str]


def of_part(part: "Part") -> list[Named]:
    """The meetings of a part, each with its account; one that a pasted link replaced is left out."""
    return [*_rooms(part), *_entry(part), *_pasted(part)]


def _rooms(part: "Part") -> list[Named]:
    return [
        (room.account, room.key)
        for room in rooms.rooms_of([part.pk])
        if room.account.provider in rules.ROOMS
    ]


def _entry(part: "Part") -> list[Named]:
    link = links.live_links([part.pk]).get(part.pk)
    if link is None or link.account.provider not in rules.ENTRIES or not link.meeting_ref:
        return []
    if link.meeting_state != states.MEETING_READY or part.join_url not in {"", link.join_url}:
        return []
    return [(link.account, link.meeting_ref)]


def _pasted(part: "Part") -> list[Named]:
    """The meeting behind a pasted link, where an account hears of it."""
    found = finding.links(part.join_url)
    service, _colon, number = found[0].room.partition(":") if len(found) == 1 else ("", "", "")
    if service not in rules.PASTED or not number.isdecimal():
        return []
    account = accounts.account_for(programme.outline(part.event_id), need="notices")
    return [(account, number)] if account is not None else []
