"""The planner, the new event, and the change of one."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import contributed, edge
from events.kernel.zones import wall
from events.planner import (
    commands,
    copying,
    desk,
    month,
    queries,
    series,
    termpages,
)
from events.planner.filling import (
    asked_family,
    checked,
    empty_form,
    form_context,
    form_page,
    moved_form,
    offer_of,
    refused_page,
    roomed_form,
    saved,
)
from events.planner.forms import EventForm
from events.planner.seriesfilling import dates_first, left_out
from events.programme.catalogue import Pages
from events.programme.models import Event
from events.registration import queries as registration

COMING_UP = 5
VIEWS = ("month", "agenda", "term")


@require_safe
@desk.signed_in
def planner(request: HttpRequest) -> HttpResponse:
    """Month or agenda of one scope, with the form for a new event."""
    by, at = edge.actor(request), edge.moment(request)
    last = queries.last_of_organiser(by.person_id)
    scope, scopes = desk.scope_for(request, by, last)
    today = wall(at, scope.zone).date()
    first = month.first_of(request.GET.get("month", ""), today)
    on_desk = queries.on_desk(scope, by=by)
    coming = on_desk.filter(ends_at__gt=at)
    view = request.GET.get("view", "")
    context: dict[str, Any] = {
        "view": view if view in VIEWS else "month",
        "scope": scope,
        "scopes": scopes,
    }
    if context["view"] == "month":
        begin, end = month.around(first)
        days = on_desk.filter(starts_at__gte=begin, starts_at__lt=end)
        context["month"] = month.table(first, days, today=today)
        rows = list(coming[:COMING_UP])
    elif context["view"] == "term":
        context |= termpages.of(scope, today=today, by=by, at=at)
        rows = list(on_desk.filter(copying.of_term(context["term"]))) if context["term"] else []
    else:
        listed = Pages(coming, coming.count()).get_page(request.GET.get("page"))
        context["page_of_list"] = listed
        rows = list(listed)
    counts = registration.counts([part.event_id for part in rows])
    context["pieces"] = contributed.rows("plan.row", by, [part.event_id for part in rows], at=at)
    context["coming"] = [(part, counts.get(part.event_id)) for part in rows]
    form = empty_form(request, scope, last, by)
    return render(request, "planner/planner.html", {**context, **form_context(request, form)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new event, saved as a draft or published at once."""
    by, at = edge.actor(request), edge.moment(request)
    last = queries.last_of_organiser(by.person_id)
    scope, scopes = desk.scope_for(request, by, last)
    if request.method != "POST":
        form = empty_form(request, scope, last, by)
        return form_page(request, form, "planner/new.html", scopes=scopes)
    if request.POST.get("do") == "move":
        return form_page(request, moved_form(request, scope, by), "planner/new.html", scopes=scopes)
    if request.POST.get("do") == "room":
        form = roomed_form(request, offer_of(request, scope))
        return form_page(request, form, "planner/new.html", scopes=scopes)
    form = EventForm(request.POST, offer=offer_of(request, scope))
    publish = request.POST.get("do") == "publish"

    def save() -> Event:
        wish = replace(form.wish(), family_id=asked_family(request))
        if repeat := form.repeat():
            left = left_out(request, form, repeat)
            row = series.plan(wish, repeat=repeat, leave_out=left, publish=publish, by=by, at=at)
            return row.events.order_by("starts_at", "pk")[0]
        return commands.plan(wish, publish=publish, by=by, at=at)

    answer = (
        checked(request, form, scopes) or dates_first(request, form) or saved(request, form, save)
    )
    return answer or refused_page(request, form, scopes)
