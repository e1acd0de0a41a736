"""Lists of schools and people: take one over, look at it, take it back."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.backstage.models import Job
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.networks import overview, policies, reach
from events.networks.imports import matching, undo
from events.networks.imports.flow import Flow
from events.networks.models import Country, RosterImport, School
from events.networks.rosters.mapping import Kind
from events.people import queries as people

KINDS = ("schools", "people")
CONFLICT = 409


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """What may be imported, and the last imports."""
    by = edge.actor(request)
    if not policies.imports_people(by):
        raise NotAllowed
    shown = {"rosters": reach.imports(by), "schools": bool(_countries(by))}
    return render(request, "networks/lists.html", shown)


def _countries(by: Actor) -> list[Country]:
    return [row for row in reach.countries(by) if policies.may_keep_country(by, row.pk)]


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a list, see what it means, confirm."""
    by = edge.actor(request)
    if kind not in KINDS:
        raise Missing
    schools: list[School] | None = None
    if kind == "schools":
        countries = _countries(by)
    else:
        schools = matching.keeps(by)
        kept = {row.country_id: row.country for row in schools}
        countries = sorted(kept.values(), key=lambda row: row.code)
    if not countries:
        raise NotAllowed
    flow = Flow(request, cast("Kind", kind), countries, schools, lambda row: _done(request, row))
    answer = flow.answer()
    if answer is not None:
        return answer
    return render(request, "networks/take_over.html", flow.context(), status=flow.status)


def _done(request: HttpRequest, roster: RosterImport) -> str:
    messages.success(request, overview.sentence_of(roster))
    return reverse("network_list", args=[roster.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, roster_id: int) -> HttpResponse:
    """What an import did; POST takes it back."""
    by, at = edge.actor(request), edge.moment(request)
    roster = reach.roster(roster_id, by)
    if request.method == "POST":
        try:
            undone = undo.undo(roster_id=roster.pk, by=by, at=at)
        except DomainError as error:
            messages.error(request, edge.sentence(error))
        else:
            words = ngettext(
                "Taken back: %(number)s entry.", "Taken back: %(number)s entries.", undone.removed
            )
            messages.success(request, words % {"number": undone.removed})
        return redirect("network_list", roster.pk)
    made = roster.made.values_list("thing", "thing_id")
    shown = {
        "roster": roster,
        "sentence": overview.sentence_of(roster),
        "counts": {thing: sum(found == thing for found, _pk in made) for thing in ("school", "person", "membership")},
        "left": _left(roster),
        "job": Job.objects.filter(kind="roster", key=str(roster.pk)).first(),
    }  # fmt: skip
    return render(request, "networks/list.html", shown)


def _left(roster: RosterImport) -> list[tuple[str, str]]:
    """What could not be added or taken back: name (or row) and reason."""
    ids = [int(str(one["id"])) for one in roster.left if one.get("thing") == "person"]
    cards = people.cards(ids)
    names = dict(
        School.objects.filter(
            pk__in=[one["id"] for one in roster.left if one.get("thing") == "school"]
        ).values_list("pk", "name")
    )
    found = []
    for one in roster.left:
        if "row" in one:
            found.append((_("Row %(row)s") % one, _(undo.NOT_ADDED)))
            continue
        card = cards.get(one["id"]) if one["thing"] == "person" else None
        name = card.name if card else names.get(one["id"], "")
        found.append((name, _(undo.REASONS[str(one["code"])])))
    return found
