"""Which connected calendars can tell when a person is busy."""

from collections.abc import Collection
from datetime import datetime

from events.kernel.contributions import BusySource
from events.networks import queries as networks
from events.people import queries as people
from integrations.accounts import rules, words
from integrations.accounts.models import Account


def of(person_id: int, *, at: datetime) -> list[BusySource]:
    """The calendars whose scope covers a person with an address; switched-off ones never."""
    person = people.active(person_id)
    if person is None or not person.email:
        return []
    accounts = Account.objects.filter(provider__in=rules.CALENDARS)
    return [
        BusySource(account.pk, _name(account))
        for account in accounts.exclude(state=Account.State.OFF).order_by("pk")
        if _knows(account, person.email) and covered(account, [person_id], at=at)
    ]


def covered(account: Account, person_ids: Collection[int], *, at: datetime) -> frozenset[int]:
    """Those of the people whom an account serves: by school, country, programme, or its own owner."""
    on, one = at.date(), frozenset({account.scope_id})
    if account.scope == Account.Scope.PERSON:
        return one & frozenset(person_ids)
    if account.scope == Account.Scope.WORLD:
        return frozenset(person_ids)
    if account.scope == Account.Scope.SCHOOL:
        served = networks.teachers_of_schools(one, on=on)
    elif account.scope == Account.Scope.COUNTRY:
        served = networks.teachers_of_country(account.scope_id, on=on)
    else:
        served = networks.teachers_of_programme(account.scope_id, on=on)
    return frozenset(served.filter(pk__in=person_ids).values_list("pk", flat=True))


def _knows(account: Account, address: str) -> bool:
    """A CalDAV server is asked for the one calendar alone, so for the one person it belongs to."""
    if account.provider != Account.Provider.CALDAV:
        return True
    return account.subject.casefold() == address.casefold()


def _name(account: Account) -> str:
    return words.in_full(account.name, account.provider)
