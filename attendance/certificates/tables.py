"""What goes onto the papers of one event, from the present state."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from attendance.certificates import paper, queries, sheets
from attendance.certificates.wording.tongue import Tongue
from events.backstage import addresses
from events.kernel.errors import DomainError
from events.kernel.fold import sort_key
from events.people import queries as people
from events.programme import queries as programme
from events.registration import links
from events.registration import queries as registration
from events.registration.queries import Entry

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from events.programme.models import Part

HELD_BACK: tuple[type[DomainError], ...] = (paper.NameMissing, paper.GlyphMissing)
SPARE, FEWEST_SPARE = 4, 5


def certificates_of(event_id: int, *, unreached: bool = False) -> list["Certificate"]:
    """Certificates in force by name as printed; `unreached` only of people whom no mail reaches."""
    found = queries.of_event(event_id)
    if unreached:
        found = {person_id: found[person_id] for person_id in _unreached(list(found))}
    return sorted(found.values(), key=lambda row: (sort_key(row.facts["holder_name"]), row.pk))


def _unreached(person_ids: list[int]) -> list[int]:
    return [pk for pk, to in people.addresses(person_ids).items() if not to.reachable]


def sets_of(count: int, size: int) -> list[tuple[int, int]]:
    """First and last number of each set of at most `size`, counted from one."""
    return [(first, min(first + size - 1, count)) for first in range(1, count + 1, size)]


def held_back(event_id: int) -> list[tuple[str, str]]:
    """Names of people whose certificate could not be made, with the reason and what to do."""
    return [
        (name_of(row.person_id), gettext(_error(row.code).sentence) % row.values)
        for row in queries.withheld(event_id)
    ]


def _error(code: str) -> type[DomainError]:
    return next((error for error in HELD_BACK if error.code == code), DomainError)


def name_of(person_id: int) -> str:
    """A person's name as it is now."""
    return people.cards([person_id])[person_id].name


def unreached(entries: list[Entry]) -> list[Entry]:
    """Those of the people whom no mail reaches."""
    wanted = set(_unreached([entry.person_id for entry in entries]))
    return [entry for entry in entries if entry.person_id in wanted]


def sign_in_sheet(
    occasion: sheets.Occasion, entries: list[Entry], *, at: datetime
) -> sheets.SignInSheet:
    """The people, and a quarter more lines for others."""
    return sheets.SignInSheet(
        occasion=occasion,
        guests=tuple(sheets.Guest(name=entry.name, school=entry.school) for entry in entries),
        spare=max(FEWEST_SPARE, len(entries) // SPARE),
        photo_url="",
        made_at=at,
    )


def ticket_cards(
    occasion: sheets.Occasion, event_id: int, entries: list[Entry], *, at: datetime
) -> sheets.TicketCards:
    """A card for each person: the QR code holds the personal link, the code is the handle."""
    part = programme.parts_of(event_id)[0]
    tongues = people.addresses([entry.person_id for entry in entries])
    cards = tuple(_card(part, entry, tongues[entry.person_id].language, at=at) for entry in entries)
    return sheets.TicketCards(occasion=occasion, cards=cards, made_at=at)


def _card(part: "Part", entry: Entry, language: str, *, at: datetime) -> sheets.TicketCard:
    """Without a catalogue of the person's language the card speaks that of the sheet."""
    link = links.link_for(event_id=part.event_id, person_id=entry.person_id, at=at)
    path = addresses.first("personal_link", args=(links.token_of(link),))
    return sheets.TicketCard(
        name=entry.name, school=entry.school, code=entry.handle, url=addresses.absolute(path),
        language=language if Tongue.of(language).language == language else "",
        online=registration.way_in(part, entry.way) == "online",
        dial_in=part.dial_in, organiser=part.event.organiser.name,
    )  # fmt: skip


def occasion(event_id: int, *, language: str, part_id: int = 0) -> sheets.Occasion:
    """Where and when one part is (the first without `part_id`), in the words of a paper."""
    event, parts = programme.event_for_work(event_id), programme.parts_of(event_id)
    part = next((part for part in parts if part.pk == part_id), parts[0])
    venue = part.venue
    host = event.host_school
    place = (venue.name, venue.address) if venue else (host.name, host.place) if host else ()
    return sheets.Occasion(
        title=event.title, title_language=event.language, language=language,
        country=event.country.code, starts_at=part.starts_at, ends_at=part.ends_at, zone=part.zone,
        place=", ".join(filter(None, place)),
    )  # fmt: skip
