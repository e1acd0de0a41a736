"""Pages of a ministry: a term at a glance, freezing it, and the batches that were frozen."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attendance.exports import commands, queries
from attendance.exports import overview as overviews
from events.backstage import addresses, edge
from events.kernel.actors import Role
from events.kernel.errors import Missing
from events.networks import queries as networks
from events.templatetags.moments import short_date

if TYPE_CHECKING:
    from events.networks.models import Term

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}
LONGEST = 12


@require_safe
def ministry(request: HttpRequest) -> HttpResponse:
    """A term: figures, from being there to a line in the file, what is not ready, batches."""
    by, at = edge.actor(request), edge.moment(request)
    countries = by.reach("countries", Role.MINISTRY_OFFICER)
    if not countries:
        raise Missing
    terms = networks.terms_of(countries)
    term = _chosen(request, terms)
    context: dict[str, object] = {
        "terms": terms, "term": term, "many": len(countries) > 1,
        "batches": queries.visible_to(by)[:LONGEST],
    }  # fmt: skip
    if term is not None:
        context |= _figures(overviews.overview(term, at=at))
    return render(request, "exports/ministry.html", context)


def _figures(view: overviews.Overview) -> dict[str, object]:
    ways = {
        "room": _("in the room"),
        "hyb": _("in several ways"),
        "onl": _("online"),
        "vod": _("recording"),
    }
    steps = {
        "attended": _("Were there"),
        "met": _("Met the rule"),
        "certificate": _("Have a certificate"),
        "ready": _("Ready for the file"),
    }
    return {
        "view": view,
        "series": [{"kind": code, "name": ways[code]} for code in overviews.DRAWN],
        "weeks": [(short_date(week), counts) for week, counts in view.weeks],
        "ways": [(share.code, float(share.certificates)) for share in view.ways],
        "way_rows": [(ways[share.code], share) for share in view.ways],
        "funnel": [(steps[step.code], step, [("room", float(step.count))]) for step in view.funnel],
        "top": float(max([1, *(step.count for step in view.funnel)])),
    }


def _chosen(request: HttpRequest, terms: "list[Term]") -> "Term | None":
    """The term asked for, else the newest that has begun, else the first to come."""
    wanted = request.GET.get("term", "")
    if wanted:
        found = next((term for term in terms if str(term.pk) == wanted), None)
        if found is None:
            raise Missing
        return found
    today = edge.moment(request).date()
    begun = [term for term in terms if term.starts_on <= today]
    return next(iter(begun or reversed(terms)), None)


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze a term as of now; the lines follow in a job."""
    by, at = edge.actor(request), edge.moment(request)
    number = request.POST.get("term", "")
    if not number.isdecimal() or len(number) > LONGEST:
        raise Missing

    def deed() -> str:
        batch, job = commands.freeze(term_id=int(number), by=by, at=at)
        page = reverse("batch", args=[batch.pk])
        return addresses.first("job", args=(job.pk,)) or page

    return edge.once(request, deed)


@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: who froze what and when, its files with their digests."""
    row = queries.seen(batch_id, by=edge.actor(request))
    ready = row.state == "ready"
    context = {"batch": row, "ready": ready, "files": queries.files_of(row) if ready else []}
    answer = render(request, "exports/batch.html", context)
    if not ready:
        answer.headers["Refresh"] = "5"
    return answer


@require_safe
def batch_file(request: HttpRequest, batch_id: int, name: str) -> HttpResponse:
    """One file of a batch, only if it is byte for byte what was frozen."""
    by, at = edge.actor(request), edge.moment(request)
    row = queries.seen(batch_id, by=by)
    content = commands.fetch(row, name, by=by, at=at)
    answer = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    stem = f"{row.country.code}-{row.term_id}-{row.order}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}-{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
