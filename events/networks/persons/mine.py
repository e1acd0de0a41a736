"""My details: name, language, identifiers, roles, who sees what, and everything as a file."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.backstage import addresses, contributed, edge
from events.kernel.errors import DomainError
from events.networks import queries as networks
from events.networks.persons import roles
from events.networks.persons.forms import DetailsForm, IdentifierForm
from events.people import commands, identifiers
from events.people import queries as people
from events.people.models import Person

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Show and change what is kept about oneself."""
    person = _me(request)
    if person is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    form = DetailsForm(request.POST or None, initial=_details(person))
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_details(
                person_id=person.pk, **form.cleaned_data, by=edge.actor(request),
                at=edge.moment(request),
            )  # fmt: skip
        except DomainError as refusal:
            edge.refuse_in(form, refusal)
        else:
            messages.success(request, _("Your details are saved."))
            return redirect("my_data")
    return _page(request, person, form, IdentifierForm(schemes=_schemes(request)))


@require_POST
@never_cache
@sensitive_post_parameters("value")
def my_identifier(request: HttpRequest) -> HttpResponse:
    """Store an official identifier of oneself, or remove it with `do=remove`."""
    person = _me(request)
    if person is None:
        return HttpResponseRedirect(addresses.sign_in(addresses.first("my_data")))
    by, at = edge.actor(request), edge.moment(request)
    if request.POST.get("do") == "remove":
        scheme = request.POST.get("scheme", "")
        commands.remove_identifier(person_id=person.pk, scheme=scheme, by=by, at=at)
        messages.success(request, _("The identifier is removed."))
        return redirect("my_data")
    form = IdentifierForm(request.POST, schemes=_schemes(request))
    if form.is_valid():
        try:
            scheme, value = form.cleaned_data["scheme"], form.cleaned_data["value"]
            country = identifiers.SCHEMES[scheme].country
            commands.set_identifier(
                person_id=person.pk, scheme=scheme, country=country, value=value, by=by, at=at
            )
        except DomainError as refusal:
            refusal.data.setdefault("field", "value")
            edge.refuse_in(form, refusal)
        else:
            messages.success(request, _("The identifier is stored, encrypted."))
            return redirect("my_data")
    return _page(request, person, DetailsForm(initial=_details(person)), form)


@require_safe
@never_cache
def my_download(request: HttpRequest) -> HttpResponse:
    """Everything kept about oneself, as one JSON file."""
    person = _me(request)
    if person is None:
        return HttpResponseRedirect(addresses.sign_in(addresses.first("my_data")))
    data = {"as_of": edge.moment(request), **contributed.personal(person.pk)}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    name = f"kolega-{person.handle}-{edge.moment(request):%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _me(request: HttpRequest) -> Person | None:
    person_id = edge.actor(request).person_id
    return people.active(person_id) if person_id else None


def _details(person: Person) -> dict[str, object]:
    names = ("name", "language", "zone", "reminders")
    return {name: getattr(person, name) for name in names}


def _schemes(request: HttpRequest) -> list[identifiers.Scheme]:
    actor = edge.actor(request)
    countries = actor.home_countries | frozenset().union(
        *(item.countries for item in actor.standings)
    )
    codes = networks.codes_of(countries)
    return [scheme for code in codes for scheme in identifiers.schemes_of(code)]


def _page(
    request: HttpRequest, person: Person, form: DetailsForm, identifier: IdentifierForm
) -> HttpResponse:
    at = edge.moment(request)
    held = [
        (identifiers.SCHEMES[one.scheme].name, one) for one in people.identifiers_of([person.pk])
    ]
    values = {
        "person": person, "form": form, "identifier": identifier, "held": held,
        "schools": [row for row in networks.school_records([person.pk]) if row.ended_on is None],
        "roles": roles.of_person(person.pk, at=at), "onlookers": roles.who_sees(person.pk, at=at),
    }  # fmt: skip
    status = REFUSED if form.errors or identifier.errors else 200
    return render(request, "persons/my_data.html", values, status=status)
