"""A cluster for its members, and its seats for those who keep it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError
from events.networks import commands, overview, policies, reach
from events.networks.models import ClusterSchool, School
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
    """Name, theme and seats; another mentor school makes the former one a mentee school.

    A newly chosen school with a seat in another cluster is shown before anything is saved.
    """
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
    elsewhere: list[ClusterSchool] = []
    if form.is_valid():
        given, stays = {**form.cleaned_data}, _former_mentor(card, form.cleaned_data)
        mentees = [*given.pop("mentees"), *([stays.pk] if stays else [])]
        elsewhere = reach.seats_elsewhere(row.pk, [given["mentor"], *mentees])
        if not elsewhere or request.POST.get("confirmed") == _key(elsewhere):
            try:
                commands.change_cluster(
                    cluster_id=row.pk, mentor_id=given.pop("mentor"), mentee_ids=mentees, **given,
                    by=by, at=at,
                )  # fmt: skip
            except DomainError as error:
                edge.refuse_in(form, error)
            else:
                _tell(request, given["name"], stays)
                return redirect("cluster", slug)
    shown = {
        "cluster": row, "form": form, "search": search, "elsewhere": elsewhere,
        "confirmed": _key(elsewhere),
    }  # fmt: skip
    status = REFUSED if form.is_bound else 200
    return render(request, "networks/cluster_edit.html", shown, status=status)


def _former_mentor(card: overview.ClusterCard, given: dict[str, Any]) -> School | None:
    """The mentor school when another one is chosen: the form does not offer to tick it, so it stays."""
    former = card.mentor
    if former is None or given["mentor"] == former.pk or former.pk in given["mentees"]:
        return None
    return former


def _key(seats: list[ClusterSchool]) -> str:
    """What was shown and agreed to; another choice asks again."""
    return ",".join(str(seat.pk) for seat in seats)


def _tell(request: HttpRequest, name: str, stays: School | None) -> None:
    messages.success(request, _("%(cluster)s is saved.") % {"cluster": name})
    if stays:
        words = _("%(school)s was the mentor school and is now one of the schools it works with.")
        messages.info(request, words % {"school": stays.name})
