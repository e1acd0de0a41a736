"""Questions about connected accounts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from events.kernel.actors import NONE, Actor, Role
from events.kernel.errors import Missing
from events.networks import queries as networks
from events.programme import queries as programme
from events.programme.queries import Outline
from integrations.accounts import adapters, credentials, rules
from integrations.accounts.models import Account
from integrations.accounts.policies import Ground
from integrations.ports import Denied


def account(account_id: int) -> Account:
    """An account by id; raises Missing."""
    found = Account.objects.select_related("added_by").filter(pk=account_id).first()
    if found is None:
        raise Missing
    return found


def ground(scope: str, scope_id: int) -> Ground:
    """Whose events an account of this scope serves, with the countries a programme runs in."""
    if scope != Account.Scope.PROGRAMME:
        return Ground(scope, scope_id)
    countries = networks.countries_of_programmes([scope_id])
    return Ground(scope, scope_id, countries.get(scope_id, NONE))


def visible_to(by: Actor) -> QuerySet[Account]:
    """The accounts whose health the actor may see, switched-off ones too."""
    rows = Account.objects.select_related("added_by")
    if by.is_a(Role.ADMINISTRATOR, Role.HELPDESK):
        return rows
    national = by.reach("countries", Role.NATIONAL_COORDINATOR)
    used = list(rows.filter(scope="programme").values_list("scope_id", flat=True).distinct())
    countries = networks.countries_of_programmes(used) if national else {}
    programmes = [pk for pk, found in countries.items() if found <= national]
    return rows.filter(
        Q(scope="country", scope_id__in=national)
        | Q(scope="programme", scope_id__in=programmes)
        | Q(scope="school", scope_id__in=by.reach("schools", Role.SCHOOL_COORDINATOR))
        | Q(scope="person", scope_id=by.person_id or 0)
    )


def serving(by: Actor) -> QuerySet[Account]:
    """The accounts that events of the actor's places use and others look after, none switched off."""
    planned = Role.CLUSTER_COORDINATOR, Role.SCHOOL_COORDINATOR
    clusters = by.home_clusters | by.reach("clusters", *planned)
    near = (
        Q(scope="world") | Q(scope="country", scope_id__in=by.home_countries)
        | Q(scope="programme", scope_id__in=networks.programmes_of(clusters))
        | Q(scope="school", scope_id__in=by.home_schools | by.reach("schools", *planned))
    )  # fmt: skip
    rows = Account.objects.select_related("added_by").exclude(state=Account.State.OFF).filter(near)
    return rows.exclude(pk__in=visible_to(by).values("pk"))


def working() -> list[Account]:
    """The accounts that were not switched off, oldest first; for work, without a policy."""
    return list(Account.objects.exclude(state=Account.State.OFF).order_by("pk"))


def secrets_of(account: Account) -> Mapping[str, str]:
    """The credentials in plain text: the only place that opens them, for the call to the provider.

    Never kept, logged or shown. Raises Denied (`secret_unreadable`).
    """
    return credentials.opened(account)


def adapter_of(account: Account) -> Any:
    """The provider's object for an account; it implements what of `integrations.ports` it can do.

    Raises Denied: `secret_unreadable`, `provider_unknown`, `address_refused`, `forbidden` when the
    account is switched off, and what the provider's `connect` raises.
    """
    if account.state == Account.State.OFF:
        raise Denied("forbidden", "switched off")
    return adapters.made(
        account.provider, account.options, secrets_of(account),
        calendar=account.calendar, subject=account.subject,
    )  # fmt: skip


def account_for(outline: Outline, *, need: rules.Need) -> Account | None:
    """The account an event uses: the nearest that can serve the need; switched-off ones never.

    An account in trouble stays the event's account: its entries do not move to another calendar.
    """
    return accounts_for([outline], need=need)[outline.event_id]


def accounts_of_event(
    event_id: int, *, needs: Sequence[rules.Need]
) -> dict[rules.Need, Account | None]:
    """The account an event uses for each need; asks nothing about the event where there is none."""
    rows = list(_staying())
    if not rows:
        return dict.fromkeys(needs)
    places = _places(programme.outline(event_id))
    return {need: rules.nearest(_serving(rows, need), places) for need in needs}


def _staying() -> QuerySet[Account]:
    """Accounts that are not switched off, nor to be once their entries are away."""
    return Account.objects.exclude(state=Account.State.OFF).filter(leaving_at=None).order_by("pk")


def _serving(rows: Iterable[Account], need: rules.Need) -> list[Account]:
    wanted = rules.providers_for(need)
    return [
        row for row in rows if row.provider in wanted and (need != "meeting" or row.makes_meetings)
    ]


def accounts_for(outlines: Iterable[Outline], *, need: rules.Need) -> dict[int, Account | None]:
    """The account of each event, by event id, in one query."""
    found = _serving(_staying(), need)
    return {one.event_id: rules.nearest(found, _places(one)) for one in outlines}


def _places(outline: Outline) -> dict[str, int]:
    places = {
        "person": outline.organiser_id, "school": outline.host_school_id,
        "programme": outline.programme_id, "country": outline.country_id,
    }  # fmt: skip
    return {"world": 0, **{scope: pk for scope, pk in places.items() if pk is not None}}
