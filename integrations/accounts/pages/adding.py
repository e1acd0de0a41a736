"""`/connections/add/`: choose a provider, then say what its account needs."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge
from events.kernel.errors import DomainError, Missing
from integrations.accounts import commands, credentialforms, forms, owning, policies, shown, words

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
    by, at = edge.actor(request), edge.moment(request)
    policies.require_connects(by)
    if provider not in forms.FORMS:
        raise Missing
    data = request.POST if request.method == "POST" else None
    whose = forms.WhoseForm(data, grounds=shown.grounds(by))
    details, secrets = forms.FORMS[provider](data), credentialforms.FORMS[provider](data)

    def do() -> str:
        scope, scope_id = whose.scope()
        wish = commands.Wish(
            provider, scope, scope_id, **details.values({}), credentials_end_at=secrets.ends_at()
        )
        made = commands.connect(wish=wish, secrets=secrets.secrets(), by=by, at=at)
        commands.test(made.pk, by=by, at=at)
        return reverse("connection", args=[made.pk])

    if data is not None and all([whose.is_valid(), details.is_valid(), secrets.is_valid()]):
        try:
            return edge.once(request, do)
        except DomainError as error:
            edge.refuse_in(details, error)
    return _form(request, provider, [whose, details, secrets])


def _form(request: HttpRequest, provider: str, asked: list[Form]) -> HttpResponse:
    values = {
        "forms": asked, "offer": words.OFFERS[provider], "provider": provider,
        "again": asked[0].is_bound,
    }  # fmt: skip
    status = REFUSED if asked[0].is_bound else 200
    return render(request, "accounts/add.html", values, status=status)
