"""`/families/<slug>/`: the events of a family by date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.backstage import contributed, edge
from events.programme import family_policies as may
from events.programme import family_queries as queries
from events.programme.family_models import Family

KINDS = {
    Family.Kind.TOUR: _("Tour"),
    Family.Kind.CONFERENCE: _("Conference"),
    Family.Kind.CAMPAIGN: _("Campaign"),
    Family.Kind.COURSE: _("Course"),
    Family.Kind.CASCADE: _("Cascade"),
}


@require_safe
def family(request: HttpRequest, slug: str) -> HttpResponse:
    """One family: its events with the reader's own state; who runs it adds and takes away."""
    by, at = edge.actor(request), edge.moment(request)
    row = queries.seen_by_slug(slug, by=by)
    parts, runs = queries.parts_of(row.pk, by=by), may.may_run(by, row)
    context = {
        "family": row, "kind": KINDS[Family.Kind(row.kind)], "parts": parts, "runs": runs,
        "phase": queries.phase(parts, at=at),
        "pieces": contributed.rows("home.row", by, [part.event_id for part in parts], at=at),
        "joinable": queries.joinable(row, by=by) if runs else [],
        "course": row.kind == Family.Kind.COURSE,
    }  # fmt: skip
    return render(request, "programme/family.html", context)
