"""What the pages show of accounts, in plain values; never a secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from events.kernel.actors import Actor
from events.networks import reach
from events.networks.persons.roles import country_name, scope_names
from integrations.accounts import adapters, policies, queries, rules, simulated, watching, words
from integrations.accounts.models import Account


@dataclass(frozen=True)
class Row:
    """One account in a list. `mark` is the look of its state, `ends_at` only when that is near.

    `failed_at` is the instant of a self-test that failed though no trouble is noted; `since` is that
    of the trouble, or of the line that failed. `server` is the address of the account's server,
    `page_there` that of its calendar at a simulator.
    """

    account: Account
    name: str
    provider: str
    whose: str
    state: str | Promise
    mark: str
    said: words.Said | None
    quoted: str
    since: datetime | None
    failed_at: datetime | None
    server: str
    ends_at: datetime | None
    over: bool
    simulated: bool
    page_there: str

    @property
    def beside(self) -> str:
        """The provider, where the name does not say it."""
        return words.beside(self.account.name, self.account.provider)


@dataclass(frozen=True)
class Check:
    """One line of the health page. `mark`: y (ok), n (does not work) or empty (not known)."""

    what: str
    mark: str
    since: datetime | None
    said: words.Said | None
    quoted: str
    needed: bool


MARKS = {"fine": "ok", "troubled": "bad", "reconnect": "bad"}


def rows(accounts: QuerySet[Account], *, at: datetime) -> list[Row]:
    """Accounts for a list: the broken ones first, then by provider and age."""
    found = sorted(accounts, key=lambda one: (one.provider, one.pk))
    names = scope_names({(one.scope, one.scope_id) for one in found})
    made = [row(one, names.get((one.scope, one.scope_id), ""), at=at) for one in found]
    return sorted(made, key=lambda one: one.said is None)


def row(account: Account, name: str, *, at: datetime) -> Row:
    """One account; `name` is that of its country, programme or school."""
    ends = account.credentials_end_at
    near = ends is not None and ends <= at + watching.BEFORE_END and account.state != "off"
    failed = None if account.trouble else failed_line(account)
    state: str = Account.State.TROUBLED if failed else account.state
    code = failed["code"] if failed else account.trouble
    leaves = account.leaving_at is not None
    return Row(
        account, words.called(account.name, account.provider),
        words.provider(account.provider), whose(account.scope, name, account.added_by.name),
        words.STATES["leaving" if leaves else state], MARKS.get(state, ""),
        said=words.said(code) if failed or code else None,
        quoted=words.quoted(code, failed["said"] if failed else account.trouble_said),
        since=datetime.fromisoformat(failed["since"]) if failed else account.trouble_since,
        failed_at=account.checked_at if failed else None,
        server=server_of(account), ends_at=ends if near else None,
        over=ends is not None and ends <= at, simulated=is_simulated(account),
        page_there=simulated.calendar_page(account),
    )  # fmt: skip


def failed_line(account: Account) -> dict[str, str] | None:
    """The first needed line that failed in the last self-test; none once a later call went well."""
    tested, good = account.checked_at, account.good_at
    if account.state == Account.State.OFF or tested is None or (good and good > tested):
        return None
    meets = account.makes_meetings
    bad = (
        line
        for line in account.findings
        if not line["went"] and rules.is_needed(line["what"], meets=meets)
    )
    return next(bad, None)


def server_of(account: Account) -> str:
    """The address of the account's server, for providers that have one of their own."""
    given = (account.options.get(name) for name in ("address", "server", "url"))
    return str(next((one for one in given if one), ""))


def whose(scope: str, name: str, person: str) -> str:
    """Whose events an account serves, in words."""
    said = {
        "world": _("All events"), "country": _("Events of the country: %(name)s"),
        "programme": _("Events of the programme: %(name)s"),
        "school": _("Events that this school hosts: %(name)s"),
        "person": _("Events that this person organises: %(name)s"),
    }  # fmt: skip
    return said[scope] % {"name": person if scope == "person" else name}


def is_simulated(account: Account) -> bool:
    """Whether the account talks to a simulator and not to the provider itself."""
    return bool(set(account.options) - adapters.PROVIDERS[account.provider].options)


def checks(account: Account) -> list[Check]:
    """The lines of the last self-test, and those of the provider's self-test nobody knows about."""
    lines = {line["what"]: line for line in account.findings}
    expected = words.EXPECTED.get(account.provider, ())
    order = [*expected, *(what for what in lines if what not in expected)]
    return [_check(what, lines.get(what), account) for what in order]


def _check(what: str, line: dict[str, str] | None, account: Account) -> Check:
    needed = rules.is_needed(what, meets=account.makes_meetings)
    if line is None:
        return Check(words.check(what), "", None, None, "", needed)
    went = bool(line["went"])
    said = None if went else words.said(line["code"])
    since = datetime.fromisoformat(line["since"])
    quoted = words.quoted(line["code"], line["said"])
    return Check(words.check(what), "y" if went else "n", since, said, quoted, needed)


def grounds(by: Actor) -> list[tuple[str, str]]:
    """Whose events the actor may connect an account for, as (scope:id, words)."""
    found = [
        ("person", by.person_id or 0, _("My own events")),
        ("world", 0, _("All events")),
        *(("country", one.pk, country_name(one)) for one in reach.countries(by)),
        *(("programme", one.pk, one.name) for one in reach.programmes()),
        *(("school", pk, name) for pk, name in _schools(by)),
    ]
    return [
        (f"{scope}:{pk}", name if scope in {"person", "world"} else whose(scope, name, ""))
        for scope, pk, name in found
        if policies.may_manage(by, queries.ground(scope, pk))
    ]


def _schools(by: Actor) -> Sequence[tuple[int, str]]:
    ids = by.reach("schools", *policies.SCHOOL)
    names = scope_names({("school", pk) for pk in ids})
    return sorted(((pk, name) for (_scope, pk), name in names.items()), key=lambda one: one[1])
