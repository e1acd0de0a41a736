"""What a person should look at before a link is used: by itself, against its date, against other events."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events.kernel.actors import Actor
from events.kernel.contributions import Doubt, LinkUse
from events.kernel.zones import wall
from events.programme import meetinglinks
from events.programme.meetinglinks import Used
from events.templatetags.moments import day as day_words
from events.templatetags.moments import span
from integrations.pasted import reading, simulators, words
from integrations.pasted.reading import Reading
from integrations.pasted.services import shapes

DAY = timedelta(days=1)
COMPARED = (shapes.MEETING, shapes.PERSONAL, shapes.OWN, shapes.UNKNOWN)


def of(use: LinkUse, *, by: Actor) -> list[Doubt]:
    """Everything doubtful about a link and its use, in one query; nothing without a link."""
    found = reading.look(use.text)
    if found.link is None or simulators.leads_there(use.text):
        return []
    used = _used(found, use, by=by)
    return [
        *by_itself(found),
        *_dated(found, use),
        *_old_line(found, use),
        *_shared(found, use, used),
    ]


def by_itself(found: Reading) -> list[Doubt]:
    """What the address alone gives reason to doubt."""
    refused = ["start_link"] if found.link and found.link.what == shapes.START else []
    return [Doubt(code, words.sentence(code)) for code in (*refused, *reading.faults(found))]


def _dated(found: Reading, use: LinkUse) -> Iterator[Doubt]:
    """Another day in the text than that of the event; silent when one of the days fits."""
    first, last = (wall(at, use.zone).date() for at in (use.starts_at, use.ends_at))
    fits = any(first <= one <= last for days in found.days for one in days)
    if found.days and not fits:
        named = min(found.days[0])
        values = {"named": day_words(named), "day": day_words(use.starts_at, use.zone)}
        yield Doubt("other_date", words.sentence("other_date", values))


def _old_line(found: Reading, use: LinkUse) -> Iterator[Doubt]:
    """A new link beside the phone line of the one before."""
    before = reading.look(use.link_before).link
    kept = use.line and use.line == use.line_before
    if kept and before and found.link and before.room != found.link.room:
        yield Doubt("old_line", words.sentence("old_line"))


def _used(found: Reading, use: LinkUse, *, by: Actor) -> list[Used]:
    """Other parts with the same meeting, from a day before to a day after."""
    link = found.link
    if link is None or link.what not in COMPARED or not link.room:
        return []
    holding = [link.address.host.split(".")[-2:][0], _mark(link.room)]
    rows = meetinglinks.used_between(
        use.starts_at - DAY, use.ends_at + DAY, holding=holding, besides=use.event_id, by=by
    )
    return [row for row in rows if _room(row.join_url) == link.room]


def _mark(room: str) -> str:
    """The piece of a room's name that every address of it holds as it stands."""
    pieces = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in room)
    return max(pieces.split(), key=len, default="")


def _room(address: str) -> str:
    link = reading.look(address).link
    return link.room if link else ""


def _shared(found: Reading, use: LinkUse, used: list[Used]) -> Iterator[Doubt]:
    at_once = next((row for row in used if _overlaps(row, use)), None)
    if at_once:
        yield _named("link_in_use", at_once, use)
    elif found.link and found.link.what == shapes.PERSONAL:
        day = wall(use.starts_at, use.zone).date()
        same_day = (row for row in used if wall(row.starts_at, use.zone).date() == day)
        if other := next(same_day, None):
            yield _named("personal_room_twice", other, use)


def _overlaps(row: Used, use: LinkUse) -> bool:
    return row.starts_at < use.ends_at and use.starts_at < row.ends_at


def _named(code: str, row: Used, use: LinkUse) -> Doubt:
    title = row.title or _("an event you cannot see")
    return Doubt(code, words.sentence(code, _values(title, row.starts_at, row.ends_at, use.zone)))


def _values(title: str, starts: datetime, ends: datetime, zone: str) -> Mapping[str, str]:
    return {"title": title, "time": span(starts, ends, zone)}
