"""Plan, change, publish, cancel and close events."""

import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from events.backstage.commands import audit, drop_timer, record, set_timer
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, DomainError, Missing, NotAllowed
from events.kernel.fold import search_key
from events.kernel.transitions import step
from events.kernel.words import gettext_noop
from events.kernel.zones import ZoneUnknown, instant
from events.kinds.models import Kind, Mode
from events.networks.models import School
from events.places.models import Venue
from events.programme import policies, states
from events.programme.facts import (
    EventCancelled,
    EventChanged,
    EventClosed,
    EventPublished,
    PartEnded,
)
from events.programme.models import Event, Part, Slot

UNDO_SECONDS = 10


class TitleMissing(BadInput):
    """An event needs a title."""

    code = "title_missing"
    sentence = gettext_noop("Enter a title.")


class ZoneMissing(BadInput):
    """The zone is not in the time zone database."""

    code = "zone_unknown"
    sentence = gettext_noop("Choose a time zone from the list.")


class TooLateToPublish(DomainError):
    """The start is in the past."""

    code = "starts_in_past"
    status = 409
    sentence = gettext_noop("The start has passed. Choose a new time first.")


class TooLateToUndo(DomainError):
    """The mails may have left."""

    code = "undo_over"
    status = 409
    sentence = gettext_noop("The mails are on their way. You can still cancel the event.")


class NotEnded(DomainError):
    """Attendance is closed after the end."""

    code = "not_ended"
    status = 409
    sentence = gettext_noop("The event has not ended. Close it afterwards.")


class ReasonMissing(BadInput):
    """People are told why."""

    code = "reason_missing"
    sentence = gettext_noop("Say in one line why, for the people who are registered.")


@dataclass(frozen=True)
class Plan:
    """What a coordinator enters. `starts` is naive wall-clock time in `zone`; `minutes` the length."""

    kind: str
    title: str
    starts: datetime
    zone: str
    minutes: int
    mode: str
    country_id: int
    language: str
    cluster_id: int | None = None
    programme_id: int | None = None
    host_school_id: int | None = None
    audience: str = Event.Audience.CLUSTER
    summary: str = ""
    venue_id: int | None = None
    join_url: str = ""
    dial_in: str = ""
    certificate: bool = True
    registration_closes_at: datetime | None = None


@transaction.atomic
def plan(wish: Plan, *, by: Actor, at: datetime) -> Event:
    """Make a draft with one part and the running order of its kind."""
    policies.require_may_plan(by, country_id=wish.country_id, cluster_id=wish.cluster_id)
    kind = Kind.objects.filter(code=wish.kind).first()
    if kind is None:
        raise Missing
    if by.person_id is None:
        raise NotAllowed
    event = Event(kind=kind, organiser_id=by.person_id, created_at=at, slug=_slug(wish.title))
    _write(event, wish, at=at)
    part = Part(event=event, uid=f"{uuid.uuid4()}@kolega")
    _write_part(part, wish)
    _fill(part, kind)
    audit("event_planned", by=by, at=at, thing="event", thing_id=event.pk)
    return event


def _slug(title: str) -> str:
    base = slugify(search_key(title))[:60] or "event"
    return f"{base}-{secrets.token_hex(3)}"


def _write(event: Event, wish: Plan, *, at: datetime) -> None:
    title = " ".join(wish.title.split())
    if not title:
        raise TitleMissing
    event.title = title
    event.search_key = search_key(title)[:400]
    for name in (
        "summary", "language", "audience", "country_id", "programme_id", "cluster_id",
        "host_school_id", "certificate", "registration_closes_at",
    ):  # fmt: skip
        setattr(event, name, getattr(wish, name))
    event.starts_at, event.ends_at = _instants(wish)
    event.changed_at = at
    event.save()


def _instants(wish: Plan) -> tuple[datetime, datetime]:
    try:
        start = instant(wish.starts, wish.zone)
    except ZoneUnknown as error:
        raise ZoneMissing from error
    return start, start + timedelta(minutes=wish.minutes)


def _write_part(part: Part, wish: Plan) -> None:
    part.starts_wall = wish.starts.isoformat(timespec="minutes")
    part.zone, part.minutes, part.mode = wish.zone, wish.minutes, wish.mode
    part.starts_at, part.ends_at = _instants(wish)
    part.venue_id = wish.venue_id if wish.mode != Mode.ONLINE else None
    online = wish.mode != Mode.ROOM
    part.join_url = wish.join_url if online else ""
    part.dial_in = wish.dial_in if online else ""
    part.save()


def _fill(part: Part, kind: Kind) -> None:
    Slot.objects.bulk_create(
        Slot(part=part, order=number, form=slot["form"], minutes=slot["minutes"],
             title=slot.get("title", ""))
        for number, slot in enumerate(kind.slots, start=1)
    )  # fmt: skip


def present_plan(event: Event, part: Part) -> Plan:
    """The wish an event stands for now, to start a change from."""
    return Plan(
        kind=event.kind.code, title=event.title, starts=part.wall, zone=part.zone,
        minutes=part.minutes, mode=part.mode, country_id=event.country_id,
        language=event.language, cluster_id=event.cluster_id, programme_id=event.programme_id,
        host_school_id=event.host_school_id, audience=event.audience, summary=event.summary,
        venue_id=part.venue_id, join_url=part.join_url, dial_in=part.dial_in,
        certificate=event.certificate, registration_closes_at=event.registration_closes_at,
    )  # fmt: skip


def _locked(event_id: int, *, by: Actor) -> Event:
    event = Event.objects.select_for_update().filter(pk=event_id).first()
    if event is None:
        raise Missing
    policies.require_may_run(by, event)
    return event


TOLD = ("title", "starts", "zone", "minutes", "mode", "venue_id", "join_url", "dial_in")


@transaction.atomic
def change(event_id: int, wish: Plan, *, by: Actor, at: datetime) -> Event:
    """Change an event; people are told (and SEQUENCE rises) when time, place, link or title moved."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "change")
    part = Part.objects.select_for_update().get(event=event, order=1)
    before = present_plan(event, part)
    wish = replace(wish, kind=before.kind)
    moved = [name for name in TOLD if getattr(before, name) != getattr(wish, name)]
    _write(event, wish, at=at)
    part.sequence += bool(moved)
    _write_part(part, wish)
    audit("event_changed", by=by, at=at, thing="event", thing_id=event.pk,
          changes={name: [str(getattr(before, name)), str(getattr(wish, name))] for name in moved})  # fmt: skip
    if moved and event.state == states.PUBLISHED:
        _set_end(part)
        fact = EventChanged(event_id=event.pk, sequence=part.sequence, moved=tuple(moved))
        record(fact, at=at)
    return event


@transaction.atomic
def set_venue(
    *, school_id: int | None, name: str, at: datetime, room: str = "", address: str = "",
    access: str = "", places: int | None = None,
) -> Venue:  # fmt: skip
    """The venue told in exactly these words, made when new: other words are another venue.

    Venues are shared by events, so none is ever changed under an event that names it.
    """
    told = {
        "school": School.objects.get(pk=school_id) if school_id else None,
        "name": name.strip(), "room": room.strip(), "address": address.strip(),
        "access": access.strip(),
    }  # fmt: skip
    found = Venue.objects.filter(**told).order_by("pk").first()
    return found or Venue.objects.create(**told, places=places, created_at=at)


@transaction.atomic
def set_running_order(part_id: int, slots: list[Slot], *, by: Actor, at: datetime) -> None:
    """Replace the running order of a part."""
    part = Part.objects.get(pk=part_id)
    event = _locked(part.event_id, by=by)
    Slot.objects.filter(part=part).delete()
    for number, slot in enumerate(slots, start=1):
        slot.part, slot.order = part, number
    Slot.objects.bulk_create(slots)
    audit("running_order_set", by=by, at=at, thing="event", thing_id=event.pk)


@transaction.atomic
def publish(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Promise the event to its audience; invitations leave after UNDO_SECONDS."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "publish")
    if event.starts_at <= at:
        raise TooLateToPublish
    event.published_at = at
    event.changed_at = at
    event.save(update_fields=["state", "published_at", "changed_at"])
    for part in event.parts.all():
        _set_end(part)
    audit("event_published", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventPublished(event_id=event.pk), at=at)
    return event


def _set_end(part: Part) -> None:
    set_timer(f"part-ended:{part.pk}", PartEnded(part_id=part.pk), due_at=part.ends_at)


@transaction.atomic
def unpublish(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Undo publishing before the mails leave; raises TooLateToUndo afterwards."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "unpublish")
    if event.published_at and at >= event.published_at + timedelta(seconds=UNDO_SECONDS):
        raise TooLateToUndo
    event.published_at = None
    event.save(update_fields=["state", "published_at"])
    for part in event.parts.all():
        drop_timer(f"part-ended:{part.pk}")
    audit("event_unpublished", by=by, at=at, thing="event", thing_id=event.pk)
    return event


@transaction.atomic
def cancel(event_id: int, *, reason: str, by: Actor, at: datetime) -> Event:
    """Cancel for good; everybody registered is told why."""
    event = _locked(event_id, by=by)
    published = event.state == states.PUBLISHED
    event.state = step(states.EVENT, event.state, "cancel")
    if published and not reason.strip():
        raise ReasonMissing
    event.cancel_reason, event.changed_at = reason.strip()[:300], at
    event.save(update_fields=["state", "cancel_reason", "changed_at"])
    for part in event.parts.select_for_update():
        part.sequence += 1
        part.save(update_fields=["sequence"])
        drop_timer(f"part-ended:{part.pk}")
    audit("event_cancelled", by=by, at=at, thing="event", thing_id=event.pk)
    if published:
        record(EventCancelled(event_id=event.pk), at=at)
    return event


@transaction.atomic
def close(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Say that attendance is complete; raises NotEnded before the planned end."""
    event = _locked(event_id, by=by)
    event.state = step(states.EVENT, event.state, "close")
    if at < event.ends_at:
        raise NotEnded
    event.changed_at = at
    event.save(update_fields=["state", "changed_at"])
    audit("event_closed", by=by, at=at, thing="event", thing_id=event.pk)
    record(EventClosed(event_id=event.pk), at=at)
    return event
