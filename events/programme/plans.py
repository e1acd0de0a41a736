"""What a coordinator enters, and how an event takes it on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.text import slugify

from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import Missing, NotAllowed
from events.kernel.fold import plain_letters, search_key
from events.kernel.zones import ZoneUnknown, instant
from events.kinds.models import Kind, Mode
from events.networks.models import Community
from events.programme import policies
from events.programme.models import Event, Part, Slot
from events.programme.refusals import CommunityNotOffered, TitleMissing, ZoneMissing


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
    community_id: int | None = None
    summary: str = ""
    venue_id: int | None = None
    join_url: str = ""
    dial_in: str = ""
    certificate: bool = True
    recorded: bool = False
    registration_closes_at: datetime | None = None


def kind_and_organiser(wish: Plan, *, by: Actor) -> tuple[Kind, int]:
    """The kind asked for and who plans it, if that person may; raises NotAllowed or Missing."""
    policies.require_may_plan(by, country_id=wish.country_id, cluster_id=wish.cluster_id)
    kind = Kind.objects.filter(code=wish.kind).first()
    if kind is None:
        raise Missing
    if by.person_id is None:
        raise NotAllowed
    return kind, by.person_id


def slug_for(title: str) -> str:
    """An address nobody else has, with the words of the title."""
    base = slugify(plain_letters(title))[:60] or "event"
    return f"{base}-{chance.hexadecimal(3)}"


def write_event(event: Event, wish: Plan, *, at: datetime) -> None:
    """Write what is asked for on the event; raises TitleMissing, ZoneMissing, CommunityNotOffered."""
    title = " ".join(wish.title.split())
    if not title:
        raise TitleMissing
    event.title = title
    event.search_key = search_key(title)[:400]
    for name in (
        "summary", "language", "audience", "country_id", "programme_id", "cluster_id",
        "host_school_id", "certificate", "recorded", "registration_closes_at",
    ):  # fmt: skip
        setattr(event, name, getattr(wish, name))
    event.community_id = _community_of(wish)
    event.starts_at, event.ends_at = _instants(wish)
    event.changed_at = at
    event.save()


def _community_of(wish: Plan) -> int | None:
    if wish.audience != Event.Audience.COMMUNITY:
        return None
    found = Community.objects.filter(
        Q(country=None) | Q(country_id=wish.country_id), pk=wish.community_id or 0
    )
    if not found.exists():
        raise CommunityNotOffered(field="audience")
    return wish.community_id


def _instants(wish: Plan) -> tuple[datetime, datetime]:
    try:
        start = instant(wish.starts, wish.zone)
    except ZoneUnknown as error:
        raise ZoneMissing from error
    return start, start + timedelta(minutes=wish.minutes)


def write_part(part: Part, wish: Plan) -> None:
    """Write time, zone, way and place on the part; what a way does not need is left empty."""
    part.starts_wall = wish.starts.isoformat(timespec="minutes")
    part.zone, part.minutes, part.mode = wish.zone, wish.minutes, wish.mode
    part.starts_at, part.ends_at = _instants(wish)
    part.venue_id = wish.venue_id if wish.mode != Mode.ONLINE else None
    online = wish.mode != Mode.ROOM
    part.join_url = wish.join_url if online else ""
    part.dial_in = wish.dial_in if online else ""
    part.save()


def fill_slots(part: Part, kind: Kind) -> None:
    """Give the part the running order of its kind."""
    Slot.objects.bulk_create(
        Slot(part=part, order=number, form=slot["form"], minutes=slot["minutes"],
             title=slot.get("title", ""))
        for number, slot in enumerate(kind.slots, start=1)
    )  # fmt: skip


def new_slot(
    *, form: str, minutes: int, title: str = "", presenter_id: int | None = None,
    online: bool = False,
) -> Slot:  # fmt: skip
    """A slot for `set_running_order`, not saved."""
    return Slot(form=form, minutes=minutes, title=title, presenter_id=presenter_id, online=online)


def present_plan(event: Event, part: Part) -> Plan:
    """The wish an event stands for now, to start a change from."""
    return Plan(
        kind=event.kind.code, title=event.title, starts=part.wall, zone=part.zone,
        minutes=part.minutes, mode=part.mode, country_id=event.country_id,
        language=event.language, cluster_id=event.cluster_id, programme_id=event.programme_id,
        host_school_id=event.host_school_id, audience=event.audience,
        community_id=event.community_id, summary=event.summary,
        venue_id=part.venue_id, join_url=part.join_url, dial_in=part.dial_in,
        certificate=event.certificate, recorded=event.recorded,
        registration_closes_at=event.registration_closes_at,
    )  # fmt: skip
