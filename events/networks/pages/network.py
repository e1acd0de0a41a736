"""The network at a glance, terms and programmes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError, Missing
from events.networks import commands, forms, overview, policies, queries, reach
from events.networks.models import Country

REFUSED = 422


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Countries and clusters the reader looks after."""
    by, at = edge.actor(request), edge.moment(request)
    policies.require_views_network(by)
    countries = reach.countries(by)
    cards = overview.clusters(on=at.date(), ids=reach.cluster_ids(by))
    shown = {
        "countries": [
            (row, [card for card in cards if card.cluster.country_id == row.pk])
            for row in countries
        ],
        "runs": policies.may_run(by),
        "imports": policies.imports_people(by),
    }
    return render(request, "networks/network.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of a country, and another one; a term of the same name is changed."""
    by, at = edge.actor(request), edge.moment(request)
    country = next((row for row in reach.countries(by) if row.code == code), None)
    if country is None:
        raise Missing
    keeps = policies.may_keep_country(by, country.pk)
    if request.method == "POST":
        policies.require_may_keep_country(by, country.pk)
        if "remove" in request.POST:
            return _remove_term(request, country)
    form = forms.TermForm(request.POST or None) if keeps else None
    if form is not None and form.is_valid():
        try:
            commands.add_term(country_id=country.pk, **form.cleaned_data, by=by, at=at)
        except DomainError as error:
            edge.refuse_in(form, error)
        else:
            words = _("%(term)s is saved.") % {"term": form.cleaned_data["name"]}
            messages.success(request, words)
            return redirect("network_terms", code)
    shown = {"country": country, "terms": queries.terms_of(frozenset({country.pk})), "form": form}
    status = REFUSED if form is not None and form.is_bound else 200
    return render(request, "networks/terms.html", shown, status=status)


def _remove_term(request: HttpRequest, country: Country) -> HttpResponse:
    chosen = request.POST["remove"]
    if not chosen.isdecimal():
        raise Missing
    try:
        term = commands.remove_term(
            term_id=int(chosen), country_id=country.pk, by=edge.actor(request),
            at=edge.moment(request),
        )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        messages.error(request, edge.sentence(error))
    else:
        messages.success(request, _("%(term)s is removed.") % {"term": term.name})
    return redirect("network_terms", country.code)


@require_http_methods(["GET", "HEAD", "POST"])
def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes, and another one; a programme of the same code is changed."""
    by, at = edge.actor(request), edge.moment(request)
    policies.require_may_run(by)
    form = forms.ProgrammeForm(request.POST or None)
    if form.is_valid():
        commands.add_programme(**form.cleaned_data, by=by, at=at)
        words = _("%(programme)s is saved.") % {"programme": form.cleaned_data["name"]}
        messages.success(request, words)
        return redirect("network_programmes")
    shown = {"programmes": reach.programmes(), "form": form}
    return render(
        request, "networks/programmes.html", shown, status=REFUSED if form.is_bound else 200
    )
