"""`/connections/`: which accounts there are, and how each of them fares."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from events.backstage import addresses, edge, jobs
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.networks.persons.roles import scope_names
from integrations.accounts import (
    commands,
    liveruns,
    noticing,
    policies,
    queries,
    shown,
    testing,
    words,
)
from integrations.accounts.models import Account

RUNNING, FAILED = ("waiting", "running"), "failed"


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Accounts in reach, the broken ones first; switched-off ones and those of others by themselves."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    policies.require_connects(by)
    rows = shown.rows(queries.visible_to(by), at=at)
    values = {
        "rows": [row for row in rows if row.account.state != Account.State.OFF],
        "off": [row for row in rows if row.account.state == Account.State.OFF],
        "others": shown.rows(queries.serving(by), at=at),
        "zone": zone_of(request),
        "broken": sum(1 for row in rows if row.said),
    }
    return render(request, "accounts/listing.html", values)


@require_safe
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """The health page: each check as a line, since when, what to do."""
    by, at = edge.actor(request), edge.moment(request)
    found = seen(account_id, by)
    ground = queries.ground(found.scope, found.scope_id)
    place = (found.scope, found.scope_id)
    job = jobs.latest(testing.KIND, prefix=testing.key_of(found.pk))
    on = found.state != Account.State.OFF
    values = {
        "row": shown.row(found, scope_names({place}).get(place, ""), at=at),
        "checks": shown.checks(found) if on else [],
        "manages": on and policies.may_manage(by, ground),
        "switches": on and policies.may_switch_off(by, ground),
        "running": job if job is not None and job.state in RUNNING else None,
        "lost": job is not None and job.state == FAILED,
        "guide": found.provider in words.GUIDES,
        "zone": zone_of(request),
        "live": liveruns.last(found.provider),
        "notices": notices_of(found) if on and policies.may_manage(by, ground) else "",
    }
    answer = render(request, "accounts/account.html", values)
    if values["running"]:
        answer.headers["Refresh"] = "3"
    return answer


def notices_of(account: Account) -> str:
    """Where notices come in, for a provider at which a person types it; else nothing."""
    return noticing.address(account) if account.provider == "zoom" else ""


def zone_of(request: HttpRequest) -> str:
    """The reader's time zone."""
    return getattr(request.user, "zone", "") or "UTC"


def seen(account_id: int, by: Actor) -> Account:
    """An account whose health the reader may see; raises Missing."""
    found = queries.account(account_id)
    if not policies.may_see(by, queries.ground(found.scope, found.scope_id)):
        raise Missing
    return found


@require_POST
def test(request: HttpRequest, account_id: int) -> HttpResponse:
    """Start the self-test; the page of the account shows its result."""
    commands.test(account_id, by=edge.actor(request), at=edge.moment(request))
    return HttpResponseRedirect(reverse("connection", args=[account_id]))
