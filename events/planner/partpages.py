"""`/plan/<event>/parts/`: the days of an event; each with its own time, place and running order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.planner import desk, partplans, queries
from events.planner.partforms import CallOffForm, PartForm, values_of
from events.programme import queries as programme
from events.programme.models import Event, Part


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def parts(request: HttpRequest, event_id: int) -> HttpResponse:
    """All parts in order, and the form for one more."""
    by, at = edge.actor(request), edge.moment(request)
    event, first = desk.event_to_run(event_id, by)
    if request.method != "POST":
        last = programme.parts_of(event_id)[-1]
        return _list(request, event, PartForm(zone=first.zone, initial=values_of(last, ahead=1)))
    form = PartForm(request.POST, zone=first.zone)

    def do() -> str:
        partplans.add(event_id, form.wish(), place=form.place(), by=by, at=at)
        messages.success(request, _("The part is added."))
        return reverse("plan_parts", args=[event_id])

    return edge.submit(request, form, do) or _list(request, event, form, status=422)


def _list(request: HttpRequest, event: Event, form: PartForm, *, status: int = 200) -> HttpResponse:
    found = programme.parts_of(event.pk)
    registered, _waiting = queries.affected(event.pk)
    context = {
        "event": event, "parts": found, "form": form, "registered": registered,
        "asked": form.is_bound,
    }  # fmt: skip
    return render(request, "planner/parts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def part(request: HttpRequest, event_id: int, part_id: int) -> HttpResponse:
    """One part: change it, or take it away."""
    by, at = edge.actor(request), edge.moment(request)
    event, _first = desk.event_to_run(event_id, by)
    row = programme.part_of(event_id, part_id)
    if request.method != "POST":
        return _one(request, event, row, PartForm(zone=row.zone, initial=values_of(row)))
    if request.POST.get("do") == "remove":
        return _remove(request, event, row)
    form = PartForm(request.POST, zone=row.zone)
    form.line_before = row.dial_in

    def do() -> str:
        partplans.change(part_id, form.wish(), place=form.place(), by=by, at=at)
        messages.success(request, _("Saved."))
        return reverse("plan_parts", args=[event_id])

    return edge.submit(request, form, do) or _one(request, event, row, form, status=422)


def _remove(request: HttpRequest, event: Event, row: Part) -> HttpResponse:
    by, at = edge.actor(request), edge.moment(request)
    off = CallOffForm(request.POST)

    def do() -> str:
        partplans.remove(row.pk, reason=off.cleaned_data["reason"], by=by, at=at)
        messages.success(request, _("The part is taken away."))
        return reverse("plan_parts", args=[event.pk])

    form = PartForm(zone=row.zone, initial=values_of(row))
    return edge.submit(request, off, do) or _one(request, event, row, form, off=off, status=422)


def _one(
    request: HttpRequest, event: Event, row: Part, form: PartForm, *,
    off: CallOffForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    registered, _waiting = queries.affected(event.pk)
    context = {
        "event": event, "part": row, "form": form, "off": off or CallOffForm(),
        "only": len(programme.parts_of(event.pk)) == 1, "registered": registered,
    }  # fmt: skip
    return render(request, "planner/part.html", context, status=status)
