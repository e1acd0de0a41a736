"""A cluster for its members, and its seats for those who keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError
from events.networks import commands, overview, policies, reach
from events.networks.setup import finding

REFUSED = 422


@require_safe
def cluster(request: HttpRequest, slug: str) -> HttpResponse:
    """Schools, how many people, coordinators, and what other rooms add."""
    by, at = edge.actor(request), edge.moment(request)
    row = reach.cluster(slug, by)
    card = overview.clusters(on=at.date(), ids=frozenset({row.pk}))[0]
    people = reach.people_of([seat.school_id for seat in card.seats], on=at.date())
    shown = {
        "cluster": row,
        "card": card,
        "seats": [(seat, people.get(seat.school_id, 0)) for seat in card.seats],
        "people": sum(people.values()),
        "coordinators": overview.coordinators([row.pk], at=at).get(row.pk, []),
        "keeps": policies.may_keep_cluster(by, row.country_id, row.pk),
        "opens": [
            seat.school_id for seat in card.seats if policies.may_see_school(by, seat.school_id)
        ],
    }
    return render(request, "networks/cluster.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, theme and seats; another mentor school makes the former one a mentee school."""
    by, at = edge.actor(request), edge.moment(request)
    row = reach.cluster(slug, by)
    policies.require_may_keep_cluster(by, row.country_id, row.pk)
    card = overview.clusters(on=at.date(), ids=frozenset({row.pk}))[0]
    initial = {
        "name": row.name, "theme": row.theme, "origin": row.origin,
        "mentor": card.mentor.pk if card.mentor else "",
        "mentees": [school.pk for school in card.mentees],
    }  # fmt: skip
    form, search = finding.cluster_form(request, row.country_id, initial=initial)
    if form.is_valid():
        given = {**form.cleaned_data}
        try:
            commands.change_cluster(
                cluster_id=row.pk, mentor_id=given.pop("mentor"),
                mentee_ids=given.pop("mentees"), **given, by=by, at=at,
            )  # fmt: skip
        except DomainError as error:
            edge.refuse_in(form, error)
        else:
            messages.success(request, _("%(cluster)s is saved.") % {"cluster": given["name"]})
            return redirect("cluster", slug)
    status = REFUSED if form.is_bound else 200
    return render(
        request,
        "networks/cluster_edit.html",
        {"cluster": row, "form": form, "search": search},
        status=status,
    )
