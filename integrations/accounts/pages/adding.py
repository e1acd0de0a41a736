"""`/connections/add/`: choose a provider, then say what its account needs."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError, Missing
from integrations.accounts import commands, credentialforms, forms, owning, policies, shown, words
from integrations.accounts.pages import choosing

if TYPE_CHECKING:
    from django.http import QueryDict

REFUSED = 422


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The providers this installation can talk to."""
    policies.require_connects(edge.actor(request))
    return render(
        request, "accounts/choose.html", {"offers": words.OFFERS, "own": owning.is_offered()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def add(request: HttpRequest, provider: str) -> HttpResponse:
    """The form of one provider; secrets are never drawn back into it."""
    policies.require_connects(edge.actor(request))
    if provider not in forms.FORMS:
        raise Missing
    if request.method != "POST":
        choosing.forget(request)
        return _form(request, provider, _asked(request, provider, None))
    asked = _asked(request, provider, request.POST)
    valid = [form.is_valid() for form in asked]  # all of them, so that each shows what is wrong
    if not all(valid):
        return _form(request, provider, asked, status=REFUSED)
    return _connect(request, provider, *asked)


Asked = tuple[forms.WhoseForm, forms.DetailsForm, credentialforms.CredentialsForm]


def _asked(request: HttpRequest, provider: str, data: "QueryDict | None") -> Asked:
    by, at = edge.actor(request), edge.moment(request)
    held = choosing.kept(request, at=at) if data is not None else {}
    return (
        forms.WhoseForm(data, grounds=shown.grounds(by)),
        forms.FORMS[provider](data),
        credentialforms.FORMS[provider](data, held=held),
    )


def _connect(
    request: HttpRequest, provider: str, whose: forms.WhoseForm, details: forms.DetailsForm,
    secrets: credentialforms.CredentialsForm,
) -> HttpResponse:  # fmt: skip
    by, at = edge.actor(request), edge.moment(request)

    def do() -> str:
        scope, scope_id = whose.scope()
        wish = commands.Wish(
            provider, scope, scope_id, **details.values({}), credentials_end_at=secrets.ends_at()
        )
        made = commands.connect(wish=wish, secrets=secrets.secrets(), by=by, at=at)
        commands.test(made.pk, by=by, at=at)
        choosing.forget(request)
        return reverse("connection", args=[made.pk])

    try:
        if not choosing.is_wanted(details):
            return edge.once(request, do)
        details, secrets = choosing.offered(request, details, secrets, at=at)
    except DomainError as error:
        edge.refuse_in(details, error)
    wrong = details.errors or secrets.errors
    asked = (whose, details, secrets)
    return _form(request, provider, asked, status=REFUSED if wrong else 200)


def _form(request: HttpRequest, provider: str, asked: Asked, *, status: int = 200) -> HttpResponse:
    held = bool(asked[2].held)
    values = {
        "forms": list(asked), "offer": words.OFFERS[provider], "provider": provider, "held": held,
        "again": asked[0].is_bound and not held,
    }  # fmt: skip
    return render(request, "accounts/add.html", values, status=status)
