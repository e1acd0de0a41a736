"""`/me/data/tokens/`: make API tokens, see which there are, revoke them."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import addresses, edge
from events.kernel.errors import DomainError
from events.people import shown
from events.people.models import ApiToken
from events.people.tokens import commands, queries
from events.people.tokens.forms import TokenForm
from events.people.tokens.scopes import SCOPES

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens there are, and the form for a new one; the token itself is shown this once."""
    by = edge.actor(request)
    person_id = by.person_id
    if person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    if request.method != "POST":
        return _page(request, person_id, TokenForm(by=by), made=shown.take(request, "token"))
    form = TokenForm(request.POST, by=by)
    if not form.is_valid():
        return _page(request, person_id, form, status=REFUSED)

    def deed() -> str:
        at = edge.moment(request)
        shown.keep(request, "token", commands.make(**form.cleaned_data, by=by, at=at)[1])
        return addresses.first("tokens")

    try:
        return edge.once(request, deed)
    except DomainError as refusal:
        edge.refuse_in(form, refusal)
        return _page(request, person_id, form, status=refusal.status)


def _page(
    request: HttpRequest, person_id: int, form: TokenForm, *, made: str = "", status: int = 200
) -> HttpResponse:
    at = edge.moment(request)
    rows = [(row, _state(row, at), _said(row)) for row in queries.of_person(person_id)]
    values = {
        "form": form, "rows": rows, "made": made, "asleep": bool(edge.actor(request).dormant),
        "docs": addresses.first("api_docs"),
    }  # fmt: skip
    return render(request, "people/tokens.html", values, status=status)


def _state(row: ApiToken, at: datetime) -> str:
    if row.revoked_at is not None:
        return gettext("Revoked")
    return gettext("Expired") if row.expires_at <= at else ""


def _said(row: ApiToken) -> list[str]:
    return [str(SCOPES.get(scope, scope)) for scope in row.scopes]


@require_POST
@never_cache
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token; programs that use it are refused from now on."""
    commands.revoke(token_id=token_id, by=edge.actor(request), at=edge.moment(request))
    return HttpResponseRedirect(addresses.first("tokens"))
