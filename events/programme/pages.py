"""Pages everybody sees: the list of events and one event."""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.backstage import contributed, edge, installation, kept
from events.kernel.words import pick
from events.kinds import queries as kinds
from events.kinds.models import Kind
from events.networks import queries as networks
from events.networks.models import Country
from events.people import queries as people
from events.programme import catalogue, facets, history, order, policies, queries, weeks
from events.programme.models import Event, Part

FILTERS = ("q", "kind", "way", "language", "country", "past")
LONGEST = 80


@require_safe
@kept.while_unchanged
def home(request: HttpRequest) -> HttpResponse:
    """The list of coming events by week; `?past=1` shows the ones that are over."""
    by, at = edge.actor(request), edge.moment(request)
    wanted = catalogue.Wanted(
        **{name: request.GET.get(name, "").strip()[:LONGEST] for name in FILTERS}
    )
    parts = catalogue.parts_in(wanted, by=by, at=at)
    known = {kind.pk: kind for kind in kinds.known()}
    lands = networks.countries()
    found = facets.facets(
        parts,
        kinds={pk: kind.code for pk, kind in known.items()},
        countries={row.pk: row.code for row in lands},
    )
    if not found and not wanted.q and _is_new() and (setup := _address("setup")):
        return HttpResponseRedirect(setup)
    pages = catalogue.Pages(catalogue.narrowed(parts, wanted), facets.total(found, wanted))
    page = pages.get_page(request.GET.get("page"))
    rows = catalogue.rows(cast("QuerySet[Part]", page.object_list), known)
    context = {
        "wanted": wanted,
        "page_of_list": page,
        "weeks": weeks.weeks(rows, at=at),
        "pieces": contributed.rows("home.row", by, [part.event_id for part in rows], at=at),
        **_filters(found, wanted, known.values(), lands),
        "hidden": not rows and by.person_id is None and queries.any_coming(at=at),
    }
    return render(request, "programme/home.html", context)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _filters(
    found: list[facets.Facet], wanted: catalogue.Wanted, known: Iterable[Kind], lands: list[Country]
) -> dict[str, object]:
    by_kind = facets.counts(found, wanted, "kind")
    by_country = facets.counts(found, wanted, "country")
    languages = facets.counts(found, wanted, "language")
    most = max(by_country.values(), default=0)
    return {
        "all_kinds": sum(by_kind.values()),
        "kinds": [
            (kind, by_kind[kind.code], wanted.address(kind=kind.code))
            for kind in known
            if kind.code in by_kind or kind.code == wanted.kind
        ],
        "countries": [
            (row, by_country[row.code], [_level(by_country[row.code], most)] * 5)
            for row in lands
            if row.code in by_country or row.code == wanted.country
        ],
        "kept": [
            (name, getattr(wanted, name))
            for name in ("kind", "country", "past")
            if getattr(wanted, name)
        ],
        "tongues": sorted({*languages, wanted.language} - {""}),
    }


def _level(number: int, most: int) -> int:
    """Steps 0 to 4 of a five-dot figure: the share of the busiest country, rounded up."""
    return -(-4 * number // most) if most else 0


@require_safe
@kept.while_unchanged
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: facts, running order, and what other rooms add."""
    return render(request, "programme/event.html", _event_context(request, slug))


@require_safe
@kept.while_unchanged
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme for paper and notice boards."""
    context = _event_context(request, slug)
    context["page_address"] = settings.BASE_URL + reverse("event", args=[slug])
    return render(request, "programme/print.html", context)


def _event_context(request: HttpRequest, slug: str) -> dict[str, object]:
    by, at = edge.actor(request), edge.moment(request)
    row = queries.seen_by_slug(slug, by=by)
    runs = policies.may_run(by, row)
    shown = shown_of(row)
    return {
        **shown, "open_slots": _open_slots(shown["programmes"]), "phase": row.phase(at),
        "runs": runs, "history": history.of_event(row.pk) if runs else [],
    }  # fmt: skip


def _open_slots(programmes: list[order.PartProgramme]) -> int:
    return sum(slot.is_open for each in programmes for slot in each.slots)


def shown_of(row: Event) -> dict[str, Any]:
    """Facts and running order of an event, for who may read them; callers ask the policy."""
    programmes = order.programmes(queries.parts_of(row.pk), queries.running_orders(row.pk))
    return {
        "event": row, "part": programmes[0].part, "programmes": programmes,
        "slots": any(each.slots for each in programmes),
        "minutes": sum(each.part.minutes for each in programmes),
        "visiting": queries.visiting_schools(row), "audience": _audience(row),
    }  # fmt: skip


def _audience(row: Event) -> str:
    if row.audience == Event.Audience.PUBLIC:
        return _("Everybody can find this page.")
    if row.audience == Event.Audience.SCHOOLS:
        return _("For teachers of the host school and of the schools that come.")
    if row.audience == Event.Audience.COUNTRY:
        return _("For teachers of this country.")
    if row.community is not None:
        name = pick(row.community.names, get_language() or "en")
        return _("For members of the community: %(name)s") % {"name": name}
    return _("For teachers of this cluster.")


def _is_new() -> bool:
    """Whether the first-run pages are to be shown; while a demo network loads they are not."""
    return not (settings.KOLEGA_DEMO or people.anybody() or installation.is_open())
