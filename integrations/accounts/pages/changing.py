"""Change an account, replace its credentials."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, Missing
from integrations.accounts import (
    commands,
    credentialforms,
    forms,
    owning,
    policies,
    queries,
    reaching,
    shown,
)
from integrations.accounts.models import Account
from integrations.accounts.pages.health import seen

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    """What of an account is no secret; new credentials only where they would go elsewhere."""
    by, at = edge.actor(request), edge.moment(request)
    row = _managed(account_id, by)
    form = _offered(forms.FORMS, row)(request.POST or None, account=row)
    again = _again(request, row)

    def do() -> str:
        given = again is not None and again.has_changed()
        ends_at = again.ends_at() if again is not None and given else row.credentials_end_at
        wish = commands.Wish(
            row.provider, row.scope, row.scope_id, credentials_end_at=ends_at,
            **{**_kept(row), **form.values(row.options)},
        )  # fmt: skip
        secrets = again.secrets() if again is not None and given else None
        commands.change(row.pk, wish=wish, secrets=secrets, by=by, at=at)
        if given:
            commands.test(row.pk, by=by, at=at)
        messages.success(request, _("The connection is changed."))
        return reverse("connection", args=[row.pk])

    return _answer(request, row, form, do, "accounts/edit.html", again=again)


def _again(request: HttpRequest, row: Account) -> credentialforms.CredentialsForm | None:
    """The fields of new credentials, all of them or none; None where they go nowhere else."""
    if not reaching.field_of(row):
        return None
    form = credentialforms.FORMS[row.provider]
    return form(request.POST or None, empty_permitted=True, use_required_attribute=False)


def _kept(row: Account) -> dict[str, object]:
    """What the form of a provider may not ask for stays as it is."""
    return {
        name: getattr(row, name)
        for name in ("calendar", "subject", "makes_meetings", "accepts_moves")
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def credentials(request: HttpRequest, account_id: int) -> HttpResponse:
    """New credentials in the place of the old ones, tested at once."""
    by, at = edge.actor(request), edge.moment(request)
    row = _managed(account_id, by)
    form = _offered(credentialforms.FORMS, row)(request.POST or None)

    def do() -> str:
        commands.replace_credentials(
            row.pk, secrets=form.secrets(), ends_at=form.ends_at(), by=by, at=at
        )
        commands.test(row.pk, by=by, at=at)
        messages.success(request, _("The credentials are replaced. The self-test runs now."))
        return reverse("connection", args=[row.pk])

    return _answer(request, row, form, do, "accounts/credentials.html")


def _managed(account_id: int, by: Actor) -> Account:
    row = seen(account_id, by)
    policies.require_may_manage(by, queries.ground(row.scope, row.scope_id))
    if row.state == Account.State.OFF:
        raise commands.AccountOff
    return row


def _offered(offered: dict[str, type], row: Account) -> type:
    if row.provider not in offered:
        raise Missing
    return offered[row.provider]


def _answer(
    request: HttpRequest, row: Account, form: Form, do: Callable[[], str], template: str, *,
    again: credentialforms.CredentialsForm | None = None,
) -> HttpResponse:  # fmt: skip
    valid = [one.is_valid() for one in (form, again) if one is not None]
    if form.is_bound and all(valid):
        try:
            return edge.once(request, do)
        except DomainError as error:
            edge.refuse_in(form, error)
    values = {
        "row": shown.row(row, "", at=edge.moment(request)), "form": form, "again": again,
        "own": row.provider == "google" and row.scope == "person" and owning.is_offered(),
    }  # fmt: skip
    return render(request, template, values, status=REFUSED if form.is_bound else 200)
