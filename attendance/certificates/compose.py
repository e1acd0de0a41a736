"""Puts together what a certificate will say, from the event, the verdict and the holder as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from attendance.certificates import facts, numbers
from events.kernel.words import Words
from events.networks import queries as networks
from events.people import queries as people
from events.programme import queries as programme

if TYPE_CHECKING:
    from attendance.presence.models import VerdictRow
    from events.programme.models import Part

MODES = (
    ("minutes_room", "in_person"),
    ("minutes_online", "online"),
    ("minutes_recording", "recorded"),
)


@dataclass(frozen=True)
class Setting:
    """What all certificates of one event have in common."""

    outline: programme.Outline
    place: str
    issuer: Words
    signatory: str
    signatory_title: str
    language: str
    country: str
    dots: int
    presenters: frozenset[int]
    show_percent: bool
    days: tuple[date, ...] = ()


def setting_of(event_id: int) -> Setting:
    """Read the common part once for all certificates of an event."""
    event = programme.event_for_work(event_id)
    parts = programme.parts_of(event_id)
    part = parts[0]
    schools = []
    if event.cluster_id is not None:
        schools = networks.schools_of_cluster(event.cluster_id, on=event.starts_at.date())
    mentor = next((school.name for school in schools if school.mentor), "")
    issuer = mentor or event.country.ministry or settings.KOLEGA_NAME
    slots = [slot for each in programme.running_orders(event_id).values() for slot in each]
    with translation.override(event.country.language):
        title = gettext("Organiser")
    return Setting(
        outline=programme.outline_of(event, part),
        place=_place(part.venue.name, part.venue.address) if part.venue else "",
        issuer={"en": issuer, event.country.language: issuer},
        signatory=event.organiser.name,
        signatory_title=title,
        language=event.country.language,
        country=event.country.code,
        dots=min(facts.MOST_DOTS, max(0, len(schools) - 1)),
        presenters=frozenset(slot.presenter_id for slot in slots if slot.presenter_id),
        show_percent=bool(event.programme and event.programme.show_percent),
        days=days_apart(parts),
    )


def days_apart(parts: "Sequence[Part]") -> tuple[date, ...]:
    """The local dates of the parts, if days between the first and the last are left out."""
    found: set[date] = set()
    for part in parts:
        last = part.wall + timedelta(minutes=part.minutes, microseconds=-1)
        length = (last.date() - part.wall.date()).days
        found |= {part.wall.date() + timedelta(days=shift) for shift in range(length + 1)}
    whole = (max(found) - min(found)).days + 1 == len(found)
    return () if whole else tuple(sorted(found))


def _place(name: str, address: str) -> str:
    return ", ".join(part for part in (name, address) if part)


@dataclass(frozen=True)
class Holder:
    """Who holds a certificate, as they are called on it."""

    name: str
    school: str


def holders(common: Setting, person_ids: list[int]) -> dict[int, Holder]:
    """Names and schools of people on the day of the event, in two questions."""
    schools = networks.school_at(person_ids, on=common.outline.starts_at.date())
    cards = people.cards(person_ids)
    return {
        pk: Holder(cards[pk].name, schools[pk].name if pk in schools else "") for pk in person_ids
    }


def compose(
    common: Setting, verdict: "VerdictRow", *, at: datetime, holder: Holder | None = None
) -> facts.CertificateFacts:
    """The facts of one person's certificate, with a new number."""
    outline, person_id = common.outline, verdict.person_id
    number = numbers.draw()
    holder = holder or holders(common, [person_id])[person_id]
    return facts.CertificateFacts(
        number=number,
        holder_name=holder.name,
        holder_school=holder.school,
        title=outline.title,
        title_language=outline.language,
        kind=dict(outline.kind_names),
        role=_role(common, person_id),
        modes=tuple(mode for name, mode in MODES if getattr(verdict, name)),
        starts_at=outline.starts_at,
        ends_at=outline.ends_at,
        zone=outline.zone,
        place=common.place,
        minutes_counted=verdict.minutes_counted,
        minutes_planned=verdict.minutes_planned,
        unit_minutes=verdict.unit_minutes,
        rule_version=verdict.rule_version,
        evidence=verdict.evidence,
        show_percent=common.show_percent,
        field={},
        issuer_name=common.issuer,
        signatory_name=common.signatory,
        signatory_title=common.signatory_title,
        issued_at=at.replace(microsecond=0),
        country=common.country,
        language=common.language,
        check_url=f"{settings.BASE_URL}/v/{number}",
        dots=common.dots,
        days=common.days,
        completed_at=verdict.completed_at,
    )


def _role(common: Setting, person_id: int) -> str:
    if person_id in common.presenters:
        return "presenter"
    return "organiser" if person_id == common.outline.organiser_id else "participant"
