"""Switch an account off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from integrations.accounts import commands, forms, policies, queries, rules, shown
from integrations.accounts.models import Account
from integrations.accounts.pages.health import seen

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask what becomes of its entries, then end an account and destroy its credentials."""
    by, at = edge.actor(request), edge.moment(request)
    row = seen(account_id, by)
    policies.require_may_switch_off(by, queries.ground(row.scope, row.scope_id))

    form = forms.OffForm(request.POST or None)
    remove = form.is_valid() and form.cleaned_data["entries"] == forms.REMOVE

    def do() -> str:
        commands.switch_off(row.pk, remove=remove, by=by, at=at)
        messages.success(request, _said(remove=remove))
        return reverse("connections")

    if request.method == "POST" and not form.errors:
        return edge.once(request, do)
    if row.state == Account.State.OFF:
        raise commands.AccountOff
    values = {"row": shown.row(row, "", at=at), "form": form, "asks": _may_remove(row)}
    status = REFUSED if request.method == "POST" else 200
    return render(request, "accounts/off.html", values, status=status)


def _said(*, remove: bool) -> str:
    if remove:
        return _("Its entries are being removed. Then the connection is switched off by itself.")
    return _("The connection is switched off.")


def _may_remove(row: Account) -> bool:
    """Whether entries can be removed over there: in a calendar, by an account that works."""
    works = row.state in Account.WORKING
    return row.provider in rules.CALENDARS and works and row.leaving_at is None
