"""The steps that build the network: country, schools, clusters, coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events.backstage import edge
from events.kernel.errors import DomainError, Missing
from events.networks import atlas, overview, queries
from events.networks.imports.flow import Flow
from events.networks.models import Country, RosterImport
from events.networks.setup import commands, finding, forms
from events.networks.setup.shown import REFUSED, page


def country(request: HttpRequest) -> HttpResponse:
    """Countries with their ministry and first term; `?code=` shows one to change it."""
    found = {row.code: row for row in queries.countries()}
    chosen = found.get(request.GET.get("code", ""))
    form = forms.CountryForm(request.POST or None, initial=_initial(request, chosen))
    if form.is_valid():
        given = form.cleaned_data
        term = commands.FirstTerm(given["term_name"], given["starts_on"], given["ends_on"])
        kept = {name: given[name] for name in ("code", "name", "ministry", "zone", "language")}
        english = atlas.countries()[given["code"]]
        try:
            commands.save_country(
                **kept, term=term, english=english, by=edge.actor(request),
                at=edge.moment(request),
            )  # fmt: skip
        except DomainError as error:
            edge.refuse_in(form, error)
        else:
            messages.success(request, _("%(country)s is saved.") % {"country": english})
            return redirect("setup_step", "country")
    terms = queries.terms_of(frozenset(row.pk for row in found.values()))
    return page(request, "country", {"form": form, "countries": found.values(), "terms": terms})


def _initial(request: HttpRequest, chosen: Country | None) -> dict[str, object]:
    today = edge.moment(request).date()
    if chosen is None:
        return forms.school_year(today)
    kept: dict[str, object] = {
        name: getattr(chosen, name) for name in ("code", "ministry", "zone", "language")
    }
    kept["name"] = chosen.names.get(chosen.language, "") if chosen.language != "en" else ""
    terms = queries.terms_of(frozenset({chosen.pk}))
    if not terms:
        return {**kept, **forms.school_year(today)}
    newest = terms[0]
    return {
        **kept, "term_name": newest.name, "starts_on": newest.starts_on, "ends_on": newest.ends_on,
    }  # fmt: skip


def schools(request: HttpRequest) -> HttpResponse:
    """Schools from a file or pasted; what is there already is counted."""

    def done(roster: RosterImport) -> str:
        commands.schools_are_there()
        messages.success(request, overview.sentence_of(roster))
        return reverse("setup_step", args=["schools"])

    flow = Flow(request, "schools", queries.countries(), None, done)
    answer = flow.answer()
    if answer is not None:
        return answer
    shown = {**flow.context(), "counts": overview.schools_by_country()}
    return page(request, "schools", shown, status=flow.status)


def clusters(request: HttpRequest) -> HttpResponse:
    """Clusters of one country at a time: a mentor school and the schools it works with."""
    countries = queries.countries()
    wanted = request.POST.get("country") or request.GET.get("country")
    chosen = next((row for row in countries if row.code == wanted), countries[0])
    form, search = finding.cluster_form(request, chosen.pk, prefix="cluster")
    if form.is_valid():
        try:
            return edge.once(request, lambda: _add_cluster(request, chosen, {**form.cleaned_data}))
        except DomainError as error:
            edge.refuse_in(form, error)
    found = overview.clusters(on=edge.moment(request).date())
    shown = {
        "form": form, "search": search, "countries": countries, "chosen": chosen, "clusters": found,
    }  # fmt: skip
    return page(request, "clusters", shown)


def _add_cluster(request: HttpRequest, country: Country, given: dict[str, Any]) -> str:
    commands.make_cluster(
        country_id=country.pk, mentor_id=given.pop("mentor"), mentee_ids=given.pop("mentees"),
        **given, by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    messages.success(request, _("%(cluster)s is there.") % {"cluster": given["name"]})
    return f"{reverse('setup_step', args=['clusters'])}?country={country.code}"


def coordinators(request: HttpRequest) -> HttpResponse:
    """A name and an address for each cluster; each gets an invitation with a link to sign in."""
    at = edge.moment(request)
    found = overview.clusters(on=at.date())
    if again := request.POST.get("again", ""):
        return _invite_again(request, again)
    data = request.POST or None
    asked = [forms.CoordinatorForm(data, prefix=f"c{one.cluster.pk}") for one in found]
    if data is not None and not any([form.errors for form in asked]):  # noqa: C419  check all
        pairs = [
            (one.cluster.pk, form)
            for one, form in zip(found, asked, strict=True)
            if form.cleaned_data["name"]
        ]
        if _invite(request, pairs):
            return redirect("setup_step", "coordinators")
    status = REFUSED if any(form.errors for form in asked) else 200
    invited = overview.coordinators([one.cluster.pk for one in found], at=at)
    rows = [
        (one, form, invited.get(one.cluster.pk, [])) for one, form in zip(found, asked, strict=True)
    ]
    wrong = next((form for form in asked if form.errors), None)
    return page(
        request, "coordinators", {"rows": rows, "forms": asked, "form": wrong}, status=status
    )


def _invite(request: HttpRequest, pairs: list[tuple[int, forms.CoordinatorForm]]) -> bool:
    """All or none: a refusal of one stands in its form and nobody was invited."""
    by, at = edge.actor(request), edge.moment(request)
    invited = commands.invite_all(
        [(pk, form.cleaned_data["name"], form.cleaned_data["email"]) for pk, form in pairs],
        by=by, at=at,
    )  # fmt: skip
    if invited.refusal is not None:
        edge.refuse_in(pairs[invited.number][1], invited.refusal)
        return False
    for _pk, form in pairs:
        words = _("The invitation to %(name)s is on its way.") % {"name": form.cleaned_data["name"]}
        messages.success(request, words)
    return bool(pairs)


def _invite_again(request: HttpRequest, again: str) -> HttpResponse:
    """A new link for somebody invited before, named as `cluster-person`."""
    cluster_id, _dash, person_id = again.partition("-")
    if not cluster_id.isdecimal():
        raise Missing
    known = overview.coordinators([int(cluster_id)], at=edge.moment(request)).get(
        int(cluster_id), []
    )
    one = next((row for row in known if str(row.person_id) == person_id), None)
    if one is None:
        raise Missing
    commands.invite_again(
        person_id=one.person_id, cluster_id=int(cluster_id),
        by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": one.name})
    return redirect("setup_step", "coordinators")
