"""Where one person stands with one event, in plain values for pages."""

from dataclasses import dataclass, field
from datetime import datetime

from events.backstage import addresses
from events.invitations import entries
from events.networks import queries as networks
from events.people.models import Person
from events.programme import queries as programme
from events.programme import states
from events.programme.models import Event, Part
from events.registration import occasions, queries, recorded
from events.registration.models import PersonalLink, Registration
from events.registration.queries import Places
from events.registration.wishing import RECORDING

NOT_COMING = "no"


@dataclass(frozen=True)
class Standing:
    """What a page about one person's place shows. `ask` names the part of the page to draw.

    `ask`: choose, confirm, decline, declined, receipt, waiting, switch, give_back, recording,
    recording_only, closed, ended, cancelled. `way` is the way asked about, `held` the way of the place or wait there is.
    """

    event: Event
    part: Part
    ask: str
    name: str
    school: str
    mailbox: str
    place: str
    page: str
    parts: tuple[Part, ...] = ()
    way: str = ""
    held: str = ""
    state: str = ""
    position: int = 0
    join: str = ""
    reference: str = ""
    # What was said about the recording: yes, no, ask; empty where nothing is recorded.
    recorded: str = ""
    gave_back: bool = False
    offers: tuple[Places, ...] = field(default_factory=tuple)

    @property
    def offer(self) -> Places | None:
        """The places of the way asked about."""
        return next((item for item in self.offers if item.way == self.way), None)

    @property
    def took_part(self) -> bool:
        """Whether the person has, or had, a place or a wait."""
        return bool(self.held) or self.gave_back

    @property
    def others(self) -> tuple[Places, ...]:
        """The ways that are neither asked about nor held."""
        return tuple(item for item in self.offers if item.way not in {self.way, self.held})


def standing(
    event: Event, person: Person, link: PersonalLink | None, *, wish: str, at: datetime
) -> Standing:
    """Where a person stands; `wish` is the way the address asks for, `no` or nothing."""
    parts = programme.parts_of(event.pk)
    part = programme.part_near(parts, at=at)
    row = queries.standing_of(event.pk, person.pk)
    offers = tuple(queries.places_of(event.pk))
    held = row if row and row.state != Registration.State.CANCELLED else None
    ways = [item.way for item in offers]
    way = wish if wish in ways else (ways[0] if len(ways) == 1 and not held else "")
    school = networks.school_at([person.pk], on=at.date()).get(person.pk)
    return Standing(
        event=event,
        part=part,
        parts=tuple(parts),
        ask=_phase(event, at=at) or _recording(event, person, wish) or _question(held, link, wish, way) or _closed(event, at=at) or _offer(way),
        name=person.name,
        school=school.name if school else "",
        mailbox=masked(person.email),
        place=entries.place_of(part.venue) or occasions.host_of(event),
        page=addresses.page_of(event.slug),
        way=way,
        held=held.way if held else "",
        state=held.state if held else "",
        position=queries.position_of(held) if held and held.number else 0,
        join=_join(part, link, held),
        reference=f"{event.pk}-{held.pk}" if held else "",
        offers=offers,
        recorded=recorded.said(event, person.pk),
        gave_back=row is not None and held is None,
    )  # fmt: skip


def _phase(event: Event, *, at: datetime) -> str:
    if event.state == states.CANCELLED:
        return "cancelled"
    over = event.state == states.CLOSED or at >= event.ends_at
    return "ended" if over else ""


def _recording(event: Event, person: Person, wish: str) -> str:
    """Whether the page is about the recording alone: asked for, or to be asked for."""
    if not event.recorded or wish in {"room", "online"}:
        return ""
    if queries.has_asked(event.pk, person.pk):
        return "recording_only"
    return "recording" if wish == RECORDING else ""


def _question(held: Registration | None, link: PersonalLink | None, wish: str, way: str) -> str:
    if held is not None:
        if wish == NOT_COMING:
            return "give_back"
        waits = held.state == Registration.State.WAITING
        return "switch" if way and way != held.way else ("waiting" if waits else "receipt")
    if link is None:
        return ""
    if wish == NOT_COMING:
        return "decline"
    return "declined" if link.declined_at and not wish else ""


def _closed(event: Event, *, at: datetime) -> str:
    closes = event.registration_closes_at
    return "closed" if closes and at >= closes else ""


def _offer(way: str) -> str:
    return "confirm" if way else "choose"


def _join(part: Part, link: PersonalLink | None, held: Registration | None) -> str:
    if held is None or held.state != Registration.State.REGISTERED:
        return ""
    if queries.way_in(part, held.way) != "online":
        return ""
    return occasions.join_address(link, part) if link else part.join_url


def masked(address: str) -> str:
    """An address as its owner knows it again and nobody else learns it: first letter and domain."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""
