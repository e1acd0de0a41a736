"""What the entry of a part should be now: standing as described, away, or left as it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.invitations import entries
from events.notices import sheets
from events.programme import states as events
from events.programme.commands import UNDO_SECONDS
from integrations.ports import Entry
from integrations.sync import queries, states
from integrations.sync.models import Link

if TYPE_CHECKING:
    from events.programme.models import Part

STAND, AWAY, LEAVE = "stand", "away", "leave"
ROOM = "room"


@dataclass(frozen=True)
class Wish:
    """`how` is stand, away or leave; `entry` is there where it stands."""

    how: str
    entry: Entry | None = None


def how(part: "Part", link: Link | None = None, *, at: datetime) -> str:
    """Whether a part has an entry: those of published events that take place and are not over.

    Within the seconds in which publishing can be undone nothing is said yet. An entry (`link`) of an
    account that is to be switched off without its entries goes.
    """
    event = part.event
    if part.ends_at <= at or event.state == events.CLOSED:
        return LEAVE
    if event.state != events.PUBLISHED or part.cancelled_at is not None:
        return AWAY
    if link is not None and link.account.leaving_at is not None:
        return AWAY
    since = event.published_at
    if since is not None and at < since + timedelta(seconds=UNDO_SECONDS):
        return LEAVE
    return STAND


def wish(part: "Part", link: Link, *, makes: bool, at: datetime) -> Wish:
    """The wish for the entry of a link; `makes`: its account makes the event's meetings."""
    found = how(part, link, at=at)
    return Wish(found, entry(part, link, makes=makes) if found == STAND else None)


def entry(part: "Part", link: Link, *, makes: bool) -> Entry:
    """The part as an entry. Dates of a series share one UID, so each entry gets one of its own."""
    event = part.event
    with translation.override(sheets.tongue(event.language)):
        return Entry(
            key=link.key, uid=f"{link.key}@kolega" if part.recurrence_id else part.uid,
            sequence=part.sequence, title=event.title, text=_text(part),
            place=entries.place_of(part.venue), starts_at=part.starts_at, ends_at=part.ends_at,
            zone=part.zone, link=door(part), meets=meets(part, link, makes=makes),
            changed_at=event.changed_at,
        )  # fmt: skip


def meets(part: "Part", link: Link, *, makes: bool) -> bool:
    """Whether the provider makes the meeting: for an online side without a link of somebody's own.

    A link that was made for another part, as a copy brings it along, is nobody's own.
    """
    if part.mode == ROOM or not makes or link.meeting_state == states.MEETING_FAILED:
        return False
    return part.join_url in {"", link.join_url} or queries.borrowed(part)


def door(part: "Part") -> str:
    """The address in the entry that opens the online side: ours, so the meeting may move."""
    if part.mode == ROOM:
        return ""
    return addresses.absolute(addresses.first("go", args=(part.pk,)))


def _text(part: "Part") -> str:
    page = addresses.absolute(addresses.page_of(part.event.slug))
    lines = [part.event.summary.strip(), _("About the event: %(page)s") % {"page": page}]
    if into := door(part):
        lines.insert(0, _("Join online: %(address)s") % {"address": into})
    return "\n\n".join(line for line in lines if line)
