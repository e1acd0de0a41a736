"""Schools: the list, one school with its people, adding and closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError, Missing
from events.networks import commands, forms, policies, reach
from events.networks.imports import matching
from events.networks.models import School

REFUSED = 422


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Schools in reach, by country and words."""
    by, on = edge.actor(request), edge.moment(request).date()
    policies.require_views_network(by)
    country, text = request.GET.get("country", ""), request.GET.get("q", "").strip()
    page = reach.page_of_schools(
        reach.schools(by, country=country, text=text), request.GET.get("page")
    )
    people = reach.people_of([row.pk for row in page], on=on)
    countries = reach.countries(by)
    shown = {
        "page_of_list": page,
        "rows": [(row, people.get(row.pk, 0)) for row in page],
        "countries": countries,
        "country": country,
        "q": text,
        "adds": [row for row in countries if policies.may_keep_country(by, row.pk)],
    }
    return render(request, "networks/schools.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """One more school of a country."""
    by, at = edge.actor(request), edge.moment(request)
    country = next((row for row in reach.countries(by) if row.code == code), None)
    if country is None:
        raise Missing
    policies.require_may_keep_country(by, country.pk)
    form = forms.SchoolForm(request.POST or None)
    if form.is_valid():

        def do() -> str:
            made = commands.add_school(country_id=country.pk, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("%(school)s is added.") % {"school": made.name})
            return reverse("network_school", args=[made.pk])

        try:
            return edge.once(request, do)
        except DomainError as error:
            edge.refuse_in(form, error)
    shown = {"form": form, "country": country}
    status = REFUSED if form.is_bound else 200
    return render(request, "networks/school_add.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """One school with its people; somebody may leave it or go to another one."""
    by, at = edge.actor(request), edge.moment(request)
    row = reach.school(school_id, by)
    found = reach.members(row.pk, on=at.date())
    keeps = policies.may_keep_school(by, row.pk)
    if request.method == "POST" and not keeps:
        policies.require_may_keep_school(by, row.pk)
    form = None
    if keeps:
        form = forms.MoveForm(
            request.POST or None,
            initial={"on": at.date()},
            members=found,
            schools=[one for one in matching.keeps(by) if one.pk != row.pk],
        )
    if form is not None and form.is_valid():
        return _move(request, row, form.cleaned_data)
    shown = {
        "school": row, "members": found, "form": form, "keeps": keeps,
        "closes": policies.may_keep_country(by, row.country_id),
        "clusters": row.seats.filter(ended_on__isnull=True).select_related("cluster"),
    }  # fmt: skip
    status = REFUSED if form is not None and form.is_bound else 200
    return render(request, "networks/school.html", shown, status=status)


def _move(request: HttpRequest, row: School, given: dict[str, Any]) -> HttpResponse:
    by, at = edge.actor(request), edge.moment(request)
    person_id, on = given["person"], given["on"]
    if to_id := given["to"] or 0:
        commands.move_person(person_id=person_id, from_id=row.pk, to_id=to_id, on=on, by=by, at=at)
        messages.success(request, _("The school is changed. Hours and certificates stay."))
    else:
        commands.leave_school(person_id=person_id, school_id=row.pk, ended_on=on, by=by, at=at)
        messages.success(request, _("The membership ends. Hours and certificates stay."))
    return redirect("network_school", row.pk)


@require_POST
def close(request: HttpRequest, school_id: int) -> HttpResponse:
    """Close a school, or open it again."""
    by, at = edge.actor(request), edge.moment(request)
    row = reach.school(school_id, by)
    try:
        if row.closed_at is None:
            commands.close_school(school_id=row.pk, by=by, at=at)
            messages.success(request, _("%(school)s is closed.") % {"school": row.name})
        else:
            commands.reopen_school(school_id=row.pk, by=by, at=at)
            messages.success(request, _("%(school)s is open again.") % {"school": row.name})
    except commands.SchoolSeated as error:
        messages.error(request, edge.sentence(error))
    return redirect("network_school", row.pk)
