"""What every letter about an event starts from: the event as it is, its words, links and sender."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses, post
from events.backstage.post import Draft
from events.invitations import entries
from events.kernel.fold import search_key
from events.kernel.words import pick
from events.notices import sheets
from events.notices.sheets import Action, Detail, Enclosed, Quote, Sheet
from events.people import queries as people
from events.people.queries import Address
from events.programme import queries as programme
from events.programme.models import Event, Part
from events.registration import links
from events.registration.models import PersonalLink, Way
from events.registration.readers import Reader


@dataclass(frozen=True)
class Occasion:
    """An event with what every letter about it needs; made once for a batch.

    `part` is the part the letter is about; `parts` are all that it tells of, in order.
    """

    event: Event
    part: Part
    organiser: Address
    sender: str
    parts: tuple[Part, ...] = ()

    @property
    def reply_to(self) -> str:
        """Where answers go: the coordinator, if mail arrives there."""
        return self.organiser.email if self.organiser.reachable else ""

    @property
    def title(self) -> Quote:
        """The title in its own language."""
        return Quote(self.event.title, self.event.language)


def occasion(event_id: int) -> Occasion:
    """The event as it is now, with all parts that take place."""
    event, parts = programme.event_for_work(event_id), tuple(programme.parts_of(event_id))
    return Occasion(event, parts[0], people.address(event.organiser), post.sender_address(), parts)


def about(this: Occasion, part: Part) -> Occasion:
    """The same event, as a letter about one part alone tells of it."""
    return replace(this, part=part, parts=(part,))


@contextmanager
def speaking_to(reader: Reader) -> Iterator[None]:
    """Within it, words are in the reader's language."""
    with translation.override(sheets.tongue(reader.address.language)):
        yield


def when(part: Part) -> str:
    """Day, times and zone of a part in words."""
    return span_words(part.starts_at, part.ends_at, part.zone)


def span_words(start: datetime, end: datetime, zone: str) -> str:
    """Day, times and zone in words."""
    values = {"start": start, "end": end, "zone": zone}
    return render_to_string("mail/when.txt", values).strip()


def day(part: Part) -> str:
    """The short day of a part, as in "Thu 26 November"."""
    return render_to_string("mail/day.txt", {"part": part}).strip()


def link_address(link: PersonalLink, way: str = "") -> str:
    """The personal link in full, with a choice already made."""
    path = addresses.first("personal_link", args=(links.token_of(link),))
    return addresses.absolute(f"{path}?way={way}" if way else path)


def join_address(link: PersonalLink, part: Part) -> str:
    """Where this person joins online: the personal wait page, else the link as it was entered."""
    own = addresses.first("join", args=(links.token_of(link),))
    return addresses.absolute(own) or part.join_url


def details(this: Occasion, *, way: str = "") -> tuple[Detail, ...]:
    """When and where; with a `way`, only what matters to it."""
    found = [_line_of(this, part, way) for part in this.parts] if len(this.parts) > 1 else []
    place = place_words(this.event, this.part)
    if not found:
        found.append(Detail(_("When"), when(this.part)))
    if Way.ONLINE not in {this.part.mode, way} and place and len(found) == 1:
        found.append(Detail(_("Where"), place))
    if way == Way.ROOM and this.part.venue and this.part.venue.access:
        found.append(Detail(_("Way in"), this.part.venue.access))
    if not way and this.part.mode != Way.ROOM:
        found.append(link_promised(this.part))
    found.append(Detail(_("Kind"), pick(this.event.kind.names, translation.get_language() or "en")))
    return tuple(found)


def link_promised(part: Part) -> Detail:
    """When people get the link of a part; nothing is promised that nobody has entered."""
    if part.join_url:
        return Detail(_("Online"), _("You get the link with your place."))
    return Detail(_("Online"), _("The organiser adds the link before the event."))


def _line_of(this: Occasion, part: Part, way: str) -> Detail:
    """One part of several, with its own place."""
    number = this.parts.index(part) + 1
    place = place_words(this.event, part)
    values = {"when": when(part), "place": place}
    in_room = Way.ONLINE not in {part.mode, way} and place
    said = _("%(when)s, %(place)s") % values if in_room else when(part)
    return Detail(_("Part %(number)s") % {"number": number}, said)


def place_words(event: Event, part: Part) -> str:
    """Where a part is, on one line; else the host school.

    A room of the host school comes with the school's town, which nobody types again. It is read
    here and not kept with the venue, so saving an event never looks like a new place.
    """
    line, school = entries.place_of(part.venue), event.host_school
    if part.venue is None or not line:
        return host_of(event)
    if school is None or search_key(part.venue.name) != search_key(school.name):
        return line
    known = not school.place or search_key(school.place) in search_key(line)
    return line if known else f"{line}, {school.place}"


def host_of(event: Event) -> str:
    """The host school and its place on one line."""
    school = event.host_school
    return ", ".join(filter(None, (school.name, school.place))) if school else ""


def for_whom(reader: Reader) -> tuple[Action, ...]:
    """In a shared mailbox the first line names whom the mail is for."""
    if not reader.shared:
        return ()
    return (Action(_("This mail is for: %(name)s") % {"name": reader.address.name}),)


def foot(this: Occasion) -> tuple[str, ...]:
    """Last lines: whose links these are, and where an answer goes."""
    asks = _("Questions? Answer this mail; it goes to: %(name)s") % {"name": this.organiser.name}
    return (
        _("The links in this mail are yours alone and work until the event ends."),
        *((asks,) if this.reply_to else ()),
    )


def drafted(
    this: Occasion,
    reader: Reader,
    sheet: Sheet,
    *,
    purpose: str,
    kind: str,
    enclosed: Enclosed = sheets.NOTHING_ENCLOSED,
) -> Draft:
    """The sheet as a mail from the service in the organiser's name."""
    return sheets.draft(
        sheet, to=reader.address, purpose=purpose, kind=kind, event_id=this.event.pk,
        from_name=this.organiser.name, reply_to=this.reply_to, enclosed=enclosed,
    )  # fmt: skip
