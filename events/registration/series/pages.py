"""`/series/<slug>/`: all dates of a series, and places on several of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import addresses, edge, limits, post
from events.invitations import entries, seriesentries, writer
from events.invitations.parts import CalendarSeries
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing
from events.notices.sheets import tongue
from events.people import queries as people
from events.people.models import Person
from events.programme import policies as may
from events.programme import queries as programme
from events.programme import recurrence, seriesdates, states
from events.programme.models import Event, Part, Series
from events.registration import links, queries
from events.registration.commands import WAYS
from events.registration.models import PersonalLink
from events.registration.pages.link import DEED_WINDOW, DEEDS, kept_private, opened
from events.registration.series import commands

LONGEST = 200


@dataclass(frozen=True)
class Date:
    """One line of the list: `held` is registered, waiting or nothing; `back` gives a place back."""

    part: Part
    held: str
    open: bool
    back: str
    over: bool


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of a series for who may see them; POST `date` and `way` takes places."""
    by = edge.actor(request)
    row = Series.objects.filter(slug=slug).first()
    after = seriesdates.successor_of(row) if row else None
    if row and after and not row.events.exclude(state=states.CANCELLED).exists():
        seriesdates.seen_by_slug(after.slug, by=by)
        return HttpResponseRedirect(reverse("series", args=(after.slug,)))
    row = seriesdates.seen_by_slug(slug, by=by)
    parts = list(seriesdates.chain_seen(row, by=by))
    if request.method != "POST":
        return _show(request, row, parts, by.person_id)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    return _taken(request, row, parts, by, by.person_id, back=request.path)


@csrf_exempt  # the address is the proof, as on `/r/<token>/`
@require_http_methods(["GET", "HEAD", "POST"])
@kept_private
def personal_dates(request: HttpRequest, token: str) -> HttpResponse:
    """The same for the holder of a personal link to one date: all dates for the same audience."""
    link = opened(request, token)
    row = link.event.series
    if row is None:
        raise Missing
    parts = _dates_of(link, row)
    with translation.override(
        request.COOKIES.get("django_language") or tongue(link.person.language)
    ):
        if request.method != "POST":
            return _show(request, row, parts, link.person_id, link=link)
        limits.hit(f"link:{link.pk}", limit=DEEDS, seconds=DEED_WINDOW, at=edge.moment(request))
        by = links.holder(link)
        return _taken(request, row, parts, by, link.person_id, back=request.path, link=link)


def _dates_of(link: PersonalLink, row: Series) -> list[Part]:
    """Dates of the series, and of what went before and follows, for the same people as the link's."""
    rows = seriesdates.chain_for_work(row).exclude(event__state=states.DRAFT)
    return [part for part in rows if _public(part.event) == _public(link.event)]


def _public(event: Event) -> tuple[object, ...]:
    return event.audience, event.country_id, event.cluster_id, event.community_id


def _taken(
    request: HttpRequest, row: Series, parts: Sequence[Part], by: Actor, person_id: int, *,
    back: str, link: PersonalLink | None = None,
) -> HttpResponse:  # fmt: skip
    asked = {int(one) for one in request.POST.getlist("date")[:LONGEST] if one.isdecimal()}
    chosen = {
        part.event_id: part.event.series_id or row.pk for part in parts if part.event_id in asked
    }

    def do() -> str:
        commands.register_across(
            chosen, person_id=person_id, way=request.POST.get("way", ""), by=by,
            at=edge.moment(request),
        )  # fmt: skip
        return back

    try:
        return edge.once(request, do)
    except Missing:
        raise
    except DomainError as refusal:
        return _show(request, row, parts, person_id, link=link, refusal=refusal)


def _show(
    request: HttpRequest, row: Series, parts: Sequence[Part], person_id: int | None, *,
    link: PersonalLink | None = None, refusal: DomainError | None = None,
) -> HttpResponse:  # fmt: skip
    at = edge.moment(request)
    held = queries.held_of(person_id, [part.event_id for part in parts]) if person_id else {}
    doors = _doors(parts, link)
    dates = [
        Date(
            part, held.get(part.event_id, ""), commands.dates_open(part, at=at),
            doors.get(part.event_id, ""), at >= part.ends_at,
        )
        for part in parts
    ]  # fmt: skip
    free = [date for date in dates if date.open and not date.held]
    ways = {way for date in free for way in WAYS[date.part.mode]}
    values = {
        "series": row, "title": row.shared["title"], "language": row.shared["language"],
        "event": parts[0].event if parts else None, "dates": dates, "free": len(free),
        "ways": [way for way in ("room", "online") if way in ways],
        "repeat": recurrence.repeat_of(row.rrule), "weekday": row.first + row.shift,
        "person": link.person if link else _person(person_id), "link": link,
        "refusal": edge.sentence(refusal) if refusal else "",
        "held": sum(bool(date.held) for date in dates),
        "several": len({part.event.series_id for part in parts}) > 1,
        "runs": bool(parts) and link is None and may.may_run(edge.actor(request), parts[0].event),
    }  # fmt: skip
    status = refusal.status if refusal else 200
    return render(request, "registration/series.html", values, status=status)


def _person(person_id: int | None) -> Person | None:
    return Person.objects.filter(pk=person_id).first() if person_id else None


def _doors(parts: Sequence[Part], link: PersonalLink | None) -> dict[int, str]:
    """Where a place on each date is given back."""
    if link is None:
        return {
            part.event_id: f"{reverse('register', args=(part.event.slug,))}?way=no"
            for part in parts
        }
    own = PersonalLink.objects.filter(
        person_id=link.person_id, event_id__in=[part.event_id for part in parts], revoked_at=None
    )
    return {
        one.event_id: f"{addresses.first('personal_link', args=(links.token_of(one),))}?me=1&way=no"
        for one in own
    }


@require_safe
def series_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """All dates of a series as one calendar object, for those who may see them."""
    by = edge.actor(request)
    row = seriesdates.seen_by_slug(slug, by=by)
    rows = seriesdates.chain_seen(row, by=by)
    promised = list(rows.exclude(event__state__in=(states.CANCELLED, states.DRAFT)))
    if not promised:
        raise Missing
    organiser = people.address(programme.event_for_work(promised[0].event_id).organiser)
    found = [_entry(parts, organiser.name) for parts in _by_series(promised).values()]
    return HttpResponse(
        writer.publish_file(*found),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{row.slug}.ics"',
            "X-Robots-Tag": "noindex",
        },
    )


def _by_series(parts: Sequence[Part]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for part in parts:
        found.setdefault(part.event.series_id or 0, []).append(part)
    return found


def _entry(parts: Sequence[Part], organiser: str) -> CalendarSeries:
    """The dates of one series as one object."""
    sender, row = post.sender_address(), parts[0].event.series
    if row is None:
        raise Missing
    held = [
        (part, entries.entry_of(part.event, part, organiser_name=organiser,
                                organiser_address=sender))
        for part in parts
    ]  # fmt: skip
    return seriesentries.series_of(row, held, organiser_name=organiser, organiser_address=sender)


@require_safe
def series_go(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in that calendars carry for a whole series: to the date that is on or next.

    Strangers sign in first, whatever they ask for, so that nobody can find out what there is.
    """
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    row = seriesdates.seen_by_slug(slug, by=by)
    rows = seriesdates.dates_seen(row, by=by).filter(event__state=states.PUBLISHED)
    part = rows.filter(ends_at__gt=at).first()
    if part is None:
        raise Missing
    door = addresses.first("go", args=(part.pk,)) or addresses.page_of(part.event.slug)
    return HttpResponseRedirect(door)
